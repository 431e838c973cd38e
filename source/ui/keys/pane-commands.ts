// The commands of the panes, the most useful first.

import type { Command, KeyContext } from './command.ts';
import { searchCommands } from './log-commands.ts';
import { detailsCommands } from './look-commands.ts';
import { whyNots, whyNotSteer, type Steering } from './why-not.ts';

const always = () => null;
const withATask = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

export const paneCommands: readonly Command[] = [
  steering({
    id: 'pause',
    keys: ['p'],
    label: 'pause',
    help: 'Pause the task now; its conversation can be resumed.',
  }),
  steering({
    id: 'continue',
    keys: ['c'],
    label: 'continue',
    help: 'Continue the task in a fresh session; one that waits tries again now.',
  }),
  steering({
    id: 'resume-last',
    keys: ['r'],
    label: 'resume-last',
    help: 'Continue the task in its last conversation.',
  }),
  // Before what is there always: whoever has marked something may not know how to get rid of it.
  {
    id: 'show-all',
    scope: 'tasks',
    keys: ['escape'],
    label: 'show all',
    labelNow: ({ marked = [] }) => (marked.length > 0 ? 'unmark' : null),
    help: 'Take all marks away, then show all tasks again.',
    isOffered: ({ isFiltering, marked = [] }) => isFiltering === true || marked.length > 0,
    whyNot: always,
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
  ...detailsCommands,
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
  steering({
    id: 'pause-after-session',
    keys: ['P'],
    label: 'pause after session',
    labelOfOne: ({ task }) => (task?.pausesAfterSession === true ? 'do not pause after it' : null),
    help: 'Pause the task after this session; pressed again, take that back.',
  }),
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

type SteeringCommand = Pick<Command, 'keys' | 'label' | 'help'> & {
  readonly id: Steering;
  /** Instead of the label, where nothing is marked. */
  readonly labelOfOne?: Command['labelNow'];
};

/** With marks its label says how many of those it means: `pause 3` */
function steering({ labelOfOne, ...command }: SteeringCommand): Command {
  const { id, label } = command;
  return {
    ...command,
    scope: 'panes',
    labelNow: (context) => {
      const { marked = [] } = context;
      if (marked.length === 0) return labelOfOne?.(context) ?? null;
      const count = marked.filter((task) => whyNots[id](task) === null).length;
      return count === 0 ? null : `${label} ${count}`;
    },
    whyNot: (context) => whyNotSteer(id, context),
  };
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
