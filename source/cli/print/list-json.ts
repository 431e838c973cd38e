// `--list --json`: every task, of one project or of several, as one JSON document.

import { percentDone } from '../../core/checklist/checklist.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import { printedJson } from '../../core/json/printed.ts';
import type { TaskView } from '../../core/task/board.ts';
import { maskSecrets } from '../../core/text/secrets.ts';

/** `guidance`: what the user told the tasks, by their names. */
export function listJson(
  project: string,
  tasks: readonly TaskView[],
  guidance: ReadonlyMap<string, readonly GuidancePiece[]> = new Map(),
): string {
  const all = tasks.map((task) => toldJson(task, guidance));
  return printedJson({ version: 1, project, tasks: all }, 2) + '\n';
}

export type ListedProject = {
  /** The machine on which its tasks were given to a hub. */
  host?: string;
  project: string;
  problem: string | null;
  tasks: readonly TaskView[];
  /** What the user told the tasks, by their names. */
  guidance: ReadonlyMap<string, readonly GuidancePiece[]>;
};

/** One document for several projects: each task names its own. */
export function allJson(projects: readonly ListedProject[]): string {
  const tasks = projects.flatMap(({ tasks: own, guidance, ...project }) =>
    own.map((task) => ({ ...placeJson(project), ...toldJson(task, guidance) })),
  );
  const all = projects.map((project) => ({ ...placeJson(project), problem: project.problem }));
  return printedJson({ version: 1, projects: all, tasks }, 2) + '\n';
}

function placeJson({ project, host }: Pick<ListedProject, 'project' | 'host'>): object {
  return host === undefined ? { project } : { project, host };
}

function toldJson(task: TaskView, guidance: ReadonlyMap<string, readonly GuidancePiece[]>): object {
  return { ...taskJson(task), guidance: (guidance.get(task.name) ?? []).map(pieceJson) };
}

function taskJson(task: TaskView): object {
  return {
    name: task.label,
    valid: task.valid,
    state: task.state.word,
    reason: task.state.reason,
    until: task.state.until === null ? null : new Date(task.state.until).toISOString(),
    done: task.done,
    total: task.total,
    percent: percentDone(task),
    nextStep: task.nextStep,
    threadId: task.threadId,
    session:
      task.session === null ? null : { number: task.session.number, role: task.session.role },
    sandbox: task.sandbox,
    runnerPid: task.runnerPid,
    machine: task.machine ?? null,
    usage: task.usage,
    branch: task.branch?.name ?? null,
    ahead: task.branch?.ahead ?? null,
    problem: task.problem,
    missed: task.missed,
    unproven: task.unproven,
    unmet: task.unmet,
    mend: task.mend,
    archived: task.archivedAt !== null,
  };
}

function pieceJson({ id, at, text, when, told }: GuidancePiece): object {
  return {
    id,
    at: new Date(at).toISOString(),
    text: maskSecrets(text),
    when,
    told: told && { session: told.session, at: new Date(told.at).toISOString() },
  };
}
