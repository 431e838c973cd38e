// Whose each task was, and when, as the hub said: for how long a task stood still after its machine was gone.

import { taskOfHubKey } from '../../../source/core/hub/hub-names.ts';
import { readHubTask } from '../../../source/core/hub/task-record.ts';
import { placeOf } from '../../../source/core/task/task-key.ts';
import { ownMachine } from '../../../source/cli/deps/hub/enter-hub.ts';
import { linkHub } from '../../../source/engine/hub/hub-link.ts';
import { serially } from '../../../source/engine/serially.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import type { Owned } from './judge.ts';
import type { Machine } from './machine.ts';

const lookEveryMs = 250;

/** By the names that the machines have in the trial. */
export async function watchOwners(
  url: string,
  machines: readonly Machine[],
): Promise<{ owned(): readonly Owned[]; close(): Promise<void> }> {
  const address = { url, machine: null, seed: null, certificate: null };
  const names = new Map<string, string>();
  for (const { name, world } of machines) {
    const own = { address, home: stateHome(world.env), environment: world.env };
    names.set((await ownMachine(own)).machine, name);
  }
  const link = linkHub({
    connect: () => connectHub(address, { answerMs: 1000 }),
    clock: systemClock,
  });
  const owned: Owned[] = [];
  const last = new Map<string, string>();
  const look = serially(async () => {
    const entries = (await link.current()?.list('tasks', 'task.>')) ?? [];
    for (const { key, text } of entries) {
      const found = readHubTask(text ?? '', key);
      const owner = found.kind === 'read' ? found.task.lease.owner : null;
      const { name: task } = placeOf(taskOfHubKey(key) ?? '');
      const machine = owner === null ? undefined : names.get(owner);
      if (machine === undefined || last.get(task) === machine) continue;
      last.set(task, machine);
      owned.push({ task, machine, at: performance.now() });
    }
  });
  const stop = systemClock.every(lookEveryMs, () => void look().catch(() => {}));
  return {
    owned: () => owned,
    close: async () => {
      stop();
      await link.close();
    },
  };
}
