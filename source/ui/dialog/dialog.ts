// The dialogs. A dialog lies over the screen and takes all keys while it is open.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { ReplacedVersion } from '../../core/task/details.ts';
import { hasRunner } from '../look/state-words.ts';
import type { ReportDialog } from './report-dialog.ts';
import type { TakenOverDialog } from './taken-over.ts';
import type { SettingsForm } from './settings-form.ts';
import type { Tell } from './tell-form.ts';
import type { TaskForm } from './task-form.ts';
import type { TextField } from './text-field.ts';

export type Dialog =
  | { readonly kind: 'new task'; readonly form: TaskForm }
  | Tell
  | TakenOverDialog
  | SettingsForm
  | { readonly kind: 'confirm'; readonly confirm: Confirm }
  | { readonly kind: 'help'; readonly top: number }
  | ReportDialog
  /** Part of a task's name, typed in the last row; the list behind it changes with every key. */
  | { readonly kind: 'filter'; readonly field: TextField }
  /** One line of text in the last row: what to search for, where to go, or the file to export to. */
  | Ask
  | { readonly kind: 'palette'; readonly field: TextField; readonly at: number }
  /** Tasks are being paused before quitting: it shows those that still run. */
  | { readonly kind: 'leaving' };

/** Has a text of several lines. */
export type WritingForm = Extract<Dialog, { readonly kind: 'new task' | 'tell' }>;

export type Ask = {
  readonly kind: 'ask';
  readonly about: 'search' | 'jump' | 'export' | StepQuestion;
  readonly field: TextField;
  /** What Enter takes while the field is empty: the name of a file. */
  readonly suggestion: string | null;
  /** How the search text is read. */
  readonly form: 'plain' | 'expression';
  /** One sentence about what is wrong with the text. */
  readonly problem: string | null;
  /**
   * Of a question about a step: the task, and the step that is changed or that the new one stands below. `wasRefused`:
   * the list was not as the screen showed it, so that Enter is about the step that is marked by then.
   */
  readonly of?: {
    readonly task: string;
    readonly step: StepName | null;
    readonly wasRefused?: boolean;
  };
};

export type StepQuestion = 'add-step' | 'reword' | 'skip';

/** A question before something that cannot be undone. */
export type Confirm = {
  readonly title: string;
  readonly question: string;
  /** The consequences, one sentence per line. */
  readonly detail: readonly string[];
  /** The label of Enter: `continue`. */
  readonly yes: string;
  /** The command to confirm, and the keys of the tasks it applies to, which the dialog names. */
  readonly command:
    | 'continue'
    | 'resume-last'
    | 'pause-all-and-quit'
    | 'accept-version'
    | 'merge'
    | 'resolve'
    | 'delete'
    | 'undo'
    | 'keep-edit';
  readonly tasks: readonly string[];
  /** Whose version the user accepts, or that is taken back. */
  readonly session?: number;
  /** Takes what the user has written. */
  readonly keep?: () => Promise<{ ok: boolean; sentence: string }>;
  /** One sentence that is said after No. */
  readonly afterNo?: string;
};

export function askForFullAccess(
  command: 'continue' | 'resume-last',
  tasks: readonly TaskView[],
): Confirm {
  const [first] = tasks;
  const which = tasks.length === 1 ? (first?.label ?? '') : `${tasks.length} tasks`;
  return {
    title: 'Full access',
    question: `Continue ${which} with full access?`,
    detail: [
      'Codex can change every file that you can change, and use the network.',
      'It does not ask first.',
    ],
    yes: 'continue',
    command,
    tasks: tasks.map(keyOf),
  };
}

/** Says what becomes of as many steps as fit into a small dialog. */
const mostNamed = 3;

export function askToAccept(task: TaskView, { session, steps }: ReplacedVersion): Confirm {
  const left = steps.length - mostNamed;
  return {
    title: 'Accept the version',
    question: `Replace the list of ${task.label} with the version of session ${session}?`,
    detail: [
      ...steps
        .slice(0, mostNamed)
        .map(({ number, text, instead }) =>
          instead === null
            ? `Without step ${number}: ${text}`
            : `Step ${number} becomes: ${instead}`,
        ),
      ...(left > 0 ? [`and ${left} more`] : []),
      'What is ticked now stays ticked.',
    ],
    yes: 'accept',
    command: 'accept-version',
    tasks: [keyOf(task)],
    session,
  };
}

export function askToPauseAll(tasks: readonly TaskView[]): Confirm {
  const atWork = tasks.filter(({ state }) => hasRunner(state));
  return {
    title: 'Pause and quit',
    question:
      atWork.length === 1 ? 'Pause 1 task and quit?' : `Pause ${atWork.length} tasks and quit?`,
    detail: [],
    yes: 'pause and quit',
    command: 'pause-all-and-quit',
    tasks: atWork.map(keyOf),
  };
}
