// Any open dashboard recovers a run whose runner vanished on this boot without an ending. The task's lock decides
// between several dashboards; the record counts recoveries, so that a run that kills its runners is left alone.

import type { Clock } from '../../system/clock.ts';
import type { RunnerClient } from '../tasks/runner-client.ts';
import type { Store } from '../tasks/store.ts';

/** Trying the same orphan sooner would only meet the runner that is just starting. */
const patienceMs = 5000;

export function recoverOrphans({
  store,
  clock,
  runnerClient,
}: {
  store: Store;
  clock: Pick<Clock, 'monotonic'>;
  runnerClient: RunnerClient;
}): {
  close(): void;
} {
  const triedAt = new Map<string, number>();
  const look = (): void => {
    const now = clock.monotonic();
    for (const task of store.board().tasks) {
      if (!task.orphaned || task.archivedAt !== null) continue;
      if (now - (triedAt.get(task.name) ?? -Infinity) < patienceMs) continue;
      triedAt.set(task.name, now);
      // The record's sandbox replaces this one: see RunRequest.recovers.
      void runnerClient.start({ task: task.name, sandbox: 'workspace-write', recovers: true });
    }
  };
  const unsubscribe = store.subscribe(look);
  look();
  return { close: unsubscribe };
}
