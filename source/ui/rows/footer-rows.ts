// The last row: the keys that can be used now, the most useful first, as many as fit. `?` is always among them.
//
//   p pause  n new  Enter open  Tab other pane  ? help  q quit, tasks keep running

import { commandsIn, type Command, type KeyContext } from '../keymap.ts';
import { keyLabel } from '../keys.ts';
import { bold, dim, rowOf, run, runsWidth, type Row, type StyleRun } from './row.ts';

export function footerRow(context: KeyContext, width: number): Row {
  const usable = commandsIn(context)
    .filter((command) => command.isQuiet !== true && command.whyNot(context) === null)
    .map((command) => ({ ...command, label: command.labelNow?.(context) ?? command.label }));
  const isLast = ({ id }: Command) => id === 'help' || id === 'quit';
  // How to get help and how to get out have their place before anything else.
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

/** The keys of a dialog, in its last line. */
export function fittingKeys(keys: readonly Command[], width: number): StyleRun[] {
  return keysRuns(fitting(keys, width));
}

/** Of several keys those that fit, whole and in their order. */
function fitting(keys: readonly Command[], width: number): Command[] {
  const chosen: Command[] = [];
  for (const key of keys) {
    if (keysWidth([...chosen, key]) <= width) chosen.push(key);
  }
  return chosen;
}

/** `quit`, where there is no room for `quit, tasks keep running`. */
function shortened(command: Command): Command {
  return { ...command, label: command.label.replace(/,.*/, '') };
}

/** `p pause  Enter open`: the keys bold, the words dim. */
function keysRuns(keys: readonly Command[]): StyleRun[] {
  return keys.flatMap((command, index) => [
    run(index === 0 ? '' : '  '),
    run(keyLabel(command.keys[0] ?? ''), bold),
    run(` ${command.label}`, dim),
  ]);
}

function keysWidth(keys: readonly Command[]): number {
  return runsWidth(keysRuns(keys));
}
