// The commands of the log pane.

import type { Command, KeyContext } from './command.ts';

const withALog = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

/** These come before the other log commands in the footer. */
export const searchCommands: readonly Command[] = [
  inLog('search', ['/'], { label: 'search', help: 'Search the whole log; Tab: regex.' }),
  {
    ...inLog('next-match', ['n'], {
      label: 'next match',
      help: 'Next match, further down.',
    }),
    isOffered: ({ isSearching }) => isSearching === true,
  },
  {
    ...inLog('previous-match', ['N'], {
      label: 'previous match',
      help: 'Previous match, further up.',
    }),
    isOffered: ({ isSearching }) => isSearching === true,
  },
];

export const logCommands: readonly Command[] = [
  inLog('log-filter', ['f'], {
    label: 'filter',
    help: 'Switch the filter: messages, commands, failed commands, files, errors, reasoning, to-dos, runner, all.',
  }),
  {
    ...inLog('clear-log', ['escape'], {
      label: 'show all',
      help: 'Clear the search, then the filter.',
    }),
    isOffered: ({ isSearching, isLogFiltered }) => isSearching === true || isLogFiltered === true,
  },
  inLog('next-error', ['e'], {
    label: 'next error',
    help: 'Next error or failed command.',
  }),
  quietInLog('previous-error', ['E'], 'Previous error or failed command.'),
  inLog('jump', ['t'], {
    label: 'go to',
    help: 'Go to a time, a session, or where a step was ticked: 3:40, 2026-01-29 03:40, session 4, step 7.',
  }),
  quietInLog(
    'session-alone',
    ['a'],
    'Show only the session of the selected entry, or all sessions.',
  ),
  quietInLog('follow', ['F'], 'Follow the newest entry.'),
  inLog('copy', ['y'], { label: 'copy', help: 'Copy the selected entry to the clipboard.' }),
  quietInLog('raw', ['J'], 'Show the selected entry as JSON, or as text again.'),
  quietInLog('export', ['x'], 'Export the shown entries to a file: .md, .jsonl or text.'),
  quietInLog('wrap', ['w'], 'Toggle line wrapping.'),
  quietInLog('scroll-right', ['right', 'l'], 'Scroll right, when lines are not wrapped.'),
  quietInLog('scroll-left', ['left', 'h'], 'Scroll left.'),
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
