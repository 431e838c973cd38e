// The help for the focused pane: every key with its sentence in groups, those of the pane first. Keys that cannot be used
// now are dim.
//
//   ╭ Keys: log ───────────────────────────────────────╮
//   │ Log                                               │
//   │ Enter      Expand or collapse the selected entry. │
//   │                                                   │
//   │ The task                                          │
//   │ p          Pause the task now; its conversation   │
//   │            can be resumed.                        │

import { isPane, type Command, type KeyContext } from '../../keys/command.ts';
import { commandsIn } from '../../keys/keymap.ts';
import { keyLabel } from '../../keys/keys.ts';
import { padEnd, textWidth } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import type { PaneName } from '../../view/layout.ts';
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
  const commands = commandsIn(context);
  const column = 2 + Math.max(...commands.map((command) => textWidth(keysOf(command))));
  const linesOf = (command: Command): StyleRun[][] => {
    const isUsable = command.whyNot(context) === null;
    const sentences = wrapText(command.help, Math.max(1, insideWidth(width) - column));
    return sentences.map((line, index) => [
      run(padEnd(index === 0 ? keysOf(command) : '', column), isUsable ? bold : dim),
      run(line, isUsable ? plain : dim),
    ]);
  };
  const titles = [paneTitles[context.focus], ...groups.map(({ title }) => title)];
  return titles
    .map((title) => ({ title, inIt: commands.filter((one) => titleOf(one) === title) }))
    .filter(({ inIt }) => inIt.length > 0)
    .flatMap(({ title, inIt }, index) => [
      ...(index === 0 ? [] : [[]]),
      [run(title, { color: 'accent', bold: true })],
      ...inIt.flatMap(linesOf),
    ]);
}

const paneTitles: Readonly<Record<PaneName, string>> = {
  tasks: 'Tasks',
  details: 'Details',
  log: 'Log',
  changes: 'What it changed',
};

/** Of the commands of all panes. What is in none of the others is about the task. */
const groups = [
  { title: 'The task', has: () => true },
  { title: 'Look', has: (id) => /^show-|^(?:report|zoom)$/.test(id) },
  {
    title: 'Move',
    has: (id) => /-pane$|^page-|^(?:up|down|first|last)$/.test(id),
  },
  {
    title: 'The program',
    has: (id) => /quit$|^(?:help|palette|mouse|suspend)$/.test(id),
  },
] as const satisfies readonly { title: string; has(id: string): boolean }[];

function titleOf({ id, scope }: Command): string {
  if (isPane(scope)) return paneTitles[scope];
  return (groups.find(({ has }, index) => index > 0 && has(id)) ?? groups[0]).title;
}

function keysOf({ keys }: Command): string {
  return keys.map(keyLabel).join(' ');
}
