// Waits for a state, never for a time.

import { setTimeout as delay } from 'node:timers/promises';

export type Patience = { timeoutMs?: number; everyMs?: number };

/** Long enough for a machine that does much else; a test that meets it has failed. */
export const patienceMs = 60_000;

const longestPauseMs = 1000;

/** Resolves with the first answer that is neither false, null nor undefined. A look that throws counts as none. */
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
      throw new Error(`Waited ${timeoutMs} ms in vain until ${what}; last: ${String(last)}`);
    }
    // A look that takes long is made less often: what waits must not keep the machine busy.
    const lookMs = performance.now() - lookedAt;
    await delay(Math.max(everyMs, Math.min(lookMs, longestPauseMs)));
  }
}
