// A request shows at once, is carried out once, and a second press reverses the last one: through the live screen, as
// the keys of a user do it.

import { beforeEach, describe, expect, test } from 'vitest';
import type { TaskView } from '../../source/core/task/board.ts';
import type { Want } from '../../source/core/run/fact.ts';
import type { StateWord } from '../../source/core/task/state.ts';
import type { LogKeeper } from '../../source/engine/log/keeper.ts';
import { createDetailsKeeper, noDetails } from '../../source/engine/tasks/details-keeper.ts';
import type { RunnerAnswer, RunnerClient } from '../../source/engine/tasks/runner-client.ts';
import { createStore, type Store } from '../../source/engine/tasks/store.ts';
import { pressed } from '../../source/screen/commands/carry-out.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import { codexOf } from '../../source/screen/commands/task-actions.ts';
import { createLiveScreen, type LiveScreen } from '../../source/screen/live-screen.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { HandClock } from '../helpers/hand-clock.ts';
import { board, drawn, state, task } from '../ui/sample.ts';

let clock: HandClock;
let store: Store;
let screen: LiveScreen;
/** `start shop`, `send pause now to r1` */
let calls: string[];
/** What the runner client answers, in order; without one: as soon as it is asked. */
let answers: Promise<RunnerAnswer>[];
let rows: number;
let press: (...keys: string[]) => void;

const noLog: LogKeeper = {
  follow: () => {},
  look: () => {},
  log: () => null,
  subscribe: () => () => {},
  onAnswer: () => () => {},
  close: () => {},
};

const ok = { ok: true } as const;
const settled = () => new Promise((resolve) => setImmediate(resolve));

const inState = (name: string, word: StateWord, more: Partial<TaskView> = {}): TaskView =>
  task(name, { state: state(word), done: 1, total: 3, sandbox: 'workspace-write', ...more });
const running = (name: string, more: Partial<TaskView> = {}): TaskView =>
  inState(name, 'running', { run: `run of ${name}`, ...more });

function open(...tasks: readonly TaskView[]): void {
  clock = new HandClock();
  store = createStore(board({ tasks }), clock);
  screen = createLiveScreen({
    clock,
    store,
    log: noLog,
    details: createDetailsKeeper(noDetails),
    theme: darkTheme,
    size: { columns: 100, rows: 24 },
    selected: null,
    own: { commands },
  });
  screen.start();
  const answer = (): Promise<RunnerAnswer> => answers.shift() ?? Promise.resolve(ok);
  const runnerClient: RunnerClient = {
    requestFor: () => Promise.reject(new Error('Nothing is requested.')),
    start: ({ task: name, resumeLast, isByKey, description }) => {
      const bySelf = isByKey === true || description !== undefined ? '' : ' by itself';
      calls.push(`${resumeLast === true ? 'resume' : 'start'} ${name}${bySelf}`);
      return answer();
    },
    send: ({ run }, want: Want) => {
      calls.push(`send ${want} to ${run}`);
      return answer();
    },
  };
  const codex = codexOf(runnerClient, screen.requests);
  const deps = { store: screen, clock, commands, codex, quit: () => {} } as const;
  press = (...keys) => {
    for (const name of keys) {
      const key = { name, text: name.length === 1 ? name : null };
      pressed({ ...deps, sandbox: 'workspace-write' }, key);
    }
  };
}

/** What the next look at the disk finds. */
function onDisk(...tasks: readonly TaskView[]): void {
  const gone = store.board().tasks.filter((one) => !tasks.some(({ name }) => name === one.name));
  store.dispatch({ type: 'tasks-seen', changed: tasks, gone: gone.map(({ name }) => name) });
}

/** Draws a frame, as another size of the terminal does. */
async function frame(): Promise<void> {
  rows = rows === 24 ? 25 : 24;
  screen.resize({ columns: 100, rows });
  await settled();
}

async function shown(name = 'shop'): Promise<TaskView | undefined> {
  await frame();
  return screen.state().board.tasks.find((one) => one.name === name);
}

function text(): string {
  return drawn(screenRows({ ...screen.state(), ...screen.scene(), view: screen.view() }));
}

