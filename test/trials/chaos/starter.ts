// Restarts tasks that have no runner, as a user or a timer would: by `--continue-all`, or by a foreground run. Often
// two at once, and only one of them may get the task.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startInPipe, type InPipe } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { ProcessWatch } from '../outside/process-watch.ts';
import type { Random } from '../outside/random.ts';

export type Starter = {
  /** The foreground runs. */
  headless(): { pid: number; task: string }[];
  /** True if no runner is left. */
  isIdle(): boolean;
  close(): Promise<void>;
};

export type Starting = {
  place: TrialWorld;
  watch: ProcessWatch;
  tasks: readonly string[];
  random: Random;
};

export function keepStarting({ place, watch, tasks, random }: Starting): Starter {
  const running = new Map<InPipe, string | null>();
  let isClosed = false;
  const starting = keep();

  async function keep(): Promise<void> {
    while (!isClosed) {
      await delay(random.between(200, 500));
      const idle = await idleTasks();
      if (idle.length === 0) continue;
      if (random.next() < 0.4) start(['--continue-all'], null);
      else {
        const task = random.pick(idle);
        start(['--headless', '--task-name', task, '--continue'], task);
      }
    }
  }

  function start(args: readonly string[], task: string | null): void {
    const program = startInPipe(place, [...args, ...place.access]);
    running.set(program, task);
    void program.ended.then(() => running.delete(program));
  }

  async function idleTasks(): Promise<string[]> {
    const busy = new Set([...watch.living('runner').map(({ task }) => task), ...running.values()]);
    const idle: string[] = [];
    for (const task of tasks) {
      if (!busy.has(task) && (await hasOpenSteps(task))) idle.push(task);
    }
    return idle;
  }

  async function hasOpenSteps(task: string): Promise<boolean> {
    const path = join(place.taskPath(task), 'task_list.md');
    const list = await readFile(path, 'utf8').catch(() => null);
    return list === null || list.includes('- [ ]');
  }

  return {
    headless: () =>
      [...running].flatMap(([{ pid }, task]) => (task === null ? [] : [{ pid, task }])),
    isIdle: () => running.size === 0 && watch.living('runner').length === 0,
    close: async () => {
      isClosed = true;
      await starting;
    },
  };
}
