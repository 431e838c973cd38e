// What a conversation has used so far, and when Codex last wrote to it, from Codex's own record of it, read once.

import type { Usage } from '../../core/codex/log-event.ts';
import { rolloutTime, rolloutTotals } from '../../core/codex/rollout-tokens.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

type Found = { totals: Usage | null; lastAt: number | null };

/** Nothing is known where it cannot be read. */
export async function conversationTotals(
  { tailRollout }: Pick<RunnerDeps, 'tailRollout'>,
  threadId: string,
): Promise<Found> {
  const tail = tailRollout(threadId);
  let totals: Usage | null = null;
  let last: string | null = null;
  try {
    for (let atEnd = false; !atEnd;) {
      const batch = await tail.read();
      atEnd = batch.atEnd;
      for (const { text } of batch.lines) {
        if (text === null) continue;
        totals = rolloutTotals(text) ?? totals;
        last = text;
      }
    }
    return { totals, lastAt: last === null ? null : rolloutTime(last) };
  } catch {
    return { totals: null, lastAt: null };
  } finally {
    await tail.close().catch(() => {});
  }
}
