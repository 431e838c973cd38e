// A prompt of ours → what a worker needs to know. Only the prompt's head is read:
//
//   Task directory: .autonomous/shop/      (or its whole path)
//   Role: Executor (session 4)      (or Reviewer (round 1), with nothing below it)
//   Progress: 2/12
//   Next open step: 3. Add pagination
//
// The head ends at the first empty line: below it are the user's words, which may look the same.

import type { Role } from '../core/task/task.ts';

export type PromptReading = {
  taskName: string;
  /** As the prompt names it, without the last slash. */
  directory: string;
  role: Role;
  /** Of a Reviewer: its round. */
  session: number;
  /** Null unless the role is Executor. The number counts all boxes in document order, from 1. */
  nextStep: { number: number; text: string } | null;
  /** The user's goal, or empty if the prompt does not repeat it. */
  description: string;
};

/** `missing` names a line that a worker needs and did not find. */
export function readPrompt(prompt: string): PromptReading | { missing: string } {
  const head = prompt.split(/\n[ \t]*\n/, 1)[0] ?? '';
  const [, directory, taskName] = taskDirectoryLine.exec(head) ?? [];
  if (directory === undefined || taskName === undefined) {
    return { missing: 'Task directory: .autonomous/<task>/' };
  }
  const [, roleName, session] = roleLine.exec(head) ?? [];
  if (roleName === undefined) return { missing: 'Role: Initializer, Executor or Reviewer' };
  const role = roleOf[roleName] ?? 'executor';
  const [, number, text] = nextStepLine.exec(head) ?? [];
  const nextStep = text === undefined ? null : { number: Number(number), text };
  if (role === 'executor' && nextStep === null) return { missing: 'Next open step: N. text' };
  const description = goal.exec(prompt)?.[1]?.trim() ?? '';
  return { taskName, directory, role, session: Number(session ?? 1), nextStep, description };
}

// A name that matches this grammar needs no quoting, neither in a path nor in a shell.
const taskDirectoryLine =
  /^Task directory: ((?:\/(?:.*\/)?)?\.autonomous\/([A-Za-z0-9][A-Za-z0-9._-]*))\/[ \t]*$/m;
const roleLine = /^Role: (Initializer|Executor|Reviewer)\b(?: \((?:session|round) (\d+)\))?/m;
const roleOf: Readonly<Record<string, Role>> = {
  Initializer: 'initializer',
  Executor: 'executor',
  Reviewer: 'reviewer',
};
const nextStepLine = /^Next open step: (\d+)\. (.*\S)[ \t]*$/m;
const goal = /<goal>\n([\s\S]*)\n<\/goal>/;
