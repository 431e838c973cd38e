// Refreshing unchanged tasks, against the bare stat calls that this needs.

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { emptyBoard } from '../../source/core/task/board.ts';
import { observeTasks } from '../../source/engine/tasks/observer.ts';
import { createStore } from '../../source/engine/tasks/store.ts';
import { systemClock } from '../../source/system/clock.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { observerDeps } from '../../source/cli/deps/viewing-deps.ts';
import { makeProject } from '../lib/project.ts';
import type { Row, Sides } from '../lib/row.ts';

const tasks = 1000;

export const refreshRows: readonly Row[] = [
  {
    name: 'refresh-1000',
    what: 'refreshing 1000 unchanged tasks',
    unit: 'ms',
    goal: { kind: 'times the floor', value: 1.5 },
    rounds: { whole: 15, short: 5 },
    open: () => openRefresh(tasks, 'time'),
  },
  {
    name: 'refresh-1000-piece',
    what: 'refreshing 1000 unchanged tasks: longest delay of a key',
    unit: 'ms',
    goal: { kind: 'at most', value: 10 },
    rounds: { whole: 15, short: 5 },
    open: () => openRefresh(tasks, 'longest piece'),
  },
];

export async function openRefresh(tasks: number, what: 'time' | 'longest piece'): Promise<Sides> {
  const project = makeProject({ tasks });
  const home = stateHome(project.env);
  const store = createStore(emptyBoard('bench'), systemClock);
  const deps = observerDeps({ project: project.path, home });
  const observer = observeTasks({ ...deps, watch: () => ({ close: async () => {} }) }, (action) =>
    store.dispatch(action),
  );
  await observer.look();
  if (store.board().tasks.length !== tasks) throw new Error('not all tasks were seen');
  return {
    ours: async () => {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const began = performance.now();
      await observer.look();
      const ms = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, 5));
      delay.disable();
      return what === 'time' ? ms : delay.max / 1e6;
    },
    ...(what === 'time' ? { floor: () => statPass(project.path) } : {}),
    end: async () => {
      await observer.close();
      project.remove();
    },
  };
}

/** Only the five stat calls per task. */
function statPass(path: string): number {
  const root = join(path, '.autonomous');
  const began = performance.now();
  for (const name of readdirSync(root)) {
    for (const file of ['', 'task_list.md', 'session.id', 'session.log', 'run.json']) {
      lstatSync(join(root, name, file), { throwIfNoEntry: false });
    }
  }
  return performance.now() - began;
}
