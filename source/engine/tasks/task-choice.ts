// Which task an invocation means: the rules for names, for a description used before, and for `--continue` without
// a name. The result is a task, or one sentence and an exit code.

import type { TaskView } from '../../core/task/board.ts';
import { isAllDone } from '../../core/checklist/checklist.ts';
import {
  generatedTaskName,
  invalidNameSentence,
  isTaskName,
  unusedTaskName,
} from '../../core/task/task.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

export type TaskCall = {
  description: string | null;
  name: string | null;
  /** `--continue` or `--resume-last`. */
  continues: boolean;
};

export type TaskChoice =
  | { kind: 'start'; task: string; description: string; generated: boolean }
  | { kind: 'continue'; task: string; found: 'by name' | 'by description' | 'last worked' }
  | { kind: 'problem'; sentence: string; exitCode: 1 | 2 };

type TaskChoiceDeps = {
  names(): Promise<string[]>;
  task(name: string): TaskDirectory;
  view(name: string): Promise<TaskView>;
  /** Whether only a worker of a hub starts it. */
  isOfHub(name: string): boolean;
  now(): number;
};

export async function chooseTask(deps: TaskChoiceDeps, call: TaskCall): Promise<TaskChoice> {
  const { description, name } = call;
  if (name !== null && !isTaskName(name)) return problem(invalidNameSentence(name), 2);
  if (description !== null && description.trim() === '') {
    return problem('The description is empty: say what should be done', 2);
  }
  if (name !== null)
    return description === null ? continueNamed(deps, name) : startNamed(deps, name, description);
  if (description !== null) return startUnnamed(deps, description, call.continues);
  return continueLast(deps);
}

async function continueNamed(deps: TaskChoiceDeps, name: string): Promise<TaskChoice> {
  const task = deps.task(name);
  if ((await task.identity()) === null) {
    const { problem: reason } = await deps.view(name);
    return reason === null
      ? problem(`Task not found: ${name} (--list shows all tasks)`, 1)
      : problem(`${name} is ${reason}`, 1);
  }
  const list = await task.readList();
  if (list.kind === 'missing' && (await task.readDescription()) === null) {
    return problem(
      `${name} has no task_list.md and no description to plan from. Give one: autonomous-tui --task-name ${name} "what should be done"`,
      1,
    );
  }
  return { kind: 'continue', task: name, found: 'by name' };
}

async function startNamed(
  deps: TaskChoiceDeps,
  name: string,
  description: string,
): Promise<TaskChoice> {
  const task = deps.task(name);
  if ((await task.identity()) === null) {
    return { kind: 'start', task: name, description, generated: false };
  }
  const known = await task.readDescription();
  const isKnown = known === description || (await task.readFirstDescription()) === description;
  if (isKnown) return { kind: 'continue', task: name, found: 'by description' };
  if (known === null && (await task.readList()).kind === 'missing') {
    return { kind: 'start', task: name, description, generated: false };
  }
  return problem(
    `Task ${name} already exists with another description: omit the description to continue it, or choose another name`,
    2,
  );
}

async function startUnnamed(
  deps: TaskChoiceDeps,
  description: string,
  continues: boolean,
): Promise<TaskChoice> {
  const names = await deps.names();
  const wanted = generatedTaskName(description, deps.now());
  // Tasks whose name has the same stem first: a known description is nearly always among them.
  const byKinship = [...names]
    .filter(isTaskName)
    .sort(
      (a, b) => Number(b.startsWith(wanted)) - Number(a.startsWith(wanted)) || (a < b ? -1 : 1),
    );
  let startedWithIt: string | null = null;
  for (const name of byKinship) {
    const task = deps.task(name);
    if ((await task.readDescription()) === description) {
      return { kind: 'continue', task: name, found: 'by description' };
    }
    // Its user has changed it since; the call may come from a script or from the shell's history.
    if ((await task.readFirstDescription()) === description) startedWithIt ??= name;
  }
  if (startedWithIt !== null) {
    return { kind: 'continue', task: startedWithIt, found: 'by description' };
  }
  if (continues)
    return problem('No task has that description: omit --continue to start a new one', 1);
  const taken = new Set(names);
  return {
    kind: 'start',
    task: unusedTaskName(wanted, (name) => taken.has(name)),
    description,
    generated: true,
  };
}

async function continueLast(deps: TaskChoiceDeps): Promise<TaskChoice> {
  let best: TaskView | null = null;
  /** Its runner says why it is not started. */
  let ofHub: TaskView | null = null;
  for (const name of await deps.names()) {
    if (!isTaskName(name)) continue;
    const view = await deps.view(name);
    if (!view.valid || view.runnerPid !== null || view.archivedAt !== null) continue;
    const hasOpenSteps = view.total > 0 && (!isAllDone(view) || view.unmet !== null);
    if (!hasOpenSteps && !(await isUnplanned(deps, view))) continue;
    if (deps.isOfHub(name)) ofHub ??= view;
    else if (best === null || (view.lastWorkedAt ?? 0) > (best.lastWorkedAt ?? 0)) best = view;
  }
  const chosen = best ?? ofHub;
  return chosen === null
    ? problem('No task has open steps to continue (--list shows all tasks)', 1)
    : { kind: 'continue', task: chosen.name, found: 'last worked' };
}

/** Its first session has not written the list, and the description is there to plan from. */
async function isUnplanned(deps: TaskChoiceDeps, view: TaskView): Promise<boolean> {
  if (view.total > 0 || view.problem !== null) return false;
  return (await deps.task(view.name).readDescription()) !== null;
}

function problem(sentence: string, exitCode: 1 | 2): TaskChoice {
  return { kind: 'problem', sentence, exitCode };
}
