import { describe, expect, vi } from 'vitest';
import { commands } from '../../source/ui/keymap.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { hasSandbox, smallPlan, test, type World } from '../helpers/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The dashboard of a project with these tasks, none of which runs, nor can. */
async function lookingAt(
  world: World,
  tasks: readonly string[],
  size: { columns?: number; rows?: number } = {},
): Promise<Terminal> {
  for (const task of tasks) await world.prepare(task, { done: 1 });
  const env = { ...world.env, AUTONOMOUS_CODEX: '/nowhere/codex' };
  const dashboard = await world.dashboard([], { env, ...size });
  await dashboard.waitFor(`▸ ○ ${tasks.toSorted()[0]}`);
  return dashboard;
}

const names = Array.from({ length: 9 }, (_, index) => `task-${index + 1}`);

describe.concurrent('a key', () => {
  test('moves the selection, by a task, by a page, to both ends', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), names);
    for (const [key, selected] of [
      ['j', 'task-2'],
      ['down', 'task-3'],
      ['k', 'task-2'],
      ['up', 'task-1'],
      ['G', 'task-9'],
      ['g', 'task-1'],
      ['end', 'task-9'],
      ['home', 'task-1'],
    ] as const) {
      dashboard.press(key);
      await dashboard.waitFor(`▸ ○ ${selected}`);
    }
    dashboard.press('pagedown');
    await dashboard.waitUntilGone('▸ ○ task-1');
    dashboard.press('pageup');
    await dashboard.waitFor('▸ ○ task-1');
  });

  test('goes from pane to pane, and back', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    dashboard.press('tab');
    await dashboard.waitFor(/Esc back/);
    dashboard.press('tab');
    await dashboard.waitFor('Steps  Sessions  Notes  About');
    dashboard.press('tab');
    await dashboard.waitUntilGone('Steps  Sessions');
    dashboard.press('\u001B[Z');
    await dashboard.waitFor('Steps  Sessions  Notes  About');
    dashboard.press('escape');
    await dashboard.waitUntilGone('Steps  Sessions');
    dashboard.press('enter');
    await dashboard.waitFor(/Esc back/);
  });

  test('shows a page of the details', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    for (const [key, seen] of [
      ['S', 'No session has run yet.'],
      ['o', /│?\s+Progress\s/],
      ['i', /Directory +\S+\/\.autonomous/],
      ['s', /✓ 1 {2}Do part 1/],
      ['l', 'No session has run yet.'],
      ['h', /✓ 1 {2}Do part 1/],
      [']', 'No session has run yet.'],
      ['[', /✓ 1 {2}Do part 1/],
    ] as const) {
      dashboard.press(key);
      await dashboard.waitFor(seen);
    }
    dashboard.press('enter');
    await dashboard.waitFor('Step 2 is not done yet');
    dashboard.press('k', 'enter');
    await dashboard.waitFor('Nobody saw when step 1 was ticked');
  });

  test('zooms a pane, and shows all of them again', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    dashboard.press('z');
    await dashboard.waitUntilGone('│');
    dashboard.press('z');
    await dashboard.waitFor('│');
  });

  test('finds tasks by their names and by their states, marks them and takes all of it back', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('seed', { done: 2 });
    const dashboard = await lookingAt(world, ['docs', 'shop']);
    dashboard.press('/');
    await dashboard.waitFor('Find:');
    dashboard.type('sh');
    await dashboard.waitFor('▸ ○ shop');
    await dashboard.waitUntilGone('docs');
    dashboard.press('enter');
    await dashboard.waitFor(/Tasks · “sh”[^]*\? help/);
    dashboard.press('escape');
    await dashboard.waitFor('docs');
    dashboard.press('f');
    await dashboard.waitFor('Tasks · idle');
    await dashboard.waitUntilGone('seed');
    dashboard.press('f');
    await dashboard.waitFor(/Tasks · done[^]*▸ ✓ seed/);
    dashboard.press('f');
    await dashboard.waitFor('docs');
    dashboard.press('g', ' ', ' ');
    await dashboard.waitFor(/Tasks · 2 marked[^]*continue 2/);
    dashboard.press('escape');
    await dashboard.waitUntilGone('marked');
    dashboard.press('/');
    await dashboard.waitFor('Find:');
    dashboard.type('nobody');
    await dashboard.waitFor('No task is like that.');
    dashboard.press('escape');
    await dashboard.waitFor('docs');
  });

  test('opens the palette, which does what is chosen', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['docs', 'shop']);
    dashboard.press(':');
    await dashboard.waitFor('All commands');
    dashboard.type('zoom');
    await dashboard.waitFor(/▸ zoom/);
    dashboard.press('enter');
    await dashboard.waitUntilGone('│');
    dashboard.press(':');
    await dashboard.waitFor('All commands');
    dashboard.type('pause');
    await dashboard.waitFor(/▸ pause +docs is not running/);
    dashboard.press('down');
    await dashboard.waitFor(/▸ pause (?:all|after)/);
    dashboard.press('up', 'enter');
    await dashboard.waitFor(/^ (?!.*All commands).*docs is not running/m);
    dashboard.press(':', 'escape');
    await dashboard.waitUntilGone('All commands');
  });

  test('opens the help for the pane one is in', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop'], { columns: 80, rows: 24 });
    dashboard.press('?');
    await dashboard.waitFor(/Keys: tasks[^]*Go into the log of the task/);
    dashboard.press('j', 'j', 'j');
    await dashboard.waitUntilGone('Go into the log of the task');
    dashboard.press('k', 'k', 'k');
    await dashboard.waitFor('Go into the log of the task');
    dashboard.press('escape', 's', '?');
    await dashboard.waitFor(/Keys: details[^]*To the place of the step/);
  });

  test('turns the mouse off and on; on, a click selects and the wheel scrolls', async ({
    makeWorld,
  }) => {
    const dashboard = await lookingAt(await makeWorld(), names);
    dashboard.type('\u001B[<0;10;5M\u001B[<0;10;5m');
    await dashboard.waitFor('▸ ○ task-3');
    dashboard.type('\u001B[<65;10;5M\u001B[<65;10;5M');
    await dashboard.waitFor('▸ ○ task-5');
    dashboard.type('\u001B[<64;10;5M');
    await dashboard.waitFor('▸ ○ task-4');
    expect(modesOf(dashboard)).toMatchObject({ 1000: 'h', 1006: 'h' });
    dashboard.press('m', 'j');
    await dashboard.waitFor('▸ ○ task-5');
    expect(modesOf(dashboard)).toMatchObject({ 1000: 'l', 1006: 'l' });
    dashboard.press('m', 'k');
    await dashboard.waitFor('▸ ○ task-4');
    expect(modesOf(dashboard)).toMatchObject({ 1000: 'h' });
  });

  test('gives the terminal to the shell, and it comes back', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['docs', 'shop']);
    const before = dashboard.rawBytes().length;
    dashboard.press('\u001A');
    await vi.waitFor(() => {
      expect(dashboard.rawBytes().slice(before)).toMatch(/\u001B\[\?1049l[^]*\u001B\[\?1049h/);
    });
    dashboard.press('j');
    await dashboard.waitFor(/▸ ○ shop[^]*\? help/);
    expect(modesOf(dashboard)).toMatchObject({ 1049: 'h', 1000: 'h', 2004: 'h' });
  });

  test('can be another one, as the person’s configuration says', async ({ makeWorld }) => {
    const world = await makeWorld({
      configuration: { keys: { down: 'K', pause: 'K', zoom: 'p' } },
    });
    const dashboard = await lookingAt(world, ['docs', 'shop']);
    await dashboard.waitFor('K is down, and not pause as well');
    dashboard.press('K');
    await dashboard.waitFor('▸ ○ shop');
    dashboard.press('p');
    await dashboard.waitUntilGone('│');
  });
});

