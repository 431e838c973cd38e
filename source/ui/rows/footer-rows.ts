// The last row: the keys that can be used now, the most useful first, as many as fit. `?` is always there, and so is
// the key that leaves a pane: a user who does not see it would press `q` and quit.
//
//   p pause  n new  Enter open  Tab next pane  ? help  q quit, tasks keep running

import { askTitle } from '../dialog/ask-line.ts';
import { isQuietIn, type Command, type KeyContext } from '../keys/command.ts';
import { commandsIn, hintedCommands } from '../keys/keymap.ts';
import { keyLabel } from '../keys/keys.ts';
import { readTerms, termsToType } from '../view/tasks/filter-terms.ts';
import type { TextField } from '../dialog/text-field.ts';
import { fieldRows } from './dialog/field-rows.ts';
import type { Ask } from '../dialog/dialog.ts';
import { bold, cutRuns, dim, rowOf, run, runsWidth, type Row, type StyleRun } from './row.ts';

export function footerRow(context: KeyContext, width: number): Row {
  const usable = hintedCommands(context, ownFirst(context))
    // A command that lost its keys to another is still in the palette.
    .filter(({ keys }) => keys.length > 0)
    .map((command) => ({ ...command, label: command.labelNow?.(context) ?? command.label }));
  const isLast = ({ isAlwaysShown }: Command) => isAlwaysShown === true;
  // Back, help and quit get their space before all others.
  const short = usable.filter(isLast).map(shortened);
  const room = width - 1 - keysWidth(short) - 2;
  const first = fitting(
    usable.filter((command) => !isLast(command)),
    room,
  );
  const whole = usable.filter(isLast);
  const isRoomForAll = keysWidth([...first, ...whole]) <= width - 1;
  return rowOf(width, [run(' '), ...keysRuns([...first, ...(isRoomForAll ? whole : short)])]);
}

/** A page that has the screen for itself shows its own keys before those of the task. */
function ownFirst(context: KeyContext): readonly Command[] {
  const all = commandsIn(context);
  if (context.focus !== 'changes') return all;
  const isOwn = ({ scope }: Command): boolean => scope === 'changes';
  return [...all.filter(isOwn), ...all.filter((command) => !isOwn(command))];
}

/** The typed filter, in place of the footer, with its own keys:  Find: sho▏   Enter keep  Esc show all */
export function filterRow(field: TextField, context: KeyContext, width: number): Row {
  const { problem } = readTerms(field.text);
  return inputRow({ word: 'Find', field, suggestion: termsToType, problem }, context, width);
}

/** A one-line input:  Search: curs▏   Enter search  Esc cancel  Tab regex */
export function askRow(ask: Ask, context: KeyContext, width: number): Row {
  return inputRow({ ...ask, word: askTitle(ask) }, context, width);
}

type Input = {
  word: string;
  field: TextField;
  /** Shown while nothing is typed. */
  suggestion: string | null;
  /** Shown in place of the keys. */
  problem: string | null;
};

function inputRow(
  { word, field, suggestion, problem }: Input,
  context: KeyContext,
  width: number,
): Row {
  const half = Math.floor(width / 2);
  const keys =
    problem === null
      ? fittingKeys(
          commandsIn(context)
            .filter((command) => !isQuietIn(command, context))
            .map((command) => ({
              ...command,
              label: command.labelNow?.(context) ?? command.label,
            })),
          half,
        )
      : [...cutRuns([run(problem, { color: 'failed' })], half)];
  const room = Math.max(1, width - word.length - 5 - runsWidth(keys) - 3);
  const [text = []] = fieldRows(field, { width: room, height: 1, isFocused: true });
  const shown = field.text === '' && suggestion !== null ? suggestionRuns(suggestion, room) : text;
  const runs = [run(` ${word}: `, { color: 'accent', bold: true }), ...shown, run('  '), ...keys];
  return rowOf(width, runs);
}

/** Dim, with the cursor on its first letter. */
function suggestionRuns(suggestion: string, width: number): Row {
  const [first = '', ...others] = [...suggestion];
  return rowOf(width, [run(first, { inverse: true }), run(others.join(''), dim)]);
}

/** The keys of a dialog, in its last line. */
export function fittingKeys(keys: readonly Command[], width: number): StyleRun[] {
  return keysRuns(fitting(keys, width));
}

/** The keys that fit, whole and in their order. */
function fitting(keys: readonly Command[], width: number): Command[] {
  const chosen: Command[] = [];
  let used = 0;
  for (const key of keys) {
    const wanted = keysWidth([key]) + (chosen.length === 0 ? 0 : 2);
    if (used + wanted > width) continue;
    used += wanted;
    chosen.push(key);
  }
  return chosen;
}

/** `quit`, if there is no room for `quit, tasks keep running`. */
function shortened(command: Command): Command {
  return { ...command, label: command.label.replace(/,.*/, '') };
}

/** `p pause  Enter open`: the keys bold, the words dim. A click on either presses the key. */
function keysRuns(keys: readonly Command[]): StyleRun[] {
  return keys.flatMap((command, index) => {
    const [key = ''] = command.keys;
    return [
      run(index === 0 ? '' : '  '),
      run(keyLabel(key), { ...bold, key }),
      run(` ${command.label}`, { ...dim, key }),
    ];
  });
}

function keysWidth(keys: readonly Command[]): number {
  return runsWidth(keysRuns(keys));
}
