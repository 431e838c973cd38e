// What the person leaves in wish.json for the run that is under way. Each wish acts once; one for another run
// never does.

import type { Wish } from '../core/wish.ts';
import type { Want } from '../core/run.ts';
import type { RunnerDoors } from './runner-doors.ts';

/** Watchers are hints; looking this often is the truth. */
const lookEveryMs = 1000;

export function followWishes(
  { state, clock, watchDirectory }: Pick<RunnerDoors, 'state' | 'clock' | 'watchDirectory'>,
  run: string,
  onWant: (want: Want) => void,
): { close(): void } {
  let last: Wish | null = null;
  const look = async (): Promise<void> => {
    const wish = await state.readWish();
    if (wish === null || wish.run !== run || isKnown(wish)) return;
    last = wish;
    onWant(wish.want);
  };
  /** Two dashboards may count alike: another want with the same number is the later one. */
  const isKnown = ({ seq, want }: Wish): boolean =>
    last !== null && (seq < last.seq || (seq === last.seq && want === last.want));
  const lookSoon = (): void => void look().catch(() => {});
  const watcher = watchDirectory(state.path, lookSoon);
  const stopLooking = clock.every(lookEveryMs, lookSoon);
  return {
    close: () => {
      watcher.close();
      stopLooking();
    },
  };
}
