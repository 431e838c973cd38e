// Where the files of a task are: how a path of its log or its changes is shown, and what it links to.

import { pathInProject } from '../../core/task/changed-files.ts';
import type { TaskView } from '../../core/task/board.ts';

export type FilePlaces = {
  /** Absolute path of the task's project, on a board with those of several. */
  readonly project?: string | undefined;
  /** Absolute path of the task's worktree. */
  readonly workplace?: string | undefined;
};

export function filePlacesOf(task: TaskView | null): FilePlaces {
  return { project: task?.project, workplace: task?.branch?.path };
}

/** A path of the log: from the project, or absolute, as in a worktree. */
export function loggedFile(path: string, { project, workplace }: FilePlaces): FilePlace {
  const shown = workplace === undefined ? path : pathInProject(path, workplace);
  return { shown, link: from(project, path) };
}

type FilePlace = { readonly shown: string; readonly link: string };

/** To what the label of a changed file links: it is from where the sessions work. */
export function changedFileLink(label: string, { project, workplace }: FilePlaces): string {
  return from(workplace ?? project, label);
}

function from(directory: string | undefined, path: string): string {
  if (directory === undefined || path.startsWith('/')) return path;
  return `${directory.replace(/\/+$/u, '')}/${path}`;
}