describe.skipIf(!hasSandbox)('with work going on', () => {
  test('marked tasks are steered together, and the title says what runs', async ({ makeWorld }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop', 'tidy']) await world.prepare(name);
    world.hold(() => true);
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ docs');
    dashboard.press(' ', ' ', 'c');
    await dashboard.waitFor('2 running');
    expect((await world.listed('tidy'))?.state).toBe('idle');
    await dashboard.waitFor(() => titleOf(dashboard).startsWith('2 running - '));
    dashboard.press('p');
    await dashboard.waitFor('2 paused');
    expect((await world.listed('docs'))?.state).toBe('paused');
    expect((await world.listed('shop'))?.state).toBe('paused');
  });

  test('what was ticked says when and in which session, and leads to its place in the log', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 3 }) });
    await world.prepare('shop');
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await dashboard.waitFor('1 done');
    await dashboard.waitFor(/✓ 1 {2}Do part 1 .*\d\d:\d\d[^]*✓ 3 {2}Do part 3 .*\d\d:\d\d/);
    await dashboard.waitFor(/Steps ─ 3 of 3/);
    dashboard.press('S');
    await dashboard.waitFor(/1 {2}executor[^]*2 {2}executor[^]*3 {2}executor .*1 step +✓/);
    dashboard.press('g', 'enter');
    await dashboard.waitFor(/▸ ?\d\d:\d\d(?::\d\d)? +── session 1 · executor/);
    dashboard.press('s', 'G', 'enter');
    await dashboard.waitFor(/▸ ?\d\d:\d\d(?::\d\d)? /);
  });
});

