// The commands that change only the view: which tasks are shown and marked, the page of the details, the zoom.

import { waitsForLook } from '../../core/limits/limits.ts';
import { emptyField, fieldWith } from '../../ui/dialog/text-field.ts';
import { markedTarget } from '../../ui/view/details-scroll.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { settingsCommand } from './dialogs/settings-commands.ts';
import type { CommandDeps } from './command-deps.ts';
import { always, changesView, withATask, type CommandRecord } from './command-record.ts';
import { openChangesCommand } from './open-changes.ts';

/** These come before the other view commands in the footer. */
export const detailsCommands: readonly CommandRecord[] = [
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
    act: openDetail,
  },
  {
    id: 'next-page',
    scope: 'details',
    keys: ['right', 'l', ']'],
    label: 'next page',
    help: 'Next page: steps, sessions, notes, about.',
    whyNot: always,
    act: changesView({ type: 'page-changed', by: 1 }),
  },
];

export const lookCommands: readonly CommandRecord[] = [
  {
    id: 'palette',
    scope: 'panes',
    keys: [':'],
    label: 'commands',
    help: 'Find a command by a few of its letters.',
    whyNot: always,
    act: changesView({
      type: 'dialog-opened',
      dialog: { kind: 'palette', field: emptyField, at: 0 },
    }),
  },
  openChangesCommand,
  settingsCommand,
  {
    id: 'mark',
    scope: 'tasks',
    keys: [' '],
    label: 'mark',
    help: 'Mark or unmark; commands apply to all marked tasks.',
    whyNot: withATask,
    act: changesView({ type: 'mark-toggled' }),
  },
  {
    id: 'filter-by-name',
    scope: 'tasks',
    keys: ['/'],
    label: 'find',
    help: 'Show only tasks whose name contains the typed words; age<2h, age>7d, tokens<1M and tokens>500k choose by when they were last worked on and by what they cost.',
    whyNot: always,
    act: findByName,
  },
  {
    id: 'filter-by-state',
    scope: 'tasks',
    keys: ['f'],
    label: 'filter',
    help: 'Switch the filter: tasks that need you, running, waiting, paused, idle, done, archived, all.',
    whyNot: always,
    act: changesView({ type: 'group-changed' }),
  },
  {
    id: 'sort',
    scope: 'tasks',
    keys: ['O'],
    label: 'sort',
    help: 'Sort by state, name, age (worked on last first) or tokens (most first); done tasks come last.',
    isQuiet: true,
    whyNot: always,
    act: changesView({ type: 'sorting-changed' }),
  },
  {
    id: 'done-tasks',
    scope: 'tasks',
    keys: ['b'],
    label: 'done tasks',
    labelNow: ({ doneTasks }) => (doneTasks === 'folded' ? 'show done' : 'fold done'),
    help: 'Show the done tasks, or fold them into one line.',
    isQuiet: true,
    whyNot: ({ doneTasks }) => (doneTasks === 'none' ? 'No task is done yet' : null),
    act: changesView({ type: 'done-toggled' }),
  },
  {
    id: 'previous-page',
    scope: 'details',
    keys: ['left', 'h', '['],
    label: 'previous page',
    help: 'Previous page.',
    isQuiet: true,
    whyNot: always,
    act: changesView({ type: 'page-changed', by: -1 }),
  },
  {
    id: 'back',
    scope: 'details',
    keys: ['escape'],
    label: 'back',
    help: 'Back to the tasks.',
    isAlwaysShown: true,
    whyNot: always,
    act: changesView({ type: 'focused', pane: 'tasks' }),
  },
  {
    id: 'show-steps',
    scope: 'panes',
    keys: ['s'],
    label: 'steps',
    help: 'The steps of the task, and when each was ticked.',
    isNext: ({ task, focus }) => task !== null && waitsForLook(task.state) && focus !== 'details',
    whyNot: withATask,
    act: changesView({ type: 'page-opened', page: 'steps' }),
  },
  {
    id: 'show-sessions',
    scope: 'panes',
    keys: ['S'],
    label: 'sessions',
    help: 'The sessions of the task: when, how long, tokens, outcome.',
    isQuiet: true,
    whyNot: withATask,
    act: changesView({ type: 'page-opened', page: 'sessions' }),
  },
  {
    id: 'show-notes',
    scope: 'panes',
    keys: ['o'],
    label: 'notes',
    help: 'The notes that sessions leave for each other (progress.md).',
    isQuiet: true,
    whyNot: withATask,
    act: changesView({ type: 'page-opened', page: 'notes' }),
  },
  {
    id: 'show-about',
    scope: 'panes',
    keys: ['i'],
    label: 'about the task',
    help: 'About the task: description, directory, settings, totals.',
    isQuiet: true,
    whyNot: withATask,
    act: changesView({ type: 'page-opened', page: 'about' }),
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
    act: changesView({ type: 'zoom-toggled' }),
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
    act: changesView({ type: 'mouse-toggled' }),
  },
  {
    id: 'suspend',
    scope: 'panes',
    keys: ['ctrl-z'],
    label: 'suspend',
    help: 'Suspend to the shell; fg comes back. Tasks keep running.',
    isQuiet: true,
    whyNot: always,
    act: (deps) => deps.suspend?.(),
  },
];

/** Goes to the selected step or session in the log. */
function openDetail({ store }: CommandDeps): void {
  const { details } = panesOf(store.view(), store.scene());
  const target = details === null ? null : markedTarget(details);
  if (details?.details != null && target !== null) store.act({ type: 'gone-to', target });
}

function findByName({ store }: CommandDeps): void {
  const field = fieldWith(store.view().filter.text);
  store.act({ type: 'dialog-opened', dialog: { kind: 'filter', field } });
}
