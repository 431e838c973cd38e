// What the person leaves in wish.json for the run that is under way. Each wish acts once; one for another run
// never does. However often the file is replaced, it is looked at ten times a second at most, and the last wish wins.

import type { Wish } from '../../core/run/control-request.ts';
import type { Want } from '../../core/run/run.ts';
import type { RunnerDoors } from './runner-deps.ts';
import { serially } from '../serially.ts';
import { createNotice } from '../notifier.ts';

/** Watchers are hints; looking this often is the truth. */
const lookEveryMs = 1000;

export function followWishes(
  { state, clock, watchDirectory }: Pick<RunnerDoors, 'state' | 'clock' | 'watchDirectory'>,
  run: string,
  onWant: (want: Want) => void,
): { close(): void } {
  let last: Wish | null = null;
  const look = serially(async () => {
    const wish = await state.readWish();
    if (wish === null || wish.run !== run || isKnown(wish)) return;
    last = wish;
    onWant(wish.want);
  });
  /** Two dashboards may count alike: another want with the same number is the later one. */
  const isKnown = ({ seq, want }: Wish): boolean =>
    last !== null && (seq < last.seq || (seq === last.seq && want === last.want));
  const hint = createNotice(clock);
  hint.subscribe(() => void look().catch(() => {}));
  const watcher = watchDirectory(state.path, hint.due);
  const stopLooking = clock.every(lookEveryMs, hint.due);
  return {
    close: () => {
      watcher.close();
      stopLooking();
    },
  };
}
