// The commands of the log pane.

import type { Command, KeyContext } from './command.ts';

const withALog = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

/** They stand further in front than the others. */
export const searchCommands: readonly Command[] = [
  inLog('search', ['/'], { label: 'search', help: 'Search the whole log; Tab: as an expression.' }),
  {
    ...inLog('next-match', ['n'], {
      label: 'next match',
      help: 'To the next match, further down.',
    }),
    isOffered: ({ isSearching }) => isSearching === true,
  },
  {
    ...inLog('previous-match', ['N'], {
      label: 'match before',
      help: 'To the match before, further up.',
    }),
    isOffered: ({ isSearching }) => isSearching === true,
  },
];

export const logCommands: readonly Command[] = [
  inLog('log-filter', ['f'], {
    label: 'filter',
    help: 'Only messages, commands, failed commands, files, errors, reasoning, to-dos, or what the runner says.',
  }),
  {
    ...inLog('clear-log', ['escape'], {
      label: 'show all',
      help: 'End the search, then the filter.',
    }),
    isOffered: ({ isSearching, isLogFiltered }) => isSearching === true || isLogFiltered === true,
  },
  inLog('next-error', ['e'], {
    label: 'next error',
    help: 'To the next error or failed command.',
  }),
  quietInLog('previous-error', ['E'], 'To the error or failed command before.'),
  inLog('jump', ['t'], {
    label: 'go to',
    help: 'Go to a time, a session or what ticked a step: 3:40, 2026-01-29 03:40, session 4, step 7.',
  }),
  quietInLog('session-alone', ['a'], 'Only the session at the mark; pressed again, all of them.'),
  quietInLog('follow', ['F'], 'To the newest entry, following it.'),
  inLog('copy', ['y'], { label: 'copy', help: 'Copy the entry at the mark to the clipboard.' }),
  quietInLog('raw', ['J'], 'The JSON of the entry at the mark; pressed again, the entry.'),
  quietInLog('export', ['x'], 'Write what is shown to a file: .md, .jsonl or text.'),
  quietInLog('wrap', ['w'], 'Wrap long lines, or do not.'),
  quietInLog('scroll-right', ['right', 'l'], 'To the right, where lines are not wrapped.'),
  quietInLog('scroll-left', ['left', 'h'], 'Back to the left.'),
];

function inLog(
  id: Command['id'],
  keys: readonly string[],
  words: Pick<Command, 'label' | 'help'>,
): Command {
  return { id, scope: 'log', keys, ...words, whyNot: withALog };
}

function quietInLog(id: Command['id'], keys: readonly string[], help: string): Command {
  return { ...inLog(id, keys, { label: id.replace('-', ' '), help }), isQuiet: true };
}
