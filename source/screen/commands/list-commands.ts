// The commands that change the steps of a task, on its steps page. Each applies to the marked step as the screen shows
// it; whether that is still so is found out with the list.

import { keyOf } from '../../core/task/task-key.ts';
import type { ListEdit } from '../../core/edit/list-edit.ts';
import type { Edited } from '../../engine/tasks/edit-list.ts';
import { partlySentence, type StepName } from '../../core/edit/step-name.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { askToKeep } from '../../ui/dialog/ask-to-keep.ts';
import { emptyAsk } from '../../ui/dialog/ask-line.ts';
import type { Ask, Confirm, StepQuestion } from '../../ui/dialog/dialog.ts';
import { fieldWith } from '../../ui/dialog/text-field.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { markedTarget } from '../../ui/view/details-scroll.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';

type StepCommand = Pick<CommandRecord, 'id' | 'keys' | 'label' | 'help' | 'isQuiet'>;

export const listCommands: readonly CommandRecord[] = [
  asking('add-step', {
    keys: ['a'],
    label: 'add step',
    help: 'Add a step below the marked one (steps page).',
  }),
  asking('reword', {
    keys: ['E'],
    label: 'edit step',
    help: 'Edit the words of the marked step (steps page).',
  }),
  asking('skip', {
    keys: ['-'],
    label: 'skip',
    help: 'Skip the marked step: tick it with a reason (steps page).',
  }),
  atOnce('untick', (step) => ({ kind: 'untick', step }), {
    keys: [' '],
    label: 'untick',
    help: 'Untick the marked step, so that it is done again (steps page).',
  }),
  atOnce('move-down', (step) => ({ kind: 'move', step, to: 'down' }), {
    keys: ['J'],
    label: 'move down',
    help: 'Move the marked step and those nested in it down (steps page).',
  }),
  atOnce('move-up', (step) => ({ kind: 'move', step, to: 'up' }), {
    keys: ['K'],
    label: 'move up',
    help: 'Move the marked step and those nested in it up (steps page).',
  }),
];

function ofSteps(command: StepCommand, act: CommandRecord['act']): CommandRecord {
  return {
    ...command,
    scope: 'details',
    isOffered: ({ page }) => page === undefined || page === 'steps',
    whyNot: whyNotChanged,
    act,
  };
}

export function whyNotChanged({ task }: KeyContext): string | null {
  if (task === null) return 'There is no task yet';
  return task.valid ? null : 'This task cannot be changed: see its row';
}

function asking(about: StepQuestion, command: Omit<StepCommand, 'id'>): CommandRecord {
  return ofSteps({ ...command, id: about }, (deps, { task }) => {
    if (task === null) return;
    const step = markedStep(deps);
    if (step === null && about !== 'add-step') return noStep(deps);
    if (about === 'reword' && step !== null && isPartly(deps, step)) {
      return notice(deps, partlySentence(step.number), 'problem');
    }
    const ask: Ask = { ...emptyAsk(about), of: { task: keyOf(task), step } };
    const field = about === 'reword' ? fieldWith(step?.text ?? '') : ask.field;
    deps.store.act({ type: 'dialog-opened', dialog: { ...ask, field } });
  });
}

function atOnce(
  id: string,
  editOf: (step: StepName) => ListEdit,
  command: Omit<StepCommand, 'id'>,
): CommandRecord {
  return ofSteps({ ...command, id, isQuiet: true }, (deps, { task }) => {
    const step = markedStep(deps);
    if (task === null) return;
    if (step === null) return noStep(deps);
    const key = keyOf(task);
    void tellOf(deps, key, deps.editList?.({ task: key, edit: editOf(step) }));
  });
}

type StepAsk = Ask & Required<Pick<Ask, 'of'>>;

export function isAboutStep(ask: Ask): ask is StepAsk {
  return ask.of !== undefined;
}

/** Enter in the question about a step. If the edit is refused, the question comes back with what the user wrote. */
export function stepAsked(deps: CommandDeps, ask: StepAsk): void {
  const { task } = ask.of;
  deps.store.act({ type: 'dialog-closed' });
  const edit = askedEdit(ask, ask.of.wasRefused ? markedStep(deps) : ask.of.step);
  if (edit === null) return;
  void tellOf(deps, task, deps.editList?.({ task, edit })).then((isRefused) => {
    if (!isRefused || deps.store.view().selected !== task) return;
    const of = { ...ask.of, wasRefused: true };
    deps.store.act({ type: 'dialog-opened', dialog: { ...ask, of } });
  });
}

/** Null if there is nothing to change. */
function askedEdit({ about, field: { text } }: StepAsk, step: StepName | null): ListEdit | null {
  if (about === 'add-step') return { kind: 'add', below: step, text };
  if (step === null) return null;
  if (about === 'skip') return { kind: 'skip', step, reason: text };
  return text === step.text ? null : { kind: 'reword', step, text };
}

/** The user keeps an edit that leaves nothing to do. */
export function editConfirmed(deps: CommandDeps, { tasks, keep }: Confirm): void {
  const [task] = tasks;
  if (task !== undefined) void tellOf(deps, task, keep?.());
}

/** Says what an edit came to. Resolves to whether it was refused, and nothing else has begun on the screen. */
export async function tellOf(
  deps: CommandDeps,
  task: string,
  editing: Promise<Edited> | undefined,
): Promise<boolean> {
  const edited = await editing?.catch((error: unknown) => ({
    ok: false,
    sentence: `Nothing was changed: ${errorMessage(error)}`,
  }));
  if (edited === undefined) return false;
  const { ok, sentence, step, asks }: Edited = edited;
  const isFree = deps.store.view().dialog === null;
  if (asks !== undefined && isFree) {
    const confirm = askToKeep(task, asks, { keep: asks.keep, refused: sentence });
    deps.store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
    return false;
  }
  if (step !== undefined) {
    const changedAt = deps.clock.monotonic();
    deps.store.act({ type: 'step-changed', task, step, changedAt });
  }
  notice(deps, sentence, ok ? 'plain' : 'problem');
  return !ok && isFree;
}

/** The marked step; the one that was changed last, also before the screen shows it so, until the mark is moved. */
function markedStep({ store }: CommandDeps): StepName | null {
  const { changedStep } = store.view();
  if (changedStep !== null) return changedStep.step;
  const { details } = panesOf(store.view(), store.scene());
  const target = details === null ? null : markedTarget(details);
  if (target?.kind !== 'step') return null;
  const step = details?.details?.steps[target.number - 1];
  return step === undefined ? null : { number: step.number, text: step.text };
}

/** Whoever changes what the screen shows of it does not have all of it. */
function isPartly({ store }: CommandDeps, { number, text }: StepName): boolean {
  const { details } = panesOf(store.view(), store.scene());
  const step = details?.details?.steps[number - 1];
  return step?.isPartly === true && step.text === text;
}

function noStep(deps: CommandDeps): void {
  notice(deps, 'No step is marked', 'plain');
}
