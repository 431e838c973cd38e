// The commands that take over a task's conversation in Codex's own screen, and that say how it goes on afterwards.

import { refusals } from '../../core/take-over/words.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { whyNots } from '../../ui/keys/why-not.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { always, closesDialog, type CommandRecord } from './command-record.ts';
import { goOn } from './steering.ts';
import { underWay } from './under-way.ts';

export const takeOverCommand: CommandRecord = {
  id: 'take-over',
  scope: 'panes',
  keys: ['T'],
  label: 'take over',
  help: 'Pause the task, and take over its conversation in Codex itself.',
  isQuiet: ({ task, focus }) =>
    (focus !== 'details' && focus !== 'log') || task?.state.word === 'done',
  whyNot: whyNotTakenOver,
  act: (deps, { task }) => {
    if (task !== null) takeOver(deps, task);
  },
};

export const takeOverCommands: readonly CommandRecord[] = [
  {
    id: 'continue-taken-over',
    scope: 'taken over',
    keys: ['r'],
    label: 'continue',
    help: 'Continue in the conversation that you took over.',
    whyNot: always,
    act: (deps) => answered(deps, 'resume-last'),
  },
  {
    id: 'continue-fresh',
    scope: 'taken over',
    keys: ['c'],
    label: 'fresh',
    help: 'Continue in a new conversation.',
    whyNot: always,
    act: (deps) => answered(deps, 'continue'),
  },
  {
    id: 'close',
    scope: 'taken over',
    keys: ['escape'],
    label: 'paused',
    help: 'Leave the task paused.',
    whyNot: always,
    act: closesDialog,
  },
];

function whyNotTakenOver({ task }: KeyContext): string | null {
  if (task === null) return 'There is no task yet';
  if (!task.valid) return 'The conversation of this task cannot be taken over: see its row';
  return task.threadId === null ? refusals.noSession(task.label) : null;
}

/** The screen stays as it is meanwhile, and asks when it is back. */
function takeOver(deps: CommandDeps, view: TaskView): void {
  const { label, run } = view;
  const task = keyOf(view);
  const { takeOver: open } = deps;
  if (open === undefined) return;
  const said =
    run === null
      ? `Opening the conversation of ${label} …`
      : `Pausing ${label}; then its conversation opens`;
  underWay(deps, { tasks: [task], doing: `taking over ${label}`, said }, () => open(task)).then(
    (answer) => {
      if (answer === null) return;
      if (!answer.ok) return notice(deps, answer.sentence, 'problem');
      const dialog = { kind: 'taken over', task, label, lines: answer.lines } as const;
      deps.store.act({ type: 'dialog-opened', dialog });
    },
    (error: unknown) => notice(deps, `Not taken over: ${errorMessage(error)}`, 'problem'),
  );
}

function answered(deps: CommandDeps, id: 'resume-last' | 'continue'): void {
  const { store } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'taken over') return;
  store.act({ type: 'dialog-closed' });
  const task = store.scene().board.tasks.find((one) => keyOf(one) === dialog.task) ?? null;
  const whyNot = whyNots[id](task);
  if (whyNot !== null) return notice(deps, whyNot, 'plain');
  if (task !== null) goOn(deps, id, [task]);
}
