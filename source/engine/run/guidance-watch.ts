// Sees what the user says while a session runs and wants told now. Only files say so: whichever runner looks next acts on
// it, and a control request that comes right after it does not replace it.

import { serially } from '../serially.ts';
import type { RunnerDeps } from './runner-deps.ts';

/** A look lists one small directory. */
const lookEveryMs = 1000;

/** `onNow`: once for each piece. What waits longer than that is in the next prompt. */
export function watchGuidance(
  { state, task, clock }: Pick<RunnerDeps, 'state' | 'task' | 'clock'>,
  onNow: () => void,
): { close(): void } {
  const seen = new Set<string>();
  const look = serially(async () => {
    const waiting = await state.waitingGuidance(await task.identity());
    const urgent = waiting.filter(({ id, when }) => when === 'now' && !seen.has(id));
    for (const { id } of waiting) seen.add(id);
    if (urgent.length > 0) onNow();
  });
  return { close: clock.every(lookEveryMs, () => void look().catch(() => {})) };
}
