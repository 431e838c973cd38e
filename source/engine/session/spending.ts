// What a session costs: while it runs, for a task with a budget of tokens, and at its end.

import type { LogEvent } from '../../core/codex/log-event.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import { addUsage, spentTokens, usageSince } from '../../core/codex/usage.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { SessionFact } from '../../core/run/fact.ts';
import type { UnchangingRecord } from '../run/to-record.ts';
import type { RunnerDeps, RunRequest } from '../run/runner-deps.ts';
import { totalsBefore } from './account.ts';
import { watchTokens, type TokenWatch } from './watches/token-watch.ts';

type Spending = {
  /** An event of the session. */
  saw(event: LogEvent): void;
  /** Its result, with the totals that Codex's own record has if the session says none: it was cut short. */
  counted(result: SessionResult): SessionResult;
  /** Reads the rest and stops. */
  end(): Promise<void>;
};

type Parts = {
  deps: Pick<RunnerDeps, 'clock' | 'tailRollout'>;
  request: Pick<RunRequest, 'settings'>;
  unchanging: UnchangingRecord;
  tell(fact: SessionFact): void;
};

export function followSpending(
  { deps, request, unchanging, tell }: Parts,
  { number: session, resumes }: Pick<SessionRecord, 'number' | 'resumes'>,
): Spending {
  let watch: TokenWatch | null = null;
  return {
    saw: (event) => {
      const { maxTokens } = request.settings.limits;
      if (event.type !== 'thread-started' || watch !== null || maxTokens === null) return;
      const before = totalsBefore(unchanging, event.threadId, resumes);
      if (before === null) return;
      watch = watchTokens(deps, event.threadId, (totals) => {
        const tokens = spentTokens(addUsage(unchanging.usage, usageSince(before, totals)));
        tell({ kind: 'tokens', session, tokens });
      });
    },
    counted: (result) => ({ ...result, totals: result.totals ?? watch?.totals() ?? null }),
    end: async () => void (await watch?.end()),
  };
}
