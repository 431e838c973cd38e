// A session's effect on the account: the tokens that it used and the usage limit that it met.

import type { AccountLimit } from '../../core/codex/account-limit.ts';
import type { Failure } from '../../core/failure/failure.ts';
import { namedResetTime, waitForReset } from '../../core/codex/reset-time.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import type { Usage } from '../../core/codex/log-event.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import { addUsage, noUsage, usageSince } from '../../core/codex/usage.ts';
import type { UnchangingRecord } from '../run/to-record.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

/**
 * Adds this session's usage to the run's. Codex reports totals of the whole conversation, so only the rise counts. Of
 * a resumed conversation that the record does not know, the first totals count nothing: as in the log's headings,
 * better no number than a wrong one. Answers what the session used, or null.
 */
export function countUsage(
  frame: UnchangingRecord,
  result: SessionResult,
  plan: SessionPlan,
): Usage | null {
  const { threadId, totals } = result;
  if (threadId === null) return null;
  const before = totalsBefore(frame, threadId, plan.resumes);
  const cost = before !== null && totals !== null ? usageSince(before, totals) : null;
  if (cost !== null) frame.usage = addUsage(frame.usage, cost);
  // A new conversation whose session reports nothing has spent nothing before: its next session pays for both.
  const seen = totals ?? before;
  // A Reviewer's is never resumed: the totals of the one that worked are kept.
  if (seen !== null && plan.role !== 'reviewer') frame.thread = { id: threadId, totals: seen };
  return cost;
}

/** What the conversation had used before the session; null if that is not known. */
export function totalsBefore(
  { thread }: Pick<UnchangingRecord, 'thread'>,
  threadId: string,
  resumes: string | null,
): Usage | null {
  if (thread?.id === threadId) return thread.totals;
  return resumes === threadId ? null : noUsage;
}

/** Parks every task of the account until the limit resets. */
export async function parkAccount(
  { codexMessage: words }: Failure,
  {
    deps,
    settings,
    session,
  }: {
    deps: RunnerDeps;
    settings: Pick<RunSettings, 'resetMarginMs'>;
    session: Pick<SessionRecord, 'uuid' | 'output'>;
  },
): Promise<void> {
  const now = deps.clock.now();
  // A bare time belongs to the day it was said on. In an adopted log that may not be today.
  const changedAt =
    session.output === 'own file'
      ? await deps.state.outputChangedAt(session.uuid)
      : await deps.task.logChangedAt();
  const saidAt = Math.min(now, changedAt ?? now);
  const named = namedResetTime(words, saidAt);
  const hasPassed = named !== null && named <= now;
  const looksInVain = hasPassed ? looksInVainBefore(await deps.coordination.readLimit(), now) : 0;
  const times = { saidAt, now, marginMs: settings.resetMarginMs, looksInVain };
  await deps.coordination.noteLimit({
    until: waitForReset(words, times),
    said: words,
    looksInVain,
  });
}

/** Counts only sessions that waited for the limit's end: those running when it was met did not test it. */
function looksInVainBefore(known: AccountLimit | null, now: number): number {
  if (known === null) return 0;
  return known.until <= now ? known.looksInVain + 1 : known.looksInVain;
}
