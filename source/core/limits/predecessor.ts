// How the task is that another one comes after.

import type { RunRecord } from '../run/record.ts';
import type { StateWord } from '../task/state.ts';
import type { Predecessor } from './limits.ts';

/**
 * `word`: its state; null if there is no such task. `ending`: how its last run ended, by the record outside of the
 * project; null if it never ran or has not ended. Ticks alone end nothing: any session can write them.
 */
export function predecessorOf(
  name: string,
  { word, ending }: { word: StateWord | null; ending: RunRecord['ending'] },
): Predecessor {
  switch (word) {
    case null:
      return { problem: `${name} is gone` };
    case 'done':
      return ending === null || ending.kind === 'done'
        ? 'done'
        : { problem: `all steps of ${name} are ticked, but its last run did not end with that` };
    case 'failed':
      return { problem: `${name} has failed` };
    case 'stopped':
      return { problem: `${name} has stopped` };
    default:
      return 'under way';
  }
}
