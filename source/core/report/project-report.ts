// The report of some tasks, or of all of a project.

import type { TaskReport } from './task-report.ts';

export type ProjectReport = {
  /** The project's directory, safe to print. */
  readonly project: string;
  /** Epoch ms; null: all that is known. */
  readonly since: number | null;
  readonly at: number;
  readonly tasks: readonly TaskReport[];
  /** Tasks of which a journal is left, but no directory. */
  readonly gone: readonly string[];
};

type Totals = {
  readonly ticked: number;
  readonly proven: number;
  readonly sessions: number;
  readonly needYou: number;
  readonly failed: number;
};

export function totalsOf({ tasks }: Pick<ProjectReport, 'tasks'>): Totals {
  const sum = (value: (task: TaskReport) => number): number =>
    tasks.reduce((total, task) => total + value(task), 0);
  return {
    ticked: sum(({ steps }) => steps.ticked),
    proven: sum(({ steps }) => steps.proven),
    sessions: sum(({ sessions }) => sessions.total),
    needYou: sum(({ needsYou }) => Number(needsYou !== null && needsYou.word !== 'failed')),
    failed: sum(({ state }) => Number(state.word === 'failed')),
  };
}

/** Tasks that need the user first, then those where something happened, by name. */
export function inOrder(tasks: readonly TaskReport[]): readonly TaskReport[] {
  const rank = ({ needsYou, lookAt, happened }: TaskReport): number =>
    needsYou !== null ? 0 : happened ? (lookAt.length > 0 ? 1 : 2) : 3;
  return tasks
    .map((task, at) => ({ task, at }))
    .sort((a, b) => rank(a.task) - rank(b.task) || a.at - b.at)
    .map(({ task }) => task);
}

/** Whether there is more to say of it than its name. */
export function isWorthReading({ happened, needsYou }: TaskReport): boolean {
  return happened || needsYou !== null;
}
