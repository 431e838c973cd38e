// Control requests to the current run, left in wish.json. Each acts once; one for another run never acts. The file
// is read at most ten times a second, however often it is replaced, and the last request wins.

import { isActedOn, type ControlRequest } from '../../core/run/control-request.ts';
import type { Want } from '../../core/run/fact.ts';
import type { RunnerDeps } from './runner-deps.ts';
import { serially } from '../serially.ts';
import { createNotifier } from '../notifier.ts';

/** Watchers are only hints; this regular look is what counts. */
const lookEveryMs = 1000;

export function followControlRequests(
  { state, clock, watchDirectory }: Pick<RunnerDeps, 'state' | 'clock' | 'watchDirectory'>,
  run: string,
  onWant: (want: Want) => void,
): { close(): void } {
  let last: ControlRequest | null = null;
  const look = serially(async () => {
    const request = await state.readControlRequest();
    if (request === null || request.run !== run || isActedOn(request, last)) return;
    last = request;
    onWant(request.want);
  });
  const hint = createNotifier(clock);
  hint.subscribe(() => void look().catch(() => {}));
  // What Codex writes is in the same directory, and comes more often.
  const watcher = watchDirectory(state.path, (name) => {
    if (name === null || name === 'wish.json') hint.due();
  });
  const stopLooking = clock.every(lookEveryMs, hint.due);
  return {
    close: () => {
      watcher.close();
      stopLooking();
    },
  };
}
