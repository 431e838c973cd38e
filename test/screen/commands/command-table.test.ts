import { describe, expect, test } from 'vitest';
import { format } from 'prettier';
import type { StateWord } from '../../../source/core/task/state.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import type { Dialog } from '../../../source/ui/dialog/dialog.ts';
import { emptyAsk } from '../../../source/ui/dialog/ask-line.ts';
import { askToDelete } from '../../../source/ui/dialog/ask-to-delete.ts';
import { askToPauseAll } from '../../../source/ui/dialog/dialog.ts';
import { keyTable } from '../../../source/ui/keys/key-table.ts';
import type { KeyContext } from '../../../source/ui/keys/command.ts';
import { commandFor, commandsIn } from '../../../source/ui/keys/keymap.ts';
import { unreadReport } from '../../../source/ui/dialog/report-dialog.ts';
import { detailsPages } from '../../../source/ui/view/details-page.ts';
import { settingsForm } from '../../../source/ui/dialog/settings-form.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import { tellForm } from '../../../source/ui/dialog/tell-form.ts';
import { emptyForm } from '../../../source/ui/dialog/task-form.ts';
import { emptyField, fieldEditFor } from '../../../source/ui/dialog/text-field.ts';
import { settingFacts, state, task, tasks } from '../../ui/sample.ts';

const dialogs: readonly Dialog[] = [
  { kind: 'new task', form: emptyForm },
  { kind: 'confirm', confirm: askToPauseAll(tasks) },
  { kind: 'confirm', confirm: askToDelete(task('a'), []) },
  tellForm(task('a')),
  { kind: 'taken over', task: 'a', label: 'a', lines: [] },
  settingsForm(task('a'), { options: noTaskOptions, facts: settingFacts }),
  { kind: 'help', top: 0 },
  unreadReport,
  { kind: 'leaving' },
  emptyAsk('search'),
  { kind: 'filter', field: emptyField },
  { kind: 'palette', field: emptyField, at: 0 },
];

const places = (
  [
    { task: task('a'), focus: 'tasks', dialog: null },
    { task: task('a'), focus: 'log', dialog: null },
    { task: task('a'), focus: 'log', dialog: null, isSearching: true },
    { task: task('a'), focus: 'tasks', dialog: null, isFiltering: true },
    { task: task('a'), focus: 'details', dialog: null },
    ...detailsPages.map((page) => ({
      task: task('a'),
      focus: 'details' as const,
      dialog: null,
      page,
    })),
    ...(['files', 'lines'] as const).flatMap((at) =>
      [true, false].map((isSearching) => ({
        task: task('a'),
        focus: 'changes' as const,
        dialog: null,
        changes: { at, isSearching, hasFiles: true },
      })),
    ),
    ...dialogs.map((dialog) => ({ task: task('a'), focus: 'tasks' as const, dialog })),
  ] satisfies Omit<KeyContext, 'commands'>[]
).map((place): KeyContext => ({ ...place, commands }));

const key = (name: string) => ({ name, text: name.length === 1 ? name : null });

const idFor = (name: string, context: Partial<KeyContext> = {}) =>
  commandFor(key(name), { task: task('a'), focus: 'tasks', dialog: null, ...context, commands })
    ?.id ?? null;

