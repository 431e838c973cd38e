// What a running session has used so far, from Codex's own record of the conversation. Only a task with a budget of
// tokens needs it: everything else is told by the totals at the end of a turn.

import type { Usage } from '../../../core/codex/log-event.ts';
import { rolloutTotals } from '../../../core/codex/rollout-tokens.ts';
import type { RunnerDeps } from '../../run/runner-deps.ts';
import { serially } from '../../serially.ts';

const lookEveryMs = 2000;

export type TokenWatch = {
  /** The conversation's last totals; null if none were found yet. */
  totals(): Usage | null;
  /** Reads the rest and stops. */
  end(): Promise<void>;
};

/** `onTotals`: the conversation's totals, each time they have grown. */
export function watchTokens(
  { clock, tailRollout }: Pick<RunnerDeps, 'clock' | 'tailRollout'>,
  threadId: string,
  onTotals: (totals: Usage) => void,
): TokenWatch {
  const tail = tailRollout(threadId);
  let last: Usage | null = null;
  const look = serially(async () => {
    const before = last;
    for (let atEnd = false; !atEnd;) {
      const batch = await tail.read();
      atEnd = batch.atEnd;
      for (const { text } of batch.lines) last = (text && rolloutTotals(text)) || last;
    }
    if (last !== null && last !== before) onTotals(last);
  });
  const lookSoon = (): void => void look().catch(() => {});
  const stop = clock.every(lookEveryMs, lookSoon);
  return {
    totals: () => last,
    end: async () => {
      stop();
      await look().catch(() => {});
      await tail.close();
    },
  };
}
