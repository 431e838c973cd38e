// Finds tasks whose running sessions changed the same file, so that the user can pause one of them before they undo
// each other's work.

import { keyOf, type TaskPlace } from './task-key.ts';

/** Both strings are safe to print. */
export type SharedFile = { readonly path: string; readonly task: string };

type Changing = TaskPlace & {
  readonly label: string;
  readonly changedFiles: readonly string[];
  readonly sharedFile: SharedFile | null;
};

/** `tasks` with `sharedFile` brought up to date; the same array and the same task objects where nothing changed. */
export function withSharedFiles<Task extends Changing>(tasks: readonly Task[]): readonly Task[] {
  const mayChange = tasks.some(
    ({ changedFiles, sharedFile }) => changedFiles.length > 0 || sharedFile !== null,
  );
  if (!mayChange) return tasks;
  const byFile = new Map<string, Task[]>();
  for (const task of tasks) {
    for (const path of task.changedFiles) {
      const file = fileKey(task, path);
      const others = byFile.get(file);
      if (others === undefined) byFile.set(file, [task]);
      else others.push(task);
    }
  }
  return tasks.map((task) => {
    const shared = sharedBy(task, byFile);
    const { sharedFile: before } = task;
    const isSame = before?.path === shared?.path && before?.task === shared?.task;
    return isSame ? task : { ...task, sharedFile: shared };
  });
}

/** The same path in another project is another file. */
function fileKey({ host, project }: TaskPlace, path: string): string {
  return keyOf({ host, project, name: path });
}

/** The last changed file is the most telling one. */
function sharedBy(
  task: Changing,
  byFile: ReadonlyMap<string, readonly Changing[]>,
): SharedFile | null {
  const sharing = (path: string) => byFile.get(fileKey(task, path)) ?? [];
  const path = task.changedFiles.findLast((one) => sharing(one).length > 1);
  const other = sharing(path ?? '').find((one) => keyOf(one) !== keyOf(task));
  return path === undefined || other === undefined ? null : { path, task: other.label };
}
