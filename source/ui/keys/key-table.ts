// The keymap as a Markdown table, for docs/keys.md. Padded as prettier pads it, so that formatting the README changes
// nothing and a test can compare the two.

import { keyLabel } from './keys.ts';
import { isInPanes, type Command, type Scope } from './command.ts';
import { padEnd, textWidth } from '../look/text-width.ts';

const places: readonly (readonly [Scope, string])[] = [
  ['panes', 'everywhere'],
  ['tasks', 'tasks'],
  ['details', 'details'],
  ['log', 'log'],
  ['changes', 'what it changed'],
  ['new task', 'new task'],
  ['tell', 'tell'],
  ['taken over', 'after taking over'],
  ['settings', 'settings'],
  ['confirm', 'question'],
  ['help', 'help'],
  ['report', 'report'],
  ['filter', 'find'],
  ['ask', 'search, go to, export'],
  ['palette', 'all commands'],
  ['leaving', 'pause and quit'],
];

export function keyTable(commands: readonly Command[]): string {
  const rows = places.flatMap(([scope, place]) =>
    commands
      .filter((command) => command.scope === scope)
      .map((command) => [keysOf(command), place, nameOf(command), command.help]),
  );
  const table = [['Key', 'Where', 'Name', 'What it does'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => textWidth(row[column] ?? ''))),
  );
  const lines = table.map((row) => line(row.map((cell, at) => padEnd(cell, widths[at] ?? 0))));
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [lines[0], rule, ...lines.slice(1)].join('\n') + '\n';
}

function keysOf({ keys }: Command): string {
  return keys.map((key) => `\`${keyLabel(key)}\``).join(' ');
}

/** The command's name in the configuration; empty in dialogs, whose keys cannot be changed. */
function nameOf(command: Command): string {
  return isInPanes(command) ? `\`${command.id}\`` : '';
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