/** The row of a task as the keys have left it, before anything else happens. */
function rowOf(name: string): string {
  const row = text()
    .split('\n')
    .find((line) => line.includes(` ${name} `));
  return row?.slice(row.indexOf(name)) ?? '';
}

beforeEach(() => {
  calls = [];
  answers = [];
  rows = 24;
});

describe('a request shows at once', () => {
  test.each([
    ['p', running('shop'), 'pausing'],
    ['P', running('shop'), 'pauses after this session'],
    ['c', inState('shop', 'paused'), 'starting'],
    ['r', inState('shop', 'paused'), 'starting · resumes the last conversation'],
    ['c', inState('shop', 'waiting', { run: 'r1' }), 'starting · retries now'],
  ])('%s on a task', (key, task, words) => {
    open(task);
    press(key);
    expect(rowOf('shop')).toContain(words);
  });

  test('a new task has its row, which is selected, before anything is on disk', () => {
    open(inState('docs', 'paused'));
    press('n', ...'Tidy', 'return');
    expect(rowOf('tidy')).toContain('starting');
    expect(screen.view()).toMatchObject({ selected: 'tidy', dialog: null });
  });

  test('what the runner refuses is gone again, and said', async () => {
    open(inState('shop', 'paused'));
    answers.push(Promise.resolve({ ok: false, why: 'busy', sentence: 'shop already runs' }));
    press('c');
    await settled();
    expect((await shown())?.state.word).toBe('paused');
    expect(screen.view().notice?.text).toBe('shop already runs');
  });
});

describe('a request is carried out once', () => {
  test.each([
    ['c', inState('shop', 'paused'), 'start shop'],
    ['r', inState('shop', 'paused'), 'resume shop'],
    ['p', running('shop'), 'send pause now to run of shop'],
    ['c', inState('shop', 'waiting', { run: 'r1' }), 'send try now to r1'],
  ])('%s twice in one read', async (key, task, call) => {
    open(task);
    press(key, key);
    await settled();
    expect(calls).toEqual([call]);
    expect(screen.view().notice?.text).toMatch(/^shop is already (?:starting|pausing)$/);
  });

  test('Enter closes the form, and another one starts nothing', async () => {
    open();
    press('n', ...'Tidy', 'return', 'return');
    await settled();
    expect(calls).toEqual(['start tidy']);
  });

  test('two forms in one read are two tasks, each with its own text and name', async () => {
    open();
    press('n', ...'Tidy', 'return', 'n', ...'Tidy', 'return');
    await settled();
    expect(calls).toEqual(['start tidy', 'start tidy-2']);
  });
});

describe('a task whose settings ask for full access', () => {
  const asks = { ok: false, why: 'asks', sentence: 'shop asks for full access before it starts' };

  test('is started by a key once the question is answered with yes', async () => {
    open(inState('shop', 'idle'));
    answers.push(Promise.resolve(asks as RunnerAnswer));
    press('c');
    await settled();
    expect(text()).toContain('Continue shop with full access?');
    expect((await shown())?.state.word).toBe('idle');
    press('return');
    await settled();
    expect(calls).toEqual(['start shop', 'start shop']);
  });

  test('says so where the user is busy by then', async () => {
    open(inState('shop', 'idle'));
    answers.push(Promise.resolve(asks as RunnerAnswer));
    press('c', '?');
    await settled();
    press('?');
    expect(text()).toContain(asks.sentence);
    expect(calls).toEqual(['start shop']);
  });
});

