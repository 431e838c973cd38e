// The dialogs as framed rows: the form for a new task, a question, and who is still ending.
//
//   ╭ New task ───────────────────────────────────────────────╮
//   │ What should be done?                                    │
//   │ ┃ Build a REST API for todo app                         │
//   │                                                         │
//   │ Name      build-rest-api-todo                           │
//   │ Sandbox   workspace-write                               │
//   │                                                         │
//   │ Enter start  Esc cancel  Tab next field                 │
//   ╰─────────────────────────────────────────────────────────╯

import type { TaskView } from '../../core/board.ts';
import type { Confirm, Dialog } from '../dialog.ts';
import { glyphs } from '../glyphs.ts';
import { commandsIn, type Command, type KeyContext } from '../keymap.ts';
import { isUnderWay, stateGlyph } from '../state-words.ts';
import type { FormField, TaskForm } from '../task-form.ts';
import { wrapText } from '../text-wrap.ts';
import { fieldRows } from './field-rows.ts';
import { fittingKeys } from './footer-rows.ts';
import { framed, insideWidth } from './frame.ts';
import { helpDialog } from './help-rows.ts';
import { paletteLines } from './palette-rows.ts';
import { bold, dim, plain, run, type Row, type StyleRun } from './row.ts';

export type DialogPicture = {
  readonly dialog: Dialog;
  readonly context: KeyContext;
  readonly tasks: readonly TaskView[];
  readonly columns: number;
  readonly rows: number;
  readonly tick: number;
};

export function dialogRows(picture: DialogPicture): Row[] {
  const { dialog, rows: height } = picture;
  const width = dialogWidth(picture);
  const keys = dialogKeys(picture.context);
  switch (dialog.kind) {
    case 'new task':
      return framed({
        title: 'New task',
        width,
        height,
        lines: formLines(dialog.form, { width: insideWidth(width), height: height - 3 }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'confirm':
      return framed({
        title: dialog.confirm.title,
        width,
        height,
        lines: confirmLines(dialog.confirm, insideWidth(width)),
        keys: fittingKeys(
          keys.map((command) => named(command, dialog.confirm)),
          insideWidth(width),
        ),
      });
    case 'help':
      return helpDialog({
        context: { ...picture.context, dialog: null },
        top: dialog.top,
        width,
        height,
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'palette':
      return framed({
        title: 'All commands',
        width,
        height,
        lines: paletteLines({
          dialog,
          context: { ...picture.context, dialog: null },
          width: insideWidth(width),
          height: height - 5,
        }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    // It lies over nothing: see footer-rows.ts.
    case 'filter':
    case 'ask':
      return [];
    case 'leaving':
      return framed({
        title: 'Pausing',
        width,
        height,
        lines: leavingLines(picture),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    default:
      return dialog satisfies never;
  }
}

export function dialogWidth({
  dialog,
  columns,
}: Pick<DialogPicture, 'dialog' | 'columns'>): number {
  return Math.min(columns - 2, dialog.kind === 'help' || dialog.kind === 'palette' ? 84 : 64);
}

function dialogKeys(context: KeyContext): Command[] {
  return commandsIn(context).filter(
    (command) => command.isQuiet !== true && command.whyNot(context) === null,
  );
}

const tallestDescription = 8;

function formLines(form: TaskForm, { width, height }: { width: number; height: number }): Row[] {
  const danger = form.sandbox === 'danger-full-access' ? dangerLines(width) : [];
  const error = form.error === null ? [] : errorLines(form.error, width);
  const others = 3 + danger.length + error.length;
  const description = field('description', form, {
    width: width - 2,
    height: Math.max(1, Math.min(tallestDescription, height - others)),
  });
  // Empty lines, where there is room for them.
  const room = height - others - description.length;
  const [name = []] = field('name', form, { width: width - 10, height: 1 });
  return [
    [run('What should be done?', label('description', form))],
    ...description.map((row) => [run('┃ ', bar('description', form)), ...row]),
    ...(room > 1 ? [[]] : []),
    [run('Name      ', label('name', form)), ...(form.name.text === '' ? suggestion(form) : name)],
    [run('Sandbox   ', label('sandbox', form)), ...sandboxRuns(form)],
    ...danger,
    ...error,
    ...(room > 0 ? [[]] : []),
  ];
}

function field(
  which: 'description' | 'name',
  form: TaskForm,
  box: { width: number; height: number },
): Row[] {
  return fieldRows(form[which], { ...box, isFocused: form.field === which });
}

function suggestion(form: TaskForm): StyleRun[] {
  const cursor = form.field === 'name' ? [run(' ', { inverse: true })] : [];
  return [
    ...cursor,
    run(form.suggestedName === '' ? 'follows from the goal' : form.suggestedName, dim),
  ];
}

function sandboxRuns({ sandbox, field: focused }: TaskForm): StyleRun[] {
  const hint = focused === 'sandbox' ? [run('   Space changes it', dim)] : [];
  const style = sandbox === 'danger-full-access' ? ({ color: 'alarm' } as const) : plain;
  return [run(sandbox, style), ...hint];
}

function dangerLines(width: number): StyleRun[][] {
  const margin = width < 50 ? '' : ' '.repeat(10);
  return wrapText('Codex may change any file and use the network', width - margin.length).map(
    (line) => [run(margin + line, { color: 'alarm' })],
  );
}

function errorLines(sentence: string, width: number): StyleRun[][] {
  return wrapText(`${glyphs.failed} ${sentence}`, width)
    .slice(0, 3)
    .map((line) => [run(line, { color: 'failed' })]);
}

function label(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : plain;
}

function bar(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : dim;
}

function confirmLines({ question, detail }: Confirm, width: number): StyleRun[][] {
  return [
    ...wrapText(question, width).map((line) => [run(line, bold)]),
    ...detail.flatMap((sentence) => wrapText(sentence, width).map((line) => [run(line)])),
    [],
  ];
}

/** Says what Enter does, not that it says yes. */
function named(command: Command, confirm: Confirm): Command {
  return command.id === 'yes' ? { ...command, label: confirm.yes } : command;
}

function leavingLines({ tasks, tick }: DialogPicture): StyleRun[][] {
  const ending = tasks.filter(({ state }) => isUnderWay(state.word));
  if (ending.length === 0) return [[run('All tasks have paused.')], []];
  return [
    [run('Still ending; what they did is kept.')],
    [],
    ...ending.map((task) => [
      stateGlyph(task.state.word, tick),
      run(` ${task.label}  `),
      run(task.state.word, dim),
    ]),
    [],
  ];
}
