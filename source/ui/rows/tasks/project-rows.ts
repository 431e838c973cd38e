// The names of the projects above their tasks, and below all tasks the projects of which none can be shown:
//
//    ~/shop
//    ▸ ⠙ build-rest-api-todo   ████████▌   12/25
//    ~/blog
//      ‖ docs                  ██           2/12
//    ~/old  not there: deleted, moved or not mounted

import { isInProject, projectOf, type ProjectView } from '../../../core/task/project-view.ts';
import { countProjects } from '../../view/tasks/grouped-tasks.ts';
import { cutFront, textWidth } from '../../look/text-width.ts';
import { cutRuns, dim, plain, rowOf, run, type Row } from '../row.ts';
import type { TaskPane } from './task-pane.ts';

/** With fewer rows, the tasks need them all, unless there are few. */
const leastRows = 4;

type Grouped = Pick<TaskPane, 'tasks' | 'projects' | 'height'>;

export function hasHeadings({ tasks, projects, height }: Grouped): boolean {
  if (projects === undefined) return false;
  if (height >= leastRows || tasks.length === 0) return true;
  const gone = linesOfTroubled(troubled({ projects }));
  return tasks.length < height && tasks.length + countProjects(tasks) + gone <= height;
}

/** Whether a task is the first of its project in the list. */
export function startsProject({ tasks }: Pick<TaskPane, 'tasks'>, index: number): boolean {
  const [before, task] = [tasks[index - 1], tasks[index]];
  return task !== undefined && (before === undefined || !isInProject(task, before));
}

/** The first row in view has one, too: else one would not see whose tasks these are. */
export function headingAt(pane: TaskPane, index: number): ProjectView | null {
  const { projects, tasks, top } = pane;
  const task = tasks[index];
  if (projects === undefined || task === undefined || !hasHeadings(pane)) return null;
  return index === top || startsProject(pane, index) ? projectOf(task, projects) : null;
}

export function headingRow({ label }: ProjectView, width: number): Row {
  return rowOf(width, [run(' '), run(cutFront(label, width - 2), plain)]);
}

/** With more than these, a number stands for them. */
const mostNamed = 3;

export function troubled({ projects = [] }: Pick<TaskPane, 'projects'>): readonly ProjectView[] {
  return projects.filter(({ problem }) => problem !== null);
}

/** How many rows `troubledRows` has. */
export function troubledHeight(pane: Grouped): number {
  if (!hasHeadings(pane)) return 0;
  return linesOfTroubled(troubled(pane));
}

function linesOfTroubled({ length }: readonly ProjectView[]): number {
  return length > mostNamed ? 1 : length;
}

export function troubledRows(pane: TaskPane): Row[] {
  if (!hasHeadings(pane)) return [];
  const { width } = pane;
  const projects = troubled(pane);
  if (projects.length > mostNamed) {
    const names = projects.map(({ label }) => label).join(', ');
    return [dimRow(`${projects.length} projects cannot be shown: ${names}`, width)];
  }
  return projects.map(({ label, problem }) => {
    const name = cutFront(label, Math.max(12, width - 2 - textWidth(problem ?? '') - 2));
    return dimRow(`${name}  ${problem ?? ''}`, width);
  });
}

function dimRow(text: string, width: number): Row {
  return rowOf(width, cutRuns([run(' '), run(text, dim)], width - 1));
}
