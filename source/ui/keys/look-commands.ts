// The commands of looking: which tasks are shown and marked, which page of the details, how much of the screen.

import type { Command, KeyContext } from './command.ts';

const always = () => null;
const withATask = ({ task }: KeyContext) => (task === null ? 'There is no task yet' : null);

/** They stand further in front than the others. */
export const detailsCommands: readonly Command[] = [
  {
    id: 'open-detail',
    scope: 'details',
    keys: ['return'],
    label: 'to its log',
    help: 'To the place of the step or the session in the log.',
    whyNot: ({ page }) =>
      page === 'steps' || page === 'sessions' ? null : 'Only steps and sessions have a place there',
  },
  {
    id: 'next-page',
    scope: 'details',
    keys: ['right', 'l', ']'],
    label: 'next page',
    help: 'To the next page: steps, sessions, notes, about.',
    whyNot: always,
  },
];

export const lookCommands: readonly Command[] = [
  {
    id: 'palette',
    scope: 'panes',
    keys: [':'],
    label: 'all commands',
    help: 'Find a command by a few letters of it.',
    whyNot: always,
  },
  {
    id: 'mark',
    scope: 'tasks',
    keys: [' '],
    label: 'mark',
    help: 'Mark the task, or take its mark away; what is marked is steered together.',
    whyNot: withATask,
  },
  {
    id: 'filter-by-name',
    scope: 'tasks',
    keys: ['/'],
    label: 'find',
    help: 'Show only tasks with these letters in their name.',
    whyNot: always,
  },
  {
    id: 'filter-by-state',
    scope: 'tasks',
    keys: ['f'],
    label: 'filter',
    help: 'Show only tasks that need you, then those that run, wait, are paused, idle, done; then all.',
    whyNot: always,
  },
  {
    id: 'previous-page',
    scope: 'details',
    keys: ['left', 'h', '['],
    label: 'previous page',
    help: 'To the page before.',
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
    help: 'Give the pane the whole screen; pressed again, show all of them.',
    isQuiet: true,
    whyNot: always,
  },
  {
    id: 'mouse',
    scope: 'panes',
    keys: ['m'],
    label: 'mouse off',
    labelNow: ({ mouse }) => (mouse === 'off' ? 'mouse on' : null),
    help: 'Mouse off, so that the terminal selects text itself; pressed again, on.',
    isQuiet: true,
    whyNot: always,
  },
  {
    id: 'suspend',
    scope: 'panes',
    keys: ['ctrl-z'],
    label: 'to the shell',
    help: 'Back to the shell for a while; fg comes back. Tasks keep running.',
    isQuiet: true,
    whyNot: always,
  },
];
