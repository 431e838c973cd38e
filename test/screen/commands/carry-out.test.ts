import { beforeEach, expect, test, vi } from 'vitest';
import { pressed, type KeyDeps } from '../../../source/screen/commands/carry-out.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../../source/screen/view-store.ts';
import { isInPanes, type Command } from '../../../source/ui/keys/command.ts';
import { contextOf, paletteEntries } from '../../../source/ui/keys/palette.ts';
import { keyContextOf, type Scene } from '../../../source/ui/view/panes.ts';
import { emptyField } from '../../../source/ui/dialog/text-field.ts';
import { matcherFor } from '../../../source/core/search/query.ts';
import { board, details, entries, now, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

/** One task runs and one is paused, so every command has a task that it applies to. */
const tasks = [
  task('at-work', { state: state('running'), done: 1, total: 3, run: 'r1' }),
  task('resting', { state: state('paused'), done: 1, total: 3 }),
];

const steers = new Set(['continue', 'resume-last']);

const query = { text: 'todo', form: 'plain' } as const;
const found = matcherFor(query);
if ('problem' in found) throw new Error(found.problem);
const matcher = found;

/** Something for `command` to steer, search or unmark, and the outcome. */
function world(command: Command) {
  const selected = steers.has(command.id) ? 'resting' : 'at-work';
  const scene: Scene = {
    board: board({ tasks }),
    log: { task: selected, entries },
    details: { ...details, task: selected },
    size: { columns: 120, rows: 40 },
    now,
    animationFrame: 0,
  };
  const store = createViewStore({ selected, own: { commands }, scene });
  store.setScene(scene);
  const calls: unknown[] = [];
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return Promise.resolve({ ok: true } as const);
    };
  const deps: KeyDeps = {
    store,
    commands,
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
    copy: (text) => {
      calls.push(['copy', text]);
      return 'Copied';
    },
  };
  const isOfSearch = /match|clear-log/.test(command.id);
  if (isOfSearch) store.act({ type: 'log', action: { type: 'searched', query, matcher } });
  if (command.id === 'show-all') store.act({ type: 'mark-toggled' });
  const press = (name: string) => pressed(deps, { name, text: name.length === 1 ? name : null });
  const outcome = () => ({ calls, view: store.view() });
  return { store, press, outcome };
}

function byKey(command: Command) {
  const { store, press, outcome } = world(command);
  const { focus } = contextOf(command, keyContextOf(store.view(), store.scene().board));
  store.act({ type: 'focused', pane: focus });
  press(command.keys[0] ?? '');
  return outcome();
}

function byPalette(command: Command) {
  const { store, press, outcome } = world(command);
  press(':');
  const palette = { kind: 'palette', field: emptyField, at: 0 } as const;
  const entries = paletteEntries(palette, keyContextOf(store.view(), store.scene().board));
  const at = entries.findIndex((entry) => entry.command === command);
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
