import { beforeEach, expect, test, vi } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import { pressed, type KeyDeps } from '../../../source/screen/commands/carry-out.ts';
import type { CommandRecord } from '../../../source/screen/commands/command-record.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../../source/screen/view-store.ts';
import { isInPanes, type Command } from '../../../source/ui/keys/command.ts';
import { contextOf, paletteEntries } from '../../../source/ui/keys/palette.ts';
import { keyContextOf, type Scene } from '../../../source/ui/view/panes.ts';
import { emptyAsk } from '../../../source/ui/dialog/ask-line.ts';
import { askToDelete } from '../../../source/ui/dialog/ask-to-delete.ts';
import { askToPauseAll, type Dialog } from '../../../source/ui/dialog/dialog.ts';
import { settingsForm } from '../../../source/ui/dialog/settings-form.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import { tellForm } from '../../../source/ui/dialog/tell-form.ts';
import { emptyForm } from '../../../source/ui/dialog/task-form.ts';
import { emptyField, fieldWith } from '../../../source/ui/dialog/text-field.ts';
import { matcherFor } from '../../../source/core/search/query.ts';
import { createMatchIndex } from '../../../source/engine/search/match-index.ts';
import { changesOf } from '../../ui/sample-changes.ts';
import { longReport } from '../../helpers/report-facts.ts';
import { board, details, entries, now, settingFacts, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

/** One task runs and one is paused, so nearly every command has a task that it applies to. */
const tasks = [
  task('at-work', { state: state('running'), done: 1, total: 3, run: 'r1', threadId: 'x' }),
  task('resting', { state: state('paused'), done: 1, total: 3 }),
];
const done = task('over', { state: state('done'), done: 3, total: 3 });

const archived = task('old', { state: state('stopped'), total: 3, archivedAt: 5 });

const steers = new Set(['continue', 'resume-last', 'merge', 'archive', 'delete']);
const onBoard: Readonly<Record<string, TaskView>> = { 'done-tasks': done, unarchive: archived };

const query = { text: 'todo', form: 'plain' } as const;
const found = matcherFor(query);
if ('problem' in found) throw new Error(found.problem);
const matcher = found;
const matches = createMatchIndex();
matches.add({
  position: 0,
  found: entries.slice(1, 4).map(({ offset }) => offset),
  begun: new Map(),
  goesOn: new Set(),
});

/** Something for `command` to steer, search or unmark, and the outcome. */
function world(command: Command, table: readonly CommandRecord[] = commands) {
  const selected = steers.has(command.id) ? 'resting' : 'at-work';
  const scene: Scene = {
    board: board({ tasks: [...tasks, ...[onBoard[command.id] ?? []].flat()] }),
    log: { task: selected, entries },
    details: {
      ...details,
      task: selected,
      guidance: [{ id: 'a', at: now, text: 'Use PostgreSQL', when: 'next', told: null }],
      replaced: {
        session: 4,
        steps: [{ number: 13, text: 'Add pagination', instead: null }],
      },
    },
    changes: changesOf(selected),
    size: { columns: 120, rows: 24 },
    now,
    animationFrame: 0,
  };
  const store = createViewStore({ selected, own: { commands: table }, scene });
  store.setScene(scene);
  const calls: unknown[] = [];
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return Promise.resolve({ ok: true } as const);
    };
  const ordered = (what: string) => (name: string) => {
    calls.push([what, name]);
    return Promise.resolve({ ok: true, sentence: 'Done' });
  };
  const deps: KeyDeps = {
    store,
    clock: { now: () => Date.now(), monotonic: () => Date.now() },
    commands: table,
    codex: {
      pause: call('pause'),
      pauseAfterSession: call('pause after session'),
      continueTask: call('continue'),
      resumeLast: call('resume-last'),
      start: call('start'),
    },
    sandbox: 'workspace-write',
    quit: () => void calls.push('quit'),
    suspend: () => void calls.push('suspend'),
    takeOver: (task) => {
      calls.push(['take over', task]);
      return Promise.resolve({ ok: true, lines: [] });
    },
    tell: (what) => {
      calls.push(['tell', what]);
      return Promise.resolve({ ok: true, sentence: 'Told' });
    },
    editList: (what) => {
      calls.push(['edit list', what]);
      return Promise.resolve({ ok: true, sentence: 'Changed' });
    },
    openEditor: (what) => {
      calls.push(['open the editor for', what]);
      return Promise.resolve({ ok: true, sentence: 'Changed' });
    },
    editField: ({ name, text, maxLength }) => {
      calls.push(['open the editor for the text', { name, text, maxLength }]);
      return Promise.resolve(null);
    },
    takeBack: (what) => {
      calls.push(['take back', what]);
      return Promise.resolve(true);
    },
    settings: {
      read: (name) => {
        calls.push(['read the settings of', name]);
        return Promise.resolve({ options: noTaskOptions, facts: settingFacts });
      },
      change: () => Promise.resolve({ ok: true, sentence: 'Saved' }),
    },
    merging: {
      plan: (name) => {
        calls.push(['plan the merge of', name]);
        return Promise.resolve({ ok: false, sentence: 'There is no branch' });
      },
      merge: () => Promise.resolve({ ok: true, sentence: 'Merged' }),
      resolve: () => Promise.resolve({ ok: true, sentence: 'A session resolves it' }),
    },
    ordering: {
      archive: ordered('archive'),
      unarchive: ordered('bring back'),
      deletion: (name) => {
        calls.push(['plan the deletion of', name]);
        return Promise.resolve({ would: [] });
      },
      delete: ordered('delete'),
    },
    undoing: {
      plan: (name, session) => {
        calls.push(['plan the undo of', name, session]);
        return Promise.resolve({ would: [] });
      },
      undo: () => Promise.resolve({ ok: true, sentence: 'Took it back' }),
    },
    readReport: () => {
      calls.push('read the report');
      return Promise.resolve(longReport);
    },
    copy: (text) => {
      calls.push(['copy', text]);
      return 'Copied';
    },
  };
  const isOfSearch = /match|clear-log/.test(command.id);
  if (/line-match|line-search|back-to-files/.test(command.id)) {
    store.act({ type: 'focused', pane: 'changes' });
    const action = { type: 'searched', query, matcher, stage: 'done' } as const;
    store.act({
      type: 'changes',
      action: command.id === 'back-to-files' ? { type: 'turned-to', at: 'lines' } : action,
    });
  } else if (isOfSearch) {
    store.act({ type: 'log', action: { type: 'searched', query, matcher, stage: 'done' } });
    const sought = store.view().logs.get(selected)?.search?.query;
    if (sought === undefined) throw new Error('Nothing is searched for');
    const search = { query: sought, searching: null, problem: null, ...matches.snapshot() };
    store.setScene({ ...scene, log: { task: selected, entries, search } });
  }
  if (command.page !== undefined) store.act({ type: 'page-opened', page: command.page });
  if (command.id === 'undo') store.act({ type: 'page-opened', page: 'sessions' });
  if (command.id === 'take-back') store.act({ type: 'page-opened', page: 'about' });
  if (command.id === 'show-all') store.act({ type: 'mark-toggled' });
  const press = (name: string) => pressed(deps, { name, text: name.length === 1 ? name : null });
  const outcome = () => ({ calls, view: store.view() });
  return { store, press, outcome };
}

