// Completions for fish 3 and later.

import type { OptionRow } from '../options/option-row.ts';
import { options } from '../options/table.ts';

export function fishScript(): string {
  return [
    '# Completions of autonomous-tui for fish:',
    '#   autonomous-tui --completions fish > ~/.config/fish/completions/autonomous-tui.fish',
    '',
    'function __autonomous_tui_tasks',
    '    set -l project',
    '    set -l before',
    '    for word in (commandline -opc)',
    '        switch $before',
    '            case -C --cd',
    "                set project --cd (string replace -r '^~' $HOME -- $word)",
    '        end',
    "        string match -q -- '--cd=*' $word; and set project $word",
    '        set before $word',
    '    end',
    '    command autonomous-tui --completions tasks $project 2>/dev/null',
    'end',
    '',
    'complete -c autonomous-tui -f',
    ...options.map((row) => `complete -c autonomous-tui ${specification(row)}`),
    '',
  ].join('\n');
}

function specification(row: OptionRow): string {
  const short = row.short === undefined ? '' : `-s ${row.short} `;
  return `${short}-l ${row.name} ${values(row)}-d ${quoted(row.help)}`;
}

function values({ takes, offers }: OptionRow): string {
  if (takes === 'nothing') return '';
  switch (offers) {
    case undefined:
      return '-x ';
    case 'tasks':
      return "-x -a '(__autonomous_tui_tasks)' ";
    case 'directories':
      return "-x -a '(__fish_complete_directories)' ";
    case 'files':
      return '-r -F ';
    default:
      return `-x -a ${quoted(offers.join(' '))} `;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/gu, String.raw`\$&`)}'`;
}
