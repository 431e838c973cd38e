// A screen without React: keys go in; what they did to the view, to tasks and outside of the program comes out.

import type { TaskView } from '../../source/core/task/board.ts';
import type { ProjectView } from '../../source/core/task/project-view.ts';
import { keyOf, type TaskPlace } from '../../source/core/task/task-key.ts';
import type { RunnerAnswer } from '../../source/engine/tasks/runner-client.ts';
import { pressed, type KeyDeps } from '../../source/screen/commands/carry-out.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../source/screen/view-store.ts';
import type { Scene } from '../../source/ui/view/panes.ts';
import { board, details, entries, now } from '../ui/sample.ts';

export type KeysWorld = ReturnType<typeof keysWorld>;

/** `answer`: what every verb on a task answers. */
export function keysWorld(
  tasks: readonly TaskView[],
  {
    selected = tasks[0] === undefined ? '' : keyOf(tasks[0]),
    projects,
    answer = { ok: true },
    log = { entries },
    ...changes
  }: {
    selected?: string;
    /** If the tasks are of several. */
    projects?: readonly ProjectView[];
    answer?: RunnerAnswer;
    log?: Omit<NonNullable<Scene['log']>, 'task'>;
  } & Partial<Omit<KeyDeps, 'store' | 'commands' | 'codex'>> = {},
) {
  const scene: Scene = {
    board: board({ tasks, ...(projects === undefined ? {} : { projects }) }),
    log: { task: selected, ...log },
    details: { ...details, task: selected },
    size: { columns: 120, rows: 40 },
    now,
    animationFrame: 0,
  };
  const store = createViewStore({ selected, own: { commands }, scene });
  store.setScene(scene);
  /** `pause shop`, `continue shop with workspace-write`, `quit` */
  const calls: string[] = [];
  const verb =
    (name: string) =>
    (task: TaskPlace, sandbox?: string): Promise<RunnerAnswer> => {
      const key = keyOf(task);
      calls.push(sandbox === undefined ? `${name} ${key}` : `${name} ${key} with ${sandbox}`);
      return Promise.resolve(answer);
    };
  const deps: KeyDeps = {
    store,
    clock: { now: () => Date.now(), monotonic: () => Date.now() },
    commands,
    codex: {
      pause: verb('pause'),
      pauseAfterSession: verb('pause after session'),
      continueTask: verb('continue'),
      resumeLast: verb('resume'),
      start: ({ task }) => verb('start')({ name: task }),
    },
    sandbox: 'workspace-write',
    quit: () => void calls.push('quit'),
    ...changes,
  };
  return {
    store,
    calls,
    /** Names of keys, or text that is typed letter by letter. */
    press: (...names: string[]): void => {
      for (const name of names) pressed(deps, { name, text: name.length === 1 ? name : null });
    },
    notice: () => store.view().notice?.text ?? null,
    dialog: () => store.view().dialog,
    logView: () => store.view().logs.get(selected),
    /** What is asked of promises has been answered. */
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