describe('in the keymap', () => {
  test('every command has a key, a label and a help sentence', () => {
    for (const { keys, label, help } of commands) {
      expect(keys.length).toBeGreaterThan(0);
      expect(label).not.toBe('');
      expect(help).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('no two commands of one place have the same name', () => {
    const names = commands.map(({ scope, id }) => `${scope}: ${id}`);
    expect(names).toEqual([...new Set(names)]);
  });

  test('no key means two things in one place', () => {
    for (const place of places) {
      const keys = commandsIn(place).flatMap((command) => command.keys);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  test('each key of a command reaches it somewhere', () => {
    for (const command of commands) {
      for (const name of command.keys) {
        expect(places.map((place) => commandFor(key(name), place))).toContain(command);
      }
    }
  });

  test('no command of the form takes a key that inserts or edits text', () => {
    const form = places.find(({ dialog }) => dialog?.kind === 'new task');
    const taken = form === undefined ? [] : commandsIn(form).flatMap(({ keys }) => keys);
    expect(taken.filter((name) => fieldEditFor(key(name)) !== null)).toEqual([]);
  });

  test('the Markdown table is formatted as prettier formats it', async () => {
    expect(await format(keyTable(commands), { parser: 'markdown' })).toBe(keyTable(commands));
    expect(keyTable(commands)).toMatch(
      /\| `q` `Ctrl-C` +\| everywhere +\| `quit` +\| Quit; tasks keep running\. +\|\n/,
    );
  });
});

describe('a key', () => {
  test.each([
    ['p', 'pause'],
    ['P', 'pause-after-session'],
    ['c', 'continue'],
    ['r', 'resume-last'],
    ['n', 'new-task'],
    ['j', 'down'],
    ['down', 'down'],
    ['k', 'up'],
    ['up', 'up'],
    ['g', 'first'],
    ['home', 'first'],
    ['G', 'last'],
    ['end', 'last'],
    ['pageup', 'page-up'],
    ['pagedown', 'page-down'],
    ['tab', 'next-pane'],
    ['?', 'help'],
    ['q', 'quit'],
    ['ctrl-c', 'quit'],
    ['Q', 'pause-all-and-quit'],
    ['Z', null],
  ])('%s means %s in both panes', (name, id) => {
    expect(idFor(name)).toBe(id);
    expect(idFor(name, { focus: 'log' })).toBe(id);
  });

  test('Enter opens the selected task or entry', () => {
    expect(idFor('return')).toBe('open-task');
    expect(idFor('return', { focus: 'log' })).toBe('open-entry');
  });

  test.each([
    ['steps', 'edit-this-list'],
    ['sessions', 'edit-this-list'],
    ['notes', 'edit-notes'],
    ['about', 'edit-description'],
  ] as const)('e edits what the page %s shows: %s', (page, id) => {
    expect(idFor('e', { focus: 'details', page })).toBe(id);
  });

  test('a dialog takes all keys', () => {
    for (const dialog of dialogs) expect(idFor('p', { dialog })).toBeNull();
  });

  test('Enter and y confirm a question, Esc and n cancel it', () => {
    const dialog: Dialog = { kind: 'confirm', confirm: askToPauseAll(tasks) };
    expect(['return', 'y', 'escape', 'n'].map((name) => idFor(name, { dialog }))).toEqual([
      'yes',
      'yes',
      'close',
      'close',
    ]);
  });

  test('only y confirms a deletion', () => {
    const dialog: Dialog = { kind: 'confirm', confirm: askToDelete(task('a'), []) };
    expect(['return', 'y', 'escape', 'n'].map((name) => idFor(name, { dialog }))).toEqual([
      null,
      'delete-yes',
      'close',
      'close',
    ]);
  });

  test('Ctrl-C quits everywhere, but closes what is asked after a conversation first; q only where it is not text', () => {
    // Codex ends by Ctrl-C: whoever pressed it twice must not lose the answer, and us with it.
    const whatIs = (dialog: Dialog) => (dialog.kind === 'taken over' ? 'close' : 'quit');
    for (const dialog of dialogs) expect(idFor('ctrl-c', { dialog })).toBe(whatIs(dialog));
    expect(idFor('q', { dialog: { kind: 'new task', form: emptyForm } })).toBeNull();
    expect(idFor('q', { dialog: { kind: 'filter', field: emptyField } })).toBeNull();
  });
});

describe('why not', () => {
  const whyNot = (name: string, context: Partial<KeyContext>) => {
    const whole = { task: null, focus: 'tasks', dialog: null, ...context, commands } as const;
    return commandFor(key(name), whole)?.whyNot(whole);
  };
  const inState = (name: string, word: StateWord) =>
    whyNot(name, { task: task('shop', { state: state(word) }) });

  test.each<[StateWord, string]>([
    ['idle', 'c r'],
    ['queued', 'p'],
    ['running', 'p P'],
    ['pausing', ''],
    ['paused', 'c r'],
    ['waiting', 'p c'],
    ['needs you', 'p c'],
    ['interrupted', 'c r'],
    ['stopped', 'c r'],
    ['failed', 'c r'],
    ['done', ''],
    ['no list', 'c r'],
  ])('a task that is %s takes: %s', (word, keys) => {
    const usable = ['p', 'P', 'c', 'r'].filter((name) => inState(name, word) === null);
    expect(usable.join(' ')).toBe(keys);
  });

  test('names the task and its state', () => {
    expect(inState('c', 'running')).toBe('shop is already running');
    expect(inState('r', 'running')).toBe('shop is already running');
    expect(inState('p', 'paused')).toBe('shop is already paused');
    expect(inState('p', 'idle')).toBe('shop is not running; c continues it');
    expect(inState('P', 'waiting')).toBe('shop has no running session; p pauses it now');
    expect(inState('c', 'done')).toBe('shop is done; all steps are ticked');
  });

  test('an invalid name must be fixed first', () => {
    const odd = task('my task', { valid: false, mend: "mv 'my task' my-task" });
    for (const name of ['p', 'P', 'c', 'r']) {
      expect(whyNot(name, { task: odd })).toBe(
        "my task is not a valid name; rename it: mv 'my task' my-task",
      );
    }
  });

  test('without a task only commands that need none are available', () => {
    const usable = ['p', 'P', 'c', 'r', 'n', 'return', 'tab', '?', 'q', 'Q'].filter(
      (name) => whyNot(name, { task: null }) === null,
    );
    expect(usable).toEqual(['n', '?', 'q', 'Q']);
  });
});
