// The tasks below their projects, where there are several: the projects stay where they are, whatever their tasks do.

import type { Board, TaskView } from '../../../core/task/board.ts';
import { projectKeyOf, projectOf, type ProjectView } from '../../../core/task/project-view.ts';

/** `tasks` in their order, project by project. The same array where all are of one. */
export function groupedTasks(
  tasks: readonly TaskView[],
  projects: readonly ProjectView[] | undefined,
): readonly TaskView[] {
  if (projects === undefined) return tasks;
  const groups = new Map<string, TaskView[]>(
    projects.map((project) => [projectKeyOf(project), []]),
  );
  for (const task of tasks) {
    const key = projectKeyOf(task);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [task]);
    else group.push(task);
  }
  return [...groups.values()].flat();
}

/**
 * Where a new task goes: beside the selected one, else to the project that the user is in. Null if there is only one, or none
 * that takes it.
 */
export function projectForNew(
  selected: TaskView | null,
  { projects }: Pick<Board, 'projects'>,
): ProjectView | null {
  if (projects === undefined) return null;
  const takes = projects.filter(({ problem, takesNew }) => problem === null && takesNew !== false);
  const beside = selected === null ? null : projectOf(selected, projects);
  return beside !== null && beside.takesNew !== false ? beside : (takes[0] ?? null);
}

/** How many projects have a task there: each takes a line for its name. */
export function countProjects(tasks: readonly TaskView[]): number {
  return new Set(tasks.map(projectKeyOf)).size;
}
