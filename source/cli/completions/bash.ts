// Completions for bash 3.2 (that of macOS) and later.

import type { OptionRow } from '../options/option-row.ts';
import { options } from '../options/table.ts';

export function bashScript(): string {
  const rows: readonly OptionRow[] = options;
  const words = rows.flatMap(({ name, short }) => [
    `--${name}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
  const cases = rows
    .filter(({ takes }) => takes === 'text')
    .map((row) => `    ${namesOf(row).join('|')}) ${offer(row)} return ;;`);
  return [
    '# Completions of autonomous-tui for bash. In ~/.bashrc:',
    '#   source <(autonomous-tui --completions bash)',
    '',
    '_autonomous_tui() {',
    '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} line directory= i',
    '  COMPREPLY=()',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case ${COMP_WORDS[i]} in',
    '      --) return ;;',
    '      -C|--cd) directory=${COMP_WORDS[i+1]} ;;',
    '    esac',
    '    [[ $directory == "=" ]] && directory=${COMP_WORDS[i+2]}',
    '  done',
    '  # bash takes --log=shop for three words.',
    '  if [[ $word == "=" ]]; then',
    '    word=',
    '  elif [[ $before == "=" ]]; then',
    '    before=${COMP_WORDS[COMP_CWORD-2]}',
    '  fi',
    '  case $before in',
    ...cases,
    '  esac',
    '  if [[ -z $word || $word == -* ]]; then',
    `    _autonomous_tui_words '${words.join(' ')}'`,
    '  fi',
    '}',
    '',
    '_autonomous_tui_words() {',
    '  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$word")',
    '}',
    '',
    '_autonomous_tui_tasks() {',
    '  local project=()',
    '  [[ -n $directory ]] && project=(--cd "${directory/#\\~/$HOME}")',
    '  # Names of tasks have no character that a shell would expand.',
    '  _autonomous_tui_words "$(command autonomous-tui --completions tasks "${project[@]}" 2>/dev/null)"',
    '}',
    '',
    '_autonomous_tui_paths() {',
    '  compopt -o filenames 2>/dev/null',
    '  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$word")',
    '}',
    '',
    'complete -F _autonomous_tui autonomous-tui',
    '',
  ].join('\n');
}

function namesOf({ name, short }: OptionRow): string[] {
  return [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
}

function offer({ offers }: OptionRow): string {
  switch (offers) {
    case undefined:
      return '';
    case 'tasks':
      return '_autonomous_tui_tasks;';
    case 'directories':
      return '_autonomous_tui_paths -d;';
    case 'files':
      return '_autonomous_tui_paths -f;';
    default:
      return `_autonomous_tui_words '${offers.join(' ')}';`;
  }
}
