// The help for the focused pane: every key with its sentence, those of the pane first. Keys that cannot be used now are
// dim.
//
//   ╭ Keys: log ───────────────────────────────────────╮
//   │ Enter      Expand or collapse the selected entry. │
//   │ p          Pause the task now; its conversation   │
//   │            can be resumed.                        │

import type { Command, KeyContext } from '../../keys/command.ts';
import { commandsIn } from '../../keys/keymap.ts';
import { keyLabel } from '../../keys/keys.ts';
import { padEnd, textWidth } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { bordered, insideWidth } from '../border.ts';
import { bold, dim, plain, run, type Row, type StyleRun } from '../row.ts';

type Help = {
  /** The context without the help. */
  readonly context: KeyContext;
  /** Index of the first line in view. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The keys of the help itself. */
  readonly keys: readonly StyleRun[];
};

export function helpDialog(help: Help): Row[] {
  const lines = helpLines(help);
  const top = Math.min(help.top, lastHelpTop(help));
  return bordered({
    title: `Keys: ${help.context.focus}`,
    width: help.width,
    height: help.height,
    lines: lines.slice(top),
    keys: help.keys,
  });
}

/** How far the help can be scrolled until its end is at the bottom. */
export function lastHelpTop(help: Pick<Help, 'context' | 'width' | 'height'>): number {
  return Math.max(0, helpLines(help).length - Math.max(1, help.height - 3));
}

function helpLines({ context, width }: Pick<Help, 'context' | 'width'>): StyleRun[][] {
  const usable = commandsIn(context);
  const commands = [
    ...usable.filter(({ scope }) => scope === context.focus),
    ...usable.filter(({ scope }) => scope !== context.focus),
  ];
  const column = 2 + Math.max(...commands.map((command) => textWidth(keysOf(command))));
  return commands.flatMap((command) => {
    const isUsable = command.whyNot(context) === null;
    const sentences = wrapText(command.help, Math.max(1, insideWidth(width) - column));
    return sentences.map((line, index) => [
      run(padEnd(index === 0 ? keysOf(command) : '', column), isUsable ? bold : dim),
      run(line, isUsable ? plain : dim),
    ]);
  });
}

function keysOf({ keys }: Command): string {
  return keys.map(keyLabel).join(' ');
}