function byKey(command: Command) {
  const { store, press, outcome } = world(command);
  const { focus } = contextOf(command, keyContextOf(store.view(), store.scene()));
  store.act({ type: 'focused', pane: focus });
  press(command.keys[0] ?? '');
  return outcome();
}

function byPalette(command: Command) {
  const { store, press, outcome } = world(command);
  press(':');
  const palette = { kind: 'palette', field: emptyField, at: 0 } as const;
  const entries = paletteEntries(palette, keyContextOf(store.view(), store.scene()));
  // The same command of two panes is there once.
  const at = entries.findIndex((entry) => entry.command.id === command.id);
  for (let downs = 0; downs < at; downs++) press('down');
  press('return');
  return outcome();
}

const ofPanes = commands.filter((command) => isInPanes(command) && command.id !== 'palette');

test.each(ofPanes.map((command) => [`${command.scope}: ${command.id}`, command] as const))(
  'the palette does what the key of %s does',
  (_name, command) => {
    expect(byPalette(command)).toEqual(byKey(command));
  },
);

const dialogs: readonly Dialog[] = [
  { kind: 'new task', form: emptyForm },
  { ...tellForm(tasks[0]!), field: fieldWith('Use PostgreSQL') },
  { kind: 'taken over', task: 'resting', label: 'resting', lines: [] },
  settingsForm(tasks[0]!, { options: noTaskOptions, facts: settingFacts }),
  { kind: 'confirm', confirm: askToPauseAll(tasks) },
  { kind: 'help', top: 0 },
  { kind: 'report', report: longReport, top: 0 },
  { kind: 'filter', field: fieldWith('rest') },
  emptyAsk('search'),
  { kind: 'palette', field: emptyField, at: 0 },
  { kind: 'leaving' },
];

