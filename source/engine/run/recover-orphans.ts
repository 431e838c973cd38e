// A run whose runner vanished without an ending, on this boot, is taken up by any open dashboard. The task's
// lock decides between several; the record counts how often, so that a run that kills its runners rests.

import type { Fleet } from '../tasks/runner-client.ts';
import type { Store } from '../tasks/store.ts';

/** Looking at the same orphan again so soon would only meet the runner that is just starting. */
const patienceMs = 5000;

export function takeUpOrphans({ store, fleet }: { store: Store; fleet: Fleet }): {
  close(): void;
} {
  const triedAt = new Map<string, number>();
  const look = (): void => {
    const now = performance.now();
    for (const task of store.board().tasks) {
      if (!task.orphaned || now - (triedAt.get(task.name) ?? -Infinity) < patienceMs) continue;
      triedAt.set(task.name, now);
      // Its sandbox is that of its record, not this one: see RunRequest.takeUp.
      void fleet.run({ task: task.name, sandbox: 'workspace-write', takeUp: true });
    }
  };
  const unsubscribe = store.subscribe(look);
  look();
  return { close: unsubscribe };
}