describe('a second press reverses the last request', () => {
  test('P in one read with P takes the pause back, and a third plans it again', async () => {
    open(running('shop'));
    press('P', 'P');
    expect(rowOf('shop')).not.toContain('pauses');
    press('P');
    await settled();
    const run = 'run of shop';
    expect(calls).toEqual([
      `send pause after session to ${run}`,
      `send go on to ${run}`,
      `send pause after session to ${run}`,
    ]);
  });

  test('requests are written in the order of the keys, even if the first takes longer', async () => {
    open(running('shop'));
    const first = Promise.withResolvers<RunnerAnswer>();
    answers.push(first.promise);
    press('P', 'P');
    await settled();
    expect(calls).toHaveLength(1);
    first.resolve(ok);
    await settled();
    expect(calls).toHaveLength(2);
  });

  test('the disk, which is behind, does not show the first one again', async () => {
    open(running('shop'));
    press('P', 'P');
    await settled();
    onDisk(running('shop', { pausesAfterSession: true }));
    expect((await shown())?.pausesAfterSession).toBe(false);
    onDisk(running('shop'));
    clock.turn(2000);
    expect(screen.requests.changesAt()).not.toBeNull();
    expect((await shown())?.pausesAfterSession).toBe(false);
    expect(screen.requests.changesAt()).toBeNull();
  });

  test('p on a task that is being started pauses its run as soon as there is one', async () => {
    open(inState('shop', 'idle'));
    const start = Promise.withResolvers<RunnerAnswer>();
    answers.push(start.promise);
    press('c', 'p');
    expect((await shown())?.state.word).toBe('pausing');
    start.resolve({ ok: true, run: 'r2' });
    await settled();
    expect(calls).toEqual(['start shop', 'send pause now to r2']);
  });

  test('a pause that has already ended the run is taken back by another run', async () => {
    open(running('shop'));
    press('P', 'P');
    await settled();
    onDisk(inState('shop', 'paused', { sandbox: null }));
    await frame();
    await settled();
    // The user is not asked about it, so it never has the full access that the settings ask for.
    expect(calls.at(-1)).toBe('start shop by itself');
    expect((await shown())?.state.word).toBe('starting');
  });
});

describe('what was asked gives way to what is on disk', () => {
  test('when the run is there', async () => {
    open(inState('shop', 'paused'));
    press('c');
    await settled();
    expect((await shown())?.state.word).toBe('starting');
    onDisk(running('shop'));
    expect((await shown())?.state.word).toBe('running');
  });

  test('when the run has ended at once', async () => {
    open(inState('shop', 'paused'));
    press('c');
    await settled();
    onDisk(inState('shop', 'failed'));
    expect((await shown())?.state.word).toBe('failed');
  });

  test('after ten seconds, whatever happened', async () => {
    open(running('shop'));
    press('p');
    await settled();
    clock.turn(9999);
    expect((await shown())?.state.word).toBe('pausing');
    clock.turn(1);
    expect((await shown())?.state.word).toBe('running');
  });
});

describe('a form whose task could not be started', () => {
  const no = { ok: false, why: 'problem', sentence: 'Codex was not found' } as const;

  test('comes back with its text and the reason', async () => {
    open();
    answers.push(Promise.resolve(no));
    press('n', ...'Tidy', 'return');
    await settled();
    const form = { description: { text: 'Tidy' }, error: 'Codex was not found' };
    expect(screen.view().dialog).toMatchObject({ kind: 'new task', form });
    expect(await shown('tidy')).toBeUndefined();
  });

  test('is kept for the next time while another form is open', async () => {
    open();
    answers.push(Promise.resolve(no));
    press('n', ...'Tidy', 'return', 'n', ...'Docs');
    await settled();
    expect(screen.view().notice?.text).toBe('tidy was not started: Codex was not found');
    expect(screen.view().dialog).toMatchObject({ form: { description: { text: 'Docs' } } });
    expect(screen.view().drafts).toMatchObject([{ description: { text: 'Tidy' } }]);
  });
});

describe('the draft of a form', () => {
  test('is kept by Esc, and is there when the form is opened again, with a name that is free', async () => {
    open();
    press('n', ...'Tidy', 'escape');
    onDisk(inState('tidy', 'idle'));
    await frame();
    press('n');
    const form = { description: { text: 'Tidy', cursor: 4 }, suggestedName: 'tidy-2' };
    expect(screen.view().dialog).toMatchObject({ form });
  });

  test('is gone when its task was started, and an empty form leaves none', () => {
    open();
    press('n', ...'Tidy', 'return', 'n');
    expect(screen.view().dialog).toMatchObject({ form: { description: { text: '' } } });
    press('escape');
    expect(screen.view().drafts).toEqual([]);
  });
});
