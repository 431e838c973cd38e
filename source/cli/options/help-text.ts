// What `--help` prints.

import { optionLabel, type OptionRow } from './option-row.ts';
import { options } from './table.ts';

const usageLines = [
  ['autonomous-tui "task description"', 'Start new task (auto-generates name)'],
  ['autonomous-tui --task-name <name> --continue', 'Continue specific task'],
  ['autonomous-tui --list', 'List all tasks'],
  ['autonomous-tui --help', 'Show help'],
  ['autonomous-tui', 'Open the dashboard'],
  ['autonomous-tui [options] -- ARGUMENTS', 'Pass arguments to codex exec'],
] as const;

export function helpText(): string {
  return [
    'Usage:',
    ...columns(usageLines),
    '',
    'Options:',
    ...columns(rowsOfGroup('seed')),
    '',
    'More options:',
    ...columns(rowsOfGroup('ours')),
    '',
    'Exit codes: 0 done · 1 failed · 2 wrong usage · 3 stopped on request, steps remain ·',
    '            75 another runner has the task · 130 paused by Ctrl-C',
    '',
  ].join('\n');
}

function rowsOfGroup(group: OptionRow['group']): (readonly [string, string])[] {
  return options
    .filter((row) => row.group === group)
    .map((row: OptionRow) => [optionLabel(row), row.help] as const);
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
