// The commands of the panes, the most useful first.

import { choiceBy } from './dialogs/form-commands.ts';
import type { Command } from '../../ui/keys/command.ts';
import type { Move } from '../../ui/view/move.ts';
import { acceptCommands } from './accept-commands.ts';
import { always, changesView, withATask, type CommandRecord } from './command-record.ts';
import { listCommands } from './list-commands.ts';
import { searchCommands } from './log-commands.ts';
import { detailsCommands } from './look-commands.ts';
import { projectForNew } from '../../ui/view/tasks/grouped-tasks.ts';
import { pauseAll, steering } from './steering.ts';
import { takeOverCommand } from './take-over-commands.ts';
import { takeBackCommand, tellCommand } from './dialogs/tell-commands.ts';

export const paneCommands: readonly CommandRecord[] = [
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
    help: 'Continue the task with a fresh session; a waiting task retries now.',
    isNext: ({ task }) => task?.state.word === 'needs you',
  }),
  steering({
    id: 'resume-last',
    keys: ['r'],
    label: 'resume-last',
    help: 'Continue the task in its last conversation.',
  }),
  // Before the commands that are always available: a user with marks may not know how to clear them.
  {
    id: 'show-all',
    scope: 'tasks',
    keys: ['escape'],
    label: 'show all',
    labelNow: ({ marked = [] }) => (marked.length > 0 ? 'unmark' : null),
    help: 'Clear the marks, then the filter.',
    isOffered: ({ isFiltering, marked = [] }) => isFiltering === true || marked.length > 0,
    whyNot: always,
    act: changesView({ type: 'all-shown' }),
  },
  {
    id: 'open-task',
    scope: 'tasks',
    keys: ['return'],
    label: 'open',
    help: 'Open the log of the task.',
    whyNot: withATask,
    act: changesView({ type: 'focused', pane: 'log' }),
  },
  {
    id: 'open-entry',
    scope: 'log',
    keys: ['return'],
    label: 'expand',
    help: 'Expand or collapse the selected entry.',
    whyNot: withATask,
    act: changesView({ type: 'entry-toggled' }),
  },
  ...searchCommands,
  ...acceptCommands,
  ...detailsCommands,
  tellCommand,
  takeBackCommand,
  ...listCommands,
  takeOverCommand,
  {
    id: 'new-task',
    scope: 'panes',
    keys: ['n'],
    label: 'new',
    help: 'New task: describe a goal; Codex plans it and works through it.',
    isOffered: ({ isSearching, changes, focus, dialog }) =>
      dialog !== null ||
      (focus !== 'changes' && (isSearching !== true || focus !== 'log')) ||
      (focus === 'changes' && changes?.isSearching !== true),
    whyNot: always,
    act: (deps, context) => {
      const { store, sandbox, looksAtPlan = false } = deps;
      const project = projectForNew(context.task, store.scene().board);
      const setting = deps.worktree?.(project) ?? null;
      const worktree = setting === null ? null : choiceBy(setting);
      store.act({ type: 'form-opened', sandbox, worktree, looksAtPlan });
    },
  },
  steering({
    id: 'pause-after-session',
    keys: ['P'],
    label: 'pause after session',
    labelOfOne: ({ task }) => (task?.pausesAfterSession === true ? 'cancel pause' : null),
    help: 'Pause the task after this session; press again to cancel.',
  }),
  {
    id: 'back',
    scope: 'log',
    keys: ['escape'],
    label: 'back',
    help: 'Back to the tasks.',
    isAlwaysShown: true,
    isOffered: ({ isSearching, isLogFiltered }) => isSearching !== true && isLogFiltered !== true,
    whyNot: always,
    act: changesView({ type: 'focused', pane: 'tasks' }),
  },
  {
    id: 'next-pane',
    scope: 'panes',
    keys: ['tab'],
    label: 'next pane',
    labelNow: ({ focus }) => (focus === 'changes' ? 'files or lines' : null),
    help: 'Next pane: tasks, log, details.',
    whyNot: withATask,
    act: changesView({ type: 'pane-changed' }),
  },
  {
    id: 'previous-pane',
    scope: 'panes',
    keys: ['shift-tab'],
    label: 'previous pane',
    help: 'Previous pane.',
    isQuiet: true,
    whyNot: withATask,
    act: changesView({ type: 'pane-changed', by: -1 }),
  },
  moving({ id: 'down', keys: ['j', 'down'], help: 'Next task or entry.' }),
  moving({ id: 'up', keys: ['k', 'up'], help: 'Previous task or entry.' }),
  moving({ id: 'page-down', keys: ['pagedown'], help: 'One page down.' }),
  moving({ id: 'page-up', keys: ['pageup'], help: 'One page up.' }),
  moving({ id: 'first', keys: ['g', 'home'], help: 'First task or oldest entry.' }),
  moving({
    id: 'last',
    keys: ['G', 'end'],
    help: 'Last task; in the log, follow the newest entry.',
  }),
];

/** Help and quit: the last commands in help and footer. */
export const lastCommands: readonly CommandRecord[] = [
  {
    id: 'help',
    scope: 'panes',
    keys: ['?'],
    label: 'help',
    help: 'Show this help.',
    isAlwaysShown: true,
    whyNot: always,
    act: changesView({ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } }),
  },
  {
    id: 'quit',
    scope: 'panes',
    keys: ['q', 'ctrl-c'],
    label: 'quit, tasks keep running',
    help: 'Quit; tasks keep running.',
    isAlwaysShown: true,
    whyNot: always,
    act: ({ quit }) => quit(),
  },
  {
    id: 'pause-all-and-quit',
    scope: 'panes',
    keys: ['Q'],
    label: 'pause all and quit',
    help: 'Pause all tasks on this screen, then quit; asks first.',
    isQuiet: true,
    whyNot: always,
    act: pauseAll,
  },
];

type MovingCommand = Pick<Command, 'keys' | 'help'> & { readonly id: Move };

function moving({ id, keys, help }: MovingCommand): CommandRecord {
  return {
    id,
    scope: 'panes',
    keys,
    label: id.replace('-', ' '),
    help,
    isQuiet: true,
    whyNot: always,
    act: changesView({ type: 'moved', move: id }),
  };
}
