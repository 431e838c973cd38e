// The last row: the keys that can be used now, the most useful first, as many as fit. `?` is always among them.
//
//   p pause  n new  Enter open  Tab other pane  ? help  q quit, tasks keep running

import { commandsIn, type Command, type KeyContext } from '../keymap.ts';
import { keyLabel } from '../keys.ts';
import { bold, dim, rowOf, run, runsWidth, type Row, type StyleRun } from './row.ts';

export function footerRow(context: KeyContext, width: number): Row {
  const usable = commandsIn(context).filter(
    (command) => command.isQuiet !== true && command.whyNot(context) === null,
  );
  const isLast = ({ id }: Command) => id === 'help' || id === 'quit';
  // How to get help and how to get out have their place before anything else.
  const last = usable.filter(isLast).map((command) => keyRuns(shortened(command)));
  let left = width - 1 - widthOf(last);
  const chosen: (readonly StyleRun[])[] = [];
  for (const command of usable.filter((one) => !isLast(one))) {
    const key = keyRuns(command);
    if (widthOf([key]) > left) continue;
    left -= widthOf([key]);
    chosen.push(key);
  }
  const whole = usable.filter(isLast).map(keyRuns);
  const fitting = widthOf(whole) - widthOf(last) <= left ? whole : last;
  return rowOf(width, [run(' '), ...spaced([...chosen, ...fitting])]);
}

/** `quit`, where there is no room for `quit, tasks keep running`. */
function shortened(command: Command): Command {
  return { ...command, label: command.label.replace(/,.*/, '') };
}

/** `Enter open`: the key bold, the word dim. */
export function keyRuns({ keys, label }: Pick<Command, 'keys' | 'label'>): readonly StyleRun[] {
  return [run(keyLabel(keys[0] ?? ''), bold), run(` ${label}`, dim)];
}

export function spaced(keys: readonly (readonly StyleRun[])[]): StyleRun[] {
  return keys.flatMap((key, index) => (index === 0 ? key : [run('  '), ...key]));
}

function widthOf(keys: readonly (readonly StyleRun[])[]): number {
  return keys.reduce((sum, key) => sum + runsWidth(key) + 2, 0);
}