/** The keys that bring the view to where the command has something to do. */
const keysBefore: Readonly<Record<string, readonly string[]>> = {
  'panes: up': ['down'],
  'panes: page-up': ['down'],
  'panes: first': ['down'],
  'log: follow': ['up'],
  'log: scroll-right': ['w'],
  'log: scroll-left': ['w', 'right'],
  'changes: next-range': ['['],
  'changes: lines-left': ['right'],
  'help: up': ['down'],
  'report: up': ['down'],
  'palette: up': ['down'],
};

/** What the command's key changes, if `table` are the commands. */
function changes(command: Command, table: readonly CommandRecord[]) {
  const { store, press, outcome } = world(command, table);
  const dialog =
    command.id === 'delete-yes'
      ? ({ kind: 'confirm', confirm: askToDelete(tasks[1]!, []) } as const)
      : dialogs.find(({ kind }) => kind === command.scope);
  if (dialog === undefined) {
    const context = keyContextOf(store.view(), store.scene());
    store.act({ type: 'focused', pane: contextOf(command, context).focus });
  } else {
    store.act({ type: 'dialog-opened', dialog });
  }
  for (const key of keysBefore[nameOf(command)] ?? []) press(key);
  press(command.keys[0] ?? '');
  const { calls, view } = outcome();
  return { calls, view: { ...view, commands: null } };
}

const nameOf = ({ scope, id }: Command): string => `${scope}: ${id}`;

test.each(commands.map((command) => [nameOf(command), command] as const))(
  '%s does something',
  (_name, command) => {
    const idle = { ...command, act: () => undefined };
    const without = commands.map((one) => (one === command ? idle : one));
    expect(changes(command, commands)).not.toEqual(changes(command, without));
  },
);

test('the palette opens the page whose text it edits', () => {
  const { store, press, outcome } = world(commands.find(({ id }) => id === 'edit-list')!);
  press(':');
  for (const letter of 'edit notes') press(letter);
  press('return');
  expect(outcome().calls).toEqual([['open the editor for', { task: 'at-work', what: 'notes' }]]);
  expect(store.view()).toMatchObject({ focus: 'details', page: 'notes' });
});

test('a command on marked tasks says which ones it skipped, and why', () => {
  const resume = commands.find(({ id }) => id === 'continue')!;
  const { store, press, outcome } = world(resume);
  press(' ');
  press('up');
  press(' ');
  press('c');
  expect(outcome().calls).toMatchObject([['continue', { name: 'resting' }, 'workspace-write']]);
  expect(store.view().notice?.text).toBe('Continued 1 of 2 tasks; skipped at-work (running)');
});
