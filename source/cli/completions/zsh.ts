// Completions for zsh: to be sourced, or as a file named `_autonomous-tui` in the fpath.

import type { OptionRow } from '../options/option-row.ts';
import { options } from '../options/table.ts';

export function zshScript(): string {
  return [
    '#compdef autonomous-tui',
    '# Completions of autonomous-tui for zsh. In ~/.zshrc, after compinit:',
    '#   source <(autonomous-tui --completions zsh)',
    '',
    '_autonomous_tui_tasks() {',
    '  local -a project names expl',
    '  local i',
    '  for (( i = 2; i < CURRENT; i++ )); do',
    '    case ${words[i]} in',
    '      -C|--cd) project=(--cd "${${(Q)words[i+1]}/#\\~/$HOME}") ;;',
    '      --cd=*) project=(--cd "${${(Q)words[i]#--cd=}/#\\~/$HOME}") ;;',
    '    esac',
    '  done',
    '  names=(${(f)"$(command autonomous-tui --completions tasks $project 2>/dev/null)"})',
    '  _wanted tasks expl task compadd -a names',
    '}',
    '',
    '_autonomous-tui() {',
    '  _arguments -s -S \\',
    ...options.map((row) => `    ${specification(row)} \\`),
    "    '1:task description: '",
    '}',
    '',
    'if [[ ${funcstack[1]} == _autonomous-tui ]]; then',
    '  _autonomous-tui "$@"',
    'else',
    '  compdef _autonomous-tui autonomous-tui',
    'fi',
    '',
  ].join('\n');
}

/** `'(-n --task-name)'{-n+,--task-name=}'[Specify task name explicitly]:<name>:_autonomous_tui_tasks'` */
function specification(row: OptionRow): string {
  const { name, short, takes, isRepeatable = false, help, value = '' } = row;
  const [long, brief] =
    takes === 'text' ? [`--${name}=`, `-${short}+`] : [`--${name}`, `-${short}`];
  const rest = `[${escaped(help)}]${takes === 'text' ? `:${escaped(value)}:${action(row)}` : ''}`;
  if (short === undefined) return quoted(`${isRepeatable ? '*' : ''}${long}${rest}`);
  return `${quoted(`(-${short} --${name})`)}{${brief},${long}}${quoted(rest)}`;
}

function action({ offers }: OptionRow): string {
  switch (offers) {
    case undefined:
      return ' ';
    case 'tasks':
      return '_autonomous_tui_tasks';
    case 'directories':
      return '_files -/';
    case 'files':
      return '_files';
    default:
      return `(${offers.join(' ')})`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/gu, String.raw`\$&`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
