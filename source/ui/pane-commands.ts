// The commands of the panes, the most useful first.

import type { Command, KeyContext } from './keymap.ts';
import { searchCommands } from './log-commands.ts';
import { whyNotSteer } from './why-not.ts';

const always = () => null;
const withATask = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

export const paneCommands: readonly Command[] = [
  {
    id: 'pause',
    scope: 'panes',
    keys: ['p'],
    label: 'pause',
    help: 'Pause the task now; its conversation can be resumed.',
    labelNow: withCount('pause'),
    whyNot: (context) => whyNotSteer('pause', context),
  },
  {
    id: 'continue',
    scope: 'panes',
    keys: ['c'],
    label: 'continue',
    help: 'Continue the task in a fresh session; one that waits tries again now.',
    labelNow: withCount('continue'),
    whyNot: (context) => whyNotSteer('continue', context),
  },
  {
    id: 'resume-last',
    scope: 'panes',
    keys: ['r'],
    label: 'resume-last',
    help: 'Continue the task in its last conversation.',
    labelNow: withCount('resume-last'),
    whyNot: (context) => whyNotSteer('resume-last', context),
  },
  {
    id: 'open-task',
    scope: 'tasks',
    keys: ['return'],
    label: 'open',
    help: 'Go into the log of the task.',
    whyNot: withATask,
  },
  {
    id: 'open-entry',
    scope: 'log',
    keys: ['return'],
    label: 'open',
    help: 'Open the entry at the mark, or fold it again.',
    whyNot: withATask,
  },
  ...searchCommands,
  {
    id: 'new-task',
    scope: 'panes',
    keys: ['n'],
    label: 'new',
    help: 'New task: describe a goal; Codex plans it and works it off.',
    isOffered: ({ isSearching, focus, dialog }) =>
      isSearching !== true || focus !== 'log' || dialog !== null,
    whyNot: always,
  },
  {
    id: 'pause-after-session',
    scope: 'panes',
    keys: ['P'],
    label: 'pause after session',
    labelNow: ({ task }) => (task?.pausesAfterSession === true ? 'do not pause after it' : null),
    help: 'Pause the task after this session; pressed again, take that back.',
    whyNot: (context) => whyNotSteer('pause-after-session', context),
  },
  {
    id: 'back',
    scope: 'log',
    keys: ['escape'],
    label: 'back',
    help: 'Back to the tasks.',
    isOffered: ({ isSearching, isLogFiltered }) => isSearching !== true && isLogFiltered !== true,
    whyNot: always,
  },
  {
    id: 'next-pane',
    scope: 'panes',
    keys: ['tab'],
    label: 'next pane',
    help: 'To the next pane: tasks, log, details.',
    whyNot: withATask,
  },
  {
    id: 'previous-pane',
    scope: 'panes',
    keys: ['shift-tab'],
    label: 'previous pane',
    help: 'To the pane before.',
    isQuiet: true,
    whyNot: withATask,
  },
  quiet({ id: 'down', keys: ['j', 'down'], help: 'Down by a task or an entry.' }),
  quiet({ id: 'up', keys: ['k', 'up'], help: 'Up by a task or an entry.' }),
  quiet({ id: 'page-down', keys: ['pagedown'], help: 'Down by a page.' }),
  quiet({ id: 'page-up', keys: ['pageup'], help: 'Up by a page.' }),
  quiet({ id: 'first', keys: ['g', 'home'], help: 'To the first task or the oldest entry.' }),
  quiet({
    id: 'last',
    keys: ['G', 'end'],
    help: 'To the last task; in the log to the newest entry, following it.',
  }),
];

/** How to get help, and how to get out. */
export const lastCommands: readonly Command[] = [
  {
    id: 'help',
    scope: 'panes',
    keys: ['?'],
    label: 'help',
    help: 'This help.',
    whyNot: always,
  },
  {
    id: 'quit',
    scope: 'panes',
    keys: ['q', 'ctrl-c'],
    label: 'quit, tasks keep running',
    help: 'Quit; tasks keep running.',
    whyNot: always,
  },
  {
    ...quiet({
      id: 'pause-all-and-quit',
      keys: ['Q'],
      help: 'Pause all tasks of this project, then quit. Asks first.',
    }),
    label: 'pause all and quit',
  },
];

/** With marks, how many are steered: `pause 3` */
function withCount(label: string): (context: KeyContext) => string | null {
  return ({ marked = [] }) => (marked.length === 0 ? null : `${label} ${marked.length}`);
}

function quiet({ id, keys, help }: Pick<Command, 'id' | 'keys' | 'help'>): Command {
  return {
    id,
    scope: 'panes',
    keys,
    label: id.replace('-', ' '),
    help,
    isQuiet: true,
    whyNot: always,
  };
}
