// What can lie over the screen and takes the keys while it does.

import type { TaskView } from '../../core/task/board.ts';
import { isUnderWay } from '../look/state-words.ts';
import type { TaskForm } from './task-form.ts';
import type { TextField } from './text-field.ts';

export type Dialog =
  | { readonly kind: 'new task'; readonly form: TaskForm }
  | { readonly kind: 'confirm'; readonly confirm: Confirm }
  | { readonly kind: 'help'; readonly top: number }
  /** Letters of a name, in the last row; the list behind it changes with every one. */
  | { readonly kind: 'filter'; readonly field: TextField }
  /** A line of text, in the last row: what is sought in the log, or where it is written to. */
  | Ask
  | { readonly kind: 'palette'; readonly field: TextField; readonly at: number }
  /** Tasks are being paused before quitting: it shows who is still ending. */
  | { readonly kind: 'leaving' };

export type Ask = {
  readonly kind: 'ask';
  readonly about: 'search' | 'jump' | 'export';
  readonly field: TextField;
  /** Of what is searched for. */
  readonly form: 'plain' | 'expression';
  /** What is wrong with it, one sentence. */
  readonly problem: string | null;
};

/** A question before something that can't be taken back. */
export type Confirm = {
  readonly title: string;
  readonly question: string;
  /** What it means, a sentence a line. */
  readonly detail: readonly string[];
  /** The word beside Enter: `continue`. */
  readonly yes: string;
  /** What was asked for, and for which tasks: they are named with it. */
  readonly command: 'continue' | 'resume-last' | 'pause-all-and-quit';
  readonly tasks: readonly string[];
};

export function askForFullAccess(
  command: 'continue' | 'resume-last',
  tasks: readonly TaskView[],
): Confirm {
  const [first] = tasks;
  const which = tasks.length === 1 ? (first?.label ?? '') : `${tasks.length} tasks`;
  return {
    title: 'Full access',
    question: `Continue ${which} in full access?`,
    detail: [
      'Codex may change every file that you can change, and use the network.',
      'It asks nobody before it does.',
    ],
    yes: 'continue',
    command,
    tasks: tasks.map(({ name }) => name),
  };
}

export function askToPauseAll(tasks: readonly TaskView[]): Confirm {
  const atWork = tasks.filter(({ state }) => isUnderWay(state.word));
  return {
    title: 'Pause and quit',
    question:
      atWork.length === 1 ? 'Pause 1 task and quit?' : `Pause ${atWork.length} tasks and quit?`,
    detail: [],
    yes: 'pause and quit',
    command: 'pause-all-and-quit',
    tasks: atWork.map(({ name }) => name),
  };
}
