// A project on the board, where the board has the tasks of several.

import { keyOf, type TaskPlace } from './task-key.ts';

type ProjectPlace = Pick<TaskPlace, 'host' | 'project'>;

export type ProjectView = {
  readonly host?: string;
  /** Its real path. Not safe to print. */
  readonly project: string;
  /** The path with `~` for the home directory, safe to print. */
  readonly label: string;
  /** Why its tasks are not shown, safe to print; null if they are. */
  readonly problem: string | null;
  /** No new task can be put there: it is another machine's. */
  readonly takesNew?: false;
};

/** The same for all tasks of a project, and for no other. */
export function projectKeyOf({ host, project }: ProjectPlace): string {
  return keyOf({ host, project, name: '' });
}

export function isInProject(task: ProjectPlace, place: ProjectPlace): boolean {
  return task.project === place.project && task.host === place.host;
}

export function isSameProject(a: ProjectView, b: ProjectView | undefined): boolean {
  return b !== undefined && isInProject(a, b) && a.label === b.label && a.problem === b.problem;
}

/** `docs (~/shop)`, or `docs` where all tasks are of one project. */
export function labelAmong(
  task: ProjectPlace & { readonly label: string },
  projects: readonly ProjectView[] | undefined,
): string {
  const project = projects === undefined ? null : projectOf(task, projects);
  return project === null ? task.label : `${task.label} (${project.label})`;
}

export function projectOf(
  task: ProjectPlace,
  projects: readonly ProjectView[],
): ProjectView | null {
  return projects.find((project) => isInProject(task, project)) ?? null;
}
