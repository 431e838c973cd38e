// The dialogs as rows with a border: the form, the palette and the help, which have their own files, a question, and
// the tasks that still run before quitting.
//
//   ╭ Pause and quit ────────────────────────────────────────╮
//   │ Pause 2 tasks and quit?                                │
//   │ build-rest-api-todo · running                          │
//   │ refactor-auth · waiting                                │
//   │                                                        │
//   │ Enter pause and quit  Esc no                           │
//   ╰────────────────────────────────────────────────────────╯

import type { Board, TaskView } from '../../../core/task/board.ts';
import { labelAmong } from '../../../core/task/project-view.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import type { Confirm, Dialog } from '../../dialog/dialog.ts';
import { glyphs } from '../../look/glyphs.ts';
import { isQuietIn, type Command, type KeyContext } from '../../keys/command.ts';
import { commandsIn } from '../../keys/keymap.ts';
import { hasRunner, stateGlyph } from '../../look/state-words.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { fittingKeys } from '../footer-rows.ts';
import { formLines } from './form-rows.ts';
import { bordered, insideWidth } from '../border.ts';
import { helpDialog } from './help-rows.ts';
import { reportDialog } from './report-rows.ts';
import { settingsLines } from './settings-rows.ts';
import { tellLines } from './tell-rows.ts';
import { paletteLines, paletteTitle } from './palette-rows.ts';
import { takenOverLines } from './taken-over-rows.ts';
import { bold, dim, run, type Row, type StyleRun } from '../row.ts';

type DialogParts = {
  readonly dialog: Dialog;
  readonly context: KeyContext;
  readonly tasks: readonly TaskView[];
  /** If the tasks are of several. */
  readonly projects?: Board['projects'];
  readonly columns: number;
  readonly rows: number;
  readonly animationFrame: number;
};

export function dialogRows(picture: DialogParts): Row[] {
  const { dialog, rows: height } = picture;
  const width = dialogWidth(picture);
  const keys = dialogKeys(picture.context);
  switch (dialog.kind) {
    case 'new task':
      return bordered({
        title: 'New task',
        width,
        height,
        lines: formLines(dialog.form, { width: insideWidth(width), height: height - 3 }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'tell':
      return bordered({
        title: `Tell ${dialog.label}`,
        width,
        height,
        lines: tellLines(dialog, { width: insideWidth(width), height: height - 3 }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'taken over':
      return bordered({
        title: 'Taken over',
        width,
        height,
        lines: takenOverLines(dialog, insideWidth(width)),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'settings':
      return bordered({
        title: `Settings of ${dialog.label}`,
        width,
        height,
        lines: settingsLines(dialog, { width: insideWidth(width), height: height - 3 }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'confirm':
      return bordered({
        title: dialog.confirm.title,
        width,
        height,
        lines: confirmLines(dialog.confirm, {
          tasks: labelled(picture),
          width: insideWidth(width),
          height: height - 3,
        }),
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
    case 'report':
      return reportDialog({
        dialog,
        width,
        height,
        keys: fittingKeys(keys, insideWidth(width)),
      });
    case 'palette':
      return bordered({
        title: paletteTitle({ dialog, context: { ...picture.context, dialog: null } }),
        width,
        height,
        lines: paletteLines({
          dialog,
          context: { ...picture.context, dialog: null },
          width: insideWidth(width),
          height: height - 3,
        }),
        keys: fittingKeys(keys, insideWidth(width)),
      });
    // These are in the last row instead: see footer-rows.ts.
    case 'filter':
    case 'ask':
      return [];
    case 'leaving':
      return bordered({
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

export function dialogWidth({ dialog, columns }: Pick<DialogParts, 'dialog' | 'columns'>): number {
  if (dialog.kind === 'report') return Math.min(columns - 2, 110);
  return Math.min(columns - 2, dialog.kind === 'help' || dialog.kind === 'palette' ? 84 : 64);
}

function dialogKeys(context: KeyContext): Command[] {
  return commandsIn(context).filter(
    (command) => !isQuietIn(command, context) && command.whyNot(context) === null,
  );
}

/** Names every task: each in its own line with its state or, if there is no room, all in one paragraph. */
function confirmLines(confirm: Confirm, { tasks, width, height }: ConfirmParts): StyleRun[][] {
  const { question, detail } = confirm;
  const wrapped = (text: string) => wrapText(text, width).map((line) => [run(line)]);
  const asked = wrapText(question, width).map((line) => [run(line, bold)]);
  const sentences = detail.flatMap((text) => hanging(text, width).map((line) => [run(line)]));
  const named = tasks.filter(
    (task) => confirm.tasks.includes(keyOf(task)) && !question.includes(task.label),
  );
  const lines = [
    ...asked,
    ...named.flatMap(({ label, state }) => wrapped(`${label} ${glyphs.between} ${state.word}`)),
    ...sentences,
    [],
  ];
  if (lines.length <= height || named.length < 2) return lines;
  return [...asked, ...sentences, ...wrapped(named.map(({ label }) => label).join(', '))];
}

/** What follows the first line of an item is further in than the item. */
function hanging(text: string, width: number): string[] {
  const item = text.trimStart();
  const indentation = ' '.repeat(text.length - item.length);
  if (indentation === '' || width < 20) return wrapText(text, width);
  const room = width - indentation.length - hangingBy.length;
  const [first = '', ...rest] = wrapText(item, room);
  return [indentation + first, ...rest.map((line) => indentation + hangingBy + line)];
}

const hangingBy = '  ';

type ConfirmParts = Pick<DialogParts, 'tasks'> & {
  readonly width: number;
  readonly height: number;
};

/** Enter's label says what it does, instead of just yes. */
function named(command: Command, confirm: Confirm): Command {
  return command.id === 'yes' ? { ...command, label: confirm.yes } : command;
}

/** A name may be that of tasks of several projects. */
function labelled({ tasks, projects }: DialogParts): readonly TaskView[] {
  if (projects === undefined) return tasks;
  return tasks.map((task) => ({ ...task, label: labelAmong(task, projects) }));
}

function leavingLines(parts: DialogParts): StyleRun[][] {
  const ending = labelled(parts).filter(({ state }) => hasRunner(state));
  if (ending.length === 0) return [[run('All tasks have paused.')], []];
  return [
    [run('Still stopping; their work is kept.')],
    [],
    ...ending.map((task) => [
      stateGlyph(task.state.word, parts.animationFrame),
      run(` ${task.label}  `),
      run(task.state.word, dim),
    ]),
    [],
  ];
}
