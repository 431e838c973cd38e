// When the selection of a dashboard over a hub rests on a task, so that the hub is asked about it.

import type { Clock } from '../../../../system/clock.ts';

/**
 * Longer than from one key to the next while it is held down: who walks through the tasks passes most of them, and the hub is
 * asked nothing about those. Shorter than what a user would notice.
 */
const restMs = 60;

/** Returns what cancels it. */
export function onceRested(clock: Clock, act: () => void): () => void {
  return clock.wakeAt(clock.now() + restMs, act);
}
