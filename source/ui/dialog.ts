// What can lie over the screen and takes the keys while it does.

import type { TaskView } from '../core/board.ts';
import { glyphs } from './glyphs.ts';
import { isUnderWay } from './state-words.ts';
import type { TaskForm } from './task-form.ts';

export type Dialog =
  | { readonly kind: 'new task'; readonly form: TaskForm }
  | { readonly kind: 'confirm'; readonly confirm: Confirm }
  | { readonly kind: 'help'; readonly top: number }
  /** Tasks are being paused before quitting: it shows who is still ending. */
  | { readonly kind: 'leaving' };

/** A question before something that can't be taken back. */
export type Confirm = {
  readonly title: string;
  readonly question: string;
  /** What will happen, a sentence a line. */
  readonly detail: readonly string[];
  /** The word beside Enter: `continue`. */
  readonly yes: string;
  /** What was asked for, and for which task; null: for all of them. */
  readonly command: 'continue' | 'resume-last' | 'pause-all-and-quit';
  readonly task: string | null;
};

export function askForFullAccess(command: 'continue' | 'resume-last', task: TaskView): Confirm {
  return {
    title: 'Full access',
    question: `Continue ${task.label} in full access?`,
    detail: [
      'Codex may change every file that you can change, and use the network.',
      'It asks nobody before it does.',
    ],
    yes: 'continue in full access',
    command,
    task: task.name,
  };
}

export function askToPauseAll(tasks: readonly TaskView[]): Confirm {
  const atWork = tasks.filter(({ state }) => isUnderWay(state.word));
  return {
    title: 'Pause and quit',
    question:
      atWork.length === 1 ? 'Pause 1 task and quit?' : `Pause ${atWork.length} tasks and quit?`,
    detail: atWork.map(({ label, state }) => `${label} ${glyphs.between} ${state.word}`),
    yes: 'pause and quit',
    command: 'pause-all-and-quit',
    task: null,
  };
}