describe('the terminal is as it was', () => {
  const states = {
    'the tasks': [],
    'the log, zoomed': ['enter', 'z'],
    'a form': ['n'],
    'the palette': [':'],
    'what is looked for': ['/'],
    'a question': ['?'],
  } as const;
  const ways = {
    'Ctrl-C': (dashboard: Terminal) => dashboard.press('ctrl-c'),
    SIGTERM: (dashboard: Terminal) => dashboard.kill('SIGTERM'),
    SIGHUP: (dashboard: Terminal) => dashboard.kill('SIGHUP'),
    'an exception': (dashboard: Terminal) => dashboard.kill('SIGUSR2'),
  } as const;
  const cases = Object.keys(states).flatMap((state, index) =>
    Object.keys(ways)
      // Each state in two ways, each way from three states.
      .filter((_, way) => (way + index) % 2 === 0)
      .map((way) => [state, way] as [keyof typeof states, keyof typeof ways]),
  );

  test.concurrent.for(cases)('from %s by %s', async ([state, way], { makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard([], { env: { ...world.env, ...throwsOnSignal } });
    await dashboard.waitFor('▸ ○ shop');
    dashboard.press(...states[state]);
    await dashboard.waitFor(() => true);
    ways[way](dashboard);
    const { exitCode, signal } = await dashboard.exited;
    if (way === 'Ctrl-C') expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: null });
    else expect(exitCode !== 0 || signal !== null).toBe(true);
    expectAsItWas(dashboard);
  });

  test('by q', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    dashboard.press('s', 'z', 'q');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
    expectAsItWas(dashboard);
  });
});

test('a thousand random keys and sizes break nothing, and a full redraw is what was on the screen', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  const dashboard = await lookingAt(world, names);
  const random = seeded(20_260_129);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  for (let count = 0; count < 1000; count++) {
    if (random() < 0.04) {
      dashboard.resize(1 + Math.floor(random() * 200), 1 + Math.floor(random() * 60));
    } else dashboard.press(pick(randomKeys));
    if (count % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  dashboard.resize(120, 36);
  dashboard.press('escape');
  // Behind whatever is open now, as often as it takes to be out of it.
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    dashboard.press('escape');
  }
  await dashboard.waitFor(/\? help/);
  dashboard.press('s', 'escape');
  await settled(dashboard);
  const before = dashboard.screen().slice(1);
  dashboard.resize(90, 30);
  await settled(dashboard);
  dashboard.resize(120, 36);
  await settled(dashboard);
  expect(dashboard.screen().slice(1)).toEqual(before);
  expect(world.requests).toEqual([]);
});

/** Every key that means something, but for those that leave; a few that mean nothing; mouse, paste, rubbish. */
const randomKeys = [
  ...new Set(
    commands.flatMap(({ keys }) => keys).filter((key) => key.length === 1 && !'qQxy'.includes(key)),
  ),
  ...['up', 'down', 'pageup', 'pagedown', 'home', 'end', 'tab', 'enter', 'escape'],
  ...['1', 'ü', '日', '👩‍👩‍👧', '\u001B[Z', '\u001B[15~', '\u001B[<0;9;5M', '\u001B[<65;9;5M'],
  ...['\u001B[200~qQ\u0003\u001B[201~', '\u001B[<0;9', '\u001B[', '\u0001', '\u007F'],
];

/** The screen when nothing more comes. */
async function settled(dashboard: Terminal): Promise<void> {
  let before = -1;
  while (before !== dashboard.rawBytes().length) {
    before = dashboard.rawBytes().length;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

/** Modes that were set, by number, as they were set last. */
function modesOf(dashboard: Terminal): Record<string, string> {
  const modes = dashboard.rawBytes().matchAll(/\u001B\[\?([\d;]+)([hl])/g);
  return Object.fromEntries([...modes].map(([, mode = '', state = '']) => [mode, state]));
}

function titleOf(dashboard: Terminal): string {
  return [...dashboard.rawBytes().matchAll(/\u001B\]2;([^\u0007]*)\u0007/g)].at(-1)?.[1] ?? '';
}

function expectAsItWas(dashboard: Terminal): void {
  expect(dashboard.isFullScreen()).toBe(false);
  const modes = modesOf(dashboard);
  expect(modes).toMatchObject({ 25: 'h', 1000: 'l', 1006: 'l', 1049: 'l', 2004: 'l' });
  const bytes = dashboard.rawBytes();
  expect(bytes.lastIndexOf('\u001B[23;2t')).toBeGreaterThan(bytes.lastIndexOf('\u001B[22;2t'));
}

/** A program that throws where nobody catches it. */
const throwsOnSignal = {
  NODE_OPTIONS:
    '--import data:text/javascript,process.on("SIGUSR2",()=>setTimeout(()=>{throw%20new%20Error("boom")}))',
};

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
