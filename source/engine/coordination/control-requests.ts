// Control requests to a run, left in wish.json. Each acts once; one for another run never acts. The file is read at most ten
// times a second, however often it is replaced, and the last request wins.

import { isActedOn, nextSeq, type ControlRequest } from '../../core/run/control-request.ts';
import type { Want } from '../../core/run/fact.ts';
import type { Clock } from '../../system/clock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { WatchDirectory } from '../../system/watch.ts';
import { createNotifier } from '../notifier.ts';
import { serially } from '../serially.ts';

export type RequestFile = Pick<
  StateDirectory,
  'path' | 'readControlRequest' | 'writeControlRequest'
>;

type RequestDeps = { state: RequestFile; clock: Clock; watchDirectory: WatchDirectory };

/** Watchers are only hints; this regular look is what counts. */
const lookEveryMs = 1000;

export async function writeControlRequest(
  state: RequestFile,
  { run, want, id }: { run: string; want: Want; id: string },
): Promise<void> {
  const seq = nextSeq(await state.readControlRequest(), run);
  await state.writeControlRequest({ run, want, seq, id });
}

export function followControlRequests(
  { state, clock, watchDirectory }: RequestDeps,
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
