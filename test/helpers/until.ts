// Waits for a state, never for a time.

import { setTimeout as delay } from 'node:timers/promises';

export type Patience = { timeoutMs?: number; everyMs?: number };

/** Long enough for a busy machine; a test that reaches it has failed. */
export const patienceMs = 60_000;

const longestPauseMs = 1000;

/** Resolves with the first result that is not false, null or undefined. A look that throws counts as none. */
export async function until<Answer>(
  what: string,
  look: () => Answer | Promise<Answer>,
  { timeoutMs = patienceMs, everyMs = 50 }: Patience = {},
): Promise<NonNullable<Answer>> {
  const giveUpAt = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    const lookedAt = performance.now();
    try {
      const answer = await look();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= giveUpAt) {
      throw new Error(
        `Timed out after ${timeoutMs} ms, waiting until ${what}; last: ${String(last)}`,
      );
    }
    // A look that takes long is made less often: what waits must not keep the machine busy.
    const lookMs = performance.now() - lookedAt;
    await delay(Math.max(everyMs, Math.min(lookMs, longestPauseMs)));
  }
}
