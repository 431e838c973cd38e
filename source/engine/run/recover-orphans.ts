// Any open dashboard recovers a run whose runner vanished on this boot without an ending. The task's lock decides
// between several dashboards; the record counts recoveries, so that a run that kills its runners is left alone.

import { keyOf } from '../../core/task/task-key.ts';
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
      const key = keyOf(task);
      if (now - (triedAt.get(key) ?? -Infinity) < patienceMs) continue;
      triedAt.set(key, now);
      // The record's sandbox replaces this one: see RunRequest.recovers.
      void runnerClient.start({ task: key, sandbox: 'workspace-write', recovers: true });
    }
  };
  const unsubscribe = store.subscribe(look);
  look();
  return { close: unsubscribe };
}
