// What commands have under way that takes time: the screen says so at once, and the same task gets nothing else meanwhile.
// Git may take long in a large tree, and a key must not seem to do nothing.

import type { TaskKey } from '../../core/task/task-key.ts';
import { capital } from '../../core/text/capital.ts';
import { notice, type CommandDeps } from './command-deps.ts';

type Screen = Pick<CommandDeps, 'store' | 'clock'>;

type Work = {
  tasks: readonly TaskKey[];
  /** `merging shop` */
  doing: string;
  /** What is said at once. Default: `Merging shop …` */
  said?: string;
};

/** By screen, what is being done to each task. */
const works = new WeakMap<Screen['store'], Map<TaskKey, string>>();

/** Null if something is being done to one of the tasks already: then that was said, and nothing is begun. */
export async function underWay<T>(
  deps: Screen,
  { tasks, doing, said }: Work,
  begin: () => Promise<T>,
): Promise<T | null> {
  const busy = works.get(deps.store) ?? new Map<TaskKey, string>();
  works.set(deps.store, busy);
  const before = tasks.map((task) => busy.get(task)).find((one) => one !== undefined);
  if (before !== undefined) {
    notice(deps, stillWords(before), 'plain');
    return null;
  }
  for (const task of tasks) busy.set(task, doing);
  try {
    return await saying(deps, said ?? `${capital(doing)} …`, begin);
  } finally {
    for (const task of tasks) busy.delete(task);
    endNotice(deps, stillWords(doing));
  }
}

/** Says it until it is done. */
export async function saying<T>(deps: Screen, text: string, begin: () => Promise<T>): Promise<T> {
  deps.store.act({ type: 'noticed', notice: { text, tone: 'plain', until: Infinity } });
  try {
    return await begin();
  } finally {
    endNotice(deps, text);
  }
}

/** What was said meanwhile stays. */
function endNotice({ store }: Screen, text: string): void {
  if (store.view().notice?.text === text) store.act({ type: 'noticed', notice: null });
}

function stillWords(doing: string): string {
  return `Still ${doing}: wait for it`;
}
