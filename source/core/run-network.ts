// What becomes of a run while Codex waits for the network: it is said, it is bounded like every wait, and what is said
// of it is taken back when the model is heard again.

import { after, same, wakeAt } from './run-next.ts';
import type { Announcement, Next, Run } from './run.ts';

export function offlineChanged(run: Run, offline: Run['offline'], at: number): Next {
  if (run.offline === offline) return same(run);
  return offline ? goneOffline(run, at) : backOnline(run);
}

function goneOffline(before: Run, at: number): Next {
  const run: Run = { ...before, offline: true, waitingSince: before.waitingSince ?? at };
  const { maxWaitMs } = run.settings;
  const waits = say({ kind: 'waits', reason: 'no network', until: null });
  // One that is being stopped has a timer already, which must not be lost.
  const isBounded = maxWaitMs !== null && run.phase.name === 'working';
  if (!isBounded) return after(waits, same(run));
  return after(waits, wakeAt(run, (run.waitingSince ?? at) + maxWaitMs));
}

function backOnline(run: Run): Next {
  const isStopping = run.phase.name === 'stopping';
  const epoch = isStopping ? run.epoch : run.epoch + 1;
  return after(
    say({ kind: 'goes on' }),
    same({ ...run, offline: false, waitingSince: null, epoch }),
  );
}

function say(announcement: Announcement) {
  return [{ do: 'say', announcement }] as const;
}
