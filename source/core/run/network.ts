// A run while Codex waits for the network: the wait is announced, limited like every wait, and withdrawn as soon as
// the model is heard again.

import { after, same, wakeAt } from './next.ts';
import { endOfWait } from './wait.ts';
import type { Announcement, Next, Run } from './run.ts';

export function offlineChanged(run: Run, offline: Run['offline'], at: number): Next {
  if (run.offline === offline) return same(run);
  return offline ? goneOffline(run, at) : backOnline(run);
}

function goneOffline(before: Run, at: number): Next {
  const run: Run = { ...before, offline: true, waitingSince: before.waitingSince ?? at };
  const endsAt = endOfWait(run);
  const waits = say({ kind: 'waits', reason: 'no network', until: null });
  // A session that is being stopped has a timer already, which must not be lost.
  if (endsAt === null || run.phase.name !== 'working') return after(waits, same(run));
  return after(waits, wakeAt(run, endsAt));
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
