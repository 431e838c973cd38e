// Commands that pause and continue one task or all marked tasks. They skip the tasks for which that is not possible,
// and say so.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerAnswer } from '../../engine/tasks/runner-client.ts';
import { askForFullAccess, askToPauseAll } from '../../ui/dialog/dialog.ts';
import type { Command, KeyContext } from '../../ui/keys/command.ts';
import { hasRunner } from '../../ui/look/state-words.ts';
import { whyNots, whyNotSteer, type Steering } from '../../ui/keys/why-not.ts';
import { acceptConfirmed } from './accept-commands.ts';
import { undoConfirmed } from './undo-commands.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';
import { editConfirmed } from './list-commands.ts';
import { deleteConfirmed } from './order-commands.ts';
import { mergeConfirmed } from './merge-commands.ts';

type SteeringCommand = Pick<Command, 'keys' | 'label' | 'help' | 'isNext'> & {
  readonly id: Steering;
  /** Replaces the label if no task is marked. */
  readonly labelOfOne?: Command['labelNow'];
};

/** If tasks are marked, the label says to how many of them the command applies: `pause 3` */
export function steering({ labelOfOne, ...command }: SteeringCommand): CommandRecord {
  const { id, label } = command;
  return {
    ...command,
    scope: 'panes',
    labelNow: (context) => {
      const { marked = [] } = context;
      if (marked.length === 0) return labelOfOne?.(context) ?? null;
      const count = marked.filter((task) => whyNots[id](task) === null).length;
      return count === 0 ? null : `${label} ${count}`;
    },
    whyNot: (context) => whyNotSteer(id, context),
    act: (deps, context) => steer(deps, id, context),
  };
}

function steer(deps: CommandDeps, id: Steering, context: KeyContext): void {
  const { task, marked = [] } = context;
  const wanted = marked.length > 0 ? marked : task === null ? [] : [task];
  const usable = wanted.filter((one) => whyNots[id](one) === null);
  sayWhoIsLeftOut(deps, id, wanted);
  switch (id) {
    case 'pause':
      return each(deps, usable, (one) => deps.codex.pause(one));
    case 'pause-after-session': {
      // Tasks that are already set to pause stay so, unless all of them are: then all are taken back.
      const others = usable.filter((one) => !one.pausesAfterSession);
      const chosen = others.length > 0 ? others : usable;
      return each(deps, chosen, (one) => deps.codex.pauseAfterSession(one));
    }
    case 'continue':
    case 'resume-last':
      return goOn(deps, id, usable);
    default:
      id satisfies never;
  }
}

/** With full access, both commands ask first, each time that a run starts: that of the dashboard, or of the task's settings. */
export function goOn(
  deps: CommandDeps,
  id: 'continue' | 'resume-last',
  tasks: readonly TaskView[],
): void {
  const starting = tasks.filter(({ run }) => run === null);
  if (starting.length > 0 && deps.sandbox === 'danger-full-access') {
    const confirm = askForFullAccess(id, tasks);
    return deps.store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
  }
  const verb = goingOn(deps, id, 'workspace-write');
  each(deps, tasks, (task) =>
    verb(task).then((answer) => {
      if (answer.ok || answer.why !== 'asks' || deps.store.view().dialog !== null) return answer;
      const confirm = askForFullAccess(id, [task]);
      deps.store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
      return { ok: true };
    }),
  );
}

function goingOn(
  { codex }: CommandDeps,
  id: 'continue' | 'resume-last',
  sandbox: Sandbox,
): (task: TaskView) => Promise<RunnerAnswer> {
  return (task) =>
    id === 'continue' ? codex.continueTask(task, sandbox) : codex.resumeLast(task, sandbox);
}

export function pauseAll(deps: CommandDeps): void {
  const { tasks } = deps.store.scene().board;
  if (!tasks.some(({ state }) => hasRunner(state))) return deps.quit();
  deps.store.act({
    type: 'dialog-opened',
    dialog: { kind: 'confirm', confirm: askToPauseAll(tasks) },
  });
}

/** The user has confirmed the open question. */
export function confirmed(deps: CommandDeps): void {
  const { store, codex } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'confirm') return;
  const { command, tasks: keys } = dialog.confirm;
  const { tasks } = store.scene().board;
  if (command === 'pause-all-and-quit') {
    store.act({ type: 'dialog-opened', dialog: { kind: 'leaving' } });
    const atWork = tasks.filter(({ state }) => hasRunner(state));
    return each(deps, atWork, (task) => codex.pause(task));
  }
  store.act({ type: 'dialog-closed' });
  if (command === 'accept-version') return acceptConfirmed(deps, dialog.confirm);
  if (command === 'merge' || command === 'resolve') return mergeConfirmed(deps, dialog.confirm);
  if (command === 'delete') return deleteConfirmed(deps, dialog.confirm);
  if (command === 'undo') return undoConfirmed(deps, dialog.confirm);
  if (command === 'keep-edit') return editConfirmed(deps, dialog.confirm);
  const chosen = tasks.filter((task) => keys.includes(keyOf(task)));
  each(deps, chosen, goingOn(deps, command, 'danger-full-access'));
}

function each(
  deps: CommandDeps,
  tasks: readonly TaskView[],
  verb: (task: TaskView) => Promise<RunnerAnswer>,
): void {
  for (const task of tasks) {
    void verb(task).then((answer) => {
      if (!answer.ok) return notice(deps, answer.sentence, 'problem');
      const notes = answer.notes ?? [];
      const whose = tasks.length === 1 || notes.length === 0 ? [] : [`${task.label}:`];
      const said = [answer.sentence, ...whose, ...notes].filter((one) => one !== undefined);
      if (said.length > 0) notice(deps, said.join(' '), 'plain');
    });
  }
}

/** `Continued 2 of 3 tasks; skipped docs (done)` */
function sayWhoIsLeftOut(deps: CommandDeps, id: Steering, wanted: readonly TaskView[]): void {
  const skipped = wanted.filter((task) => whyNots[id](task) !== null);
  if (skipped.length === 0 || wanted.length === 1) return;
  const count = wanted.length - skipped.length;
  const names = skipped.map(({ label, state }) => `${label} (${state.word})`).join(', ');
  notice(deps, `${did[id]} ${count} of ${wanted.length} tasks; skipped ${names}`, 'plain');
}

const did: Readonly<Record<Steering, string>> = {
  pause: 'Pausing',
  'pause-after-session': 'Changed the planned pause of',
  continue: 'Continued',
  'resume-last': 'Resumed',
};
