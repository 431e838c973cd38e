// The commands that change only the view: which tasks are shown and marked, the page of the details, the zoom.

import type { Command, KeyContext } from './command.ts';

const always = () => null;
const withATask = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

/** These come before the other view commands in the footer. */
export const detailsCommands: readonly Command[] = [
  {
    id: 'open-detail',
    scope: 'details',
    keys: ['return'],
    label: 'show in log',
    help: 'Show the selected step or session in the log.',
    whyNot: ({ page }) =>
      page === 'steps' || page === 'sessions'
        ? null
        : 'Only steps and sessions can be shown in the log',
  },
  {
    id: 'next-page',
    scope: 'details',
    keys: ['right', 'l', ']'],
    label: 'next page',
    help: 'Next page: steps, sessions, notes, about.',
    whyNot: always,
  },
];

export const lookCommands: readonly Command[] = [
  {
    id: 'palette',
    scope: 'panes',
    keys: [':'],
    label: 'all commands',
    help: 'Find a command by a few of its letters.',
    whyNot: always,
  },
  {
    id: 'mark',
    scope: 'tasks',
    keys: [' '],
    label: 'mark',
    help: 'Mark or unmark; commands apply to all marked tasks.',
    whyNot: withATask,
  },
  {
    id: 'filter-by-name',
    scope: 'tasks',
    keys: ['/'],
    label: 'find',
    help: 'Show only tasks whose name contains the typed text.',
    whyNot: always,
  },
  {
    id: 'filter-by-state',
    scope: 'tasks',
    keys: ['f'],
    label: 'filter',
    help: 'Switch the filter: tasks that need you, running, waiting, paused, idle, done, all.',
    whyNot: always,
  },
  {
    id: 'previous-page',
    scope: 'details',
    keys: ['left', 'h', '['],
    label: 'previous page',
    help: 'Previous page.',
    isQuiet: true,
    whyNot: always,
  },
  {
    id: 'back',
    scope: 'details',
    keys: ['escape'],
    label: 'back',
    help: 'Back to the tasks.',
    whyNot: always,
  },
  {
    id: 'show-steps',
    scope: 'panes',
    keys: ['s'],
    label: 'steps',
    help: 'The steps of the task, and when each was ticked.',
    whyNot: withATask,
  },
  {
    id: 'show-sessions',
    scope: 'panes',
    keys: ['S'],
    label: 'sessions',
    help: 'The sessions of the task: when, how long, tokens, outcome.',
    isQuiet: true,
    whyNot: withATask,
  },
  {
    id: 'show-notes',
    scope: 'panes',
    keys: ['o'],
    label: 'notes',
    help: 'The notes that sessions leave for each other (progress.md).',
    isQuiet: true,
    whyNot: withATask,
  },
  {
    id: 'show-about',
    scope: 'panes',
    keys: ['i'],
    label: 'about the task',
    help: 'About the task: description, directory, settings, totals.',
    isQuiet: true,
    whyNot: withATask,
  },
  {
    id: 'zoom',
    scope: 'panes',
    keys: ['z'],
    label: 'zoom',
    labelNow: ({ zoom }) => (zoom === 'zoomed' ? 'all panes' : null),
    help: 'Maximize or restore the pane.',
    isQuiet: true,
    whyNot: always,
  },
  {
    id: 'mouse',
    scope: 'panes',
    keys: ['m'],
    label: 'mouse off',
    labelNow: ({ mouse }) => (mouse === 'off' ? 'mouse on' : null),
    help: 'Turn mouse capture off or on (off: select text with the terminal).',
    isQuiet: true,
    whyNot: always,
  },
  {
    id: 'suspend',
    scope: 'panes',
    keys: ['ctrl-z'],
    label: 'suspend',
    help: 'Suspend to the shell; fg comes back. Tasks keep running.',
    isQuiet: true,
    whyNot: always,
  },
];
