// However the dashboard ends, it restores the terminal: cursor, modes, screen, line discipline.

import { execFileSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { terminalModes } from '../helpers/terminal-modes.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { until } from '../helpers/until.ts';
import { test } from '../helpers/end-to-end-world.ts';

const states = {
  'the tasks': (_dashboard: Terminal) => {},
  'the log, zoomed': (dashboard: Terminal) => {
    pressFor(dashboard, 'tasks', 'open-task');
    pressFor(dashboard, 'panes', 'zoom');
  },
  'a form': (dashboard: Terminal) => pressFor(dashboard, 'panes', 'new-task'),
  'the palette': (dashboard: Terminal) => pressFor(dashboard, 'panes', 'palette'),
  'what is looked for': (dashboard: Terminal) => pressFor(dashboard, 'tasks', 'filter-by-name'),
  'the help': (dashboard: Terminal) => pressFor(dashboard, 'panes', 'help'),
  'the details': (dashboard: Terminal) => pressFor(dashboard, 'panes', 'show-about'),
  'what is searched for': (dashboard: Terminal) => {
    pressFor(dashboard, 'tasks', 'open-task');
    pressFor(dashboard, 'log', 'search');
  },
  'a question': (dashboard: Terminal) => pressFor(dashboard, 'panes', 'continue'),
  'a terminal that is too small': (dashboard: Terminal) => dashboard.resize(30, 6),
};

const ways = {
  'Ctrl-C': (dashboard: Terminal) => dashboard.press('ctrl-c'),
  SIGTERM: (dashboard: Terminal) => dashboard.kill('SIGTERM'),
  SIGHUP: (dashboard: Terminal) => dashboard.kill('SIGHUP'),
  'an exception': (dashboard: Terminal) => dashboard.kill('SIGUSR2'),
};

const marks: Record<keyof typeof states, RegExp> = {
  'the tasks': /▸ ○ shop/,
  'the log, zoomed': /Esc back/,
  'a form': /What should be done\?/,
  'the palette': /All commands/,
  'what is looked for': /Find:/,
  'the help': /Keys: tasks/,
  'the details': /Directory +\//,
  'what is searched for': /Search:/,
  'a question': /Continue shop with full access\?/,
  'a terminal that is too small': /30×6/,
};

describe('the terminal is restored', { concurrent: true }, () => {
  const cases = (Object.keys(states) as (keyof typeof states)[]).flatMap((state, index) =>
    (Object.keys(ways) as (keyof typeof ways)[])
      // Each state is left in two ways, and each way starts from five states.
      .filter((_, way) => (way + index) % 2 === 0)
      .map((way) => [state, way] as const),
  );

  test.for(cases)('from %s by %s', async ([state, way], { makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const args = state === 'a question' ? ['--network'] : [];
    const dashboard = await world.dashboard(args, { env: { ...world.env, ...throwsOnSignal } });
    await dashboard.waitFor('▸ ○ shop');
    states[state](dashboard);
    await dashboard.waitFor(marks[state]);
    ways[way](dashboard);
    const { exitCode, signal } = await dashboard.exited;
    if (way === 'Ctrl-C') expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: null });
    else expect(exitCode !== 0 || signal !== null).toBe(true);
    expectAsItWas(dashboard);
    if (way === 'an exception') {
      // Only our own sentence, and nothing from Node.
      const words = dashboard.rawBytes().split('\u001B[?1049l').at(-1);
      expect(words).toContain('The dashboard failed (boom). Tasks keep running. ');
      expect(words).not.toMatch(/node:internal|Node\.js v/);
      expect(exitCode).toBe(1);
    }
  });

  test('by q', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ shop');
    pressFor(dashboard, 'panes', 'show-steps');
    pressFor(dashboard, 'panes', 'zoom');
    pressFor(dashboard, 'panes', 'quit');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
    expectAsItWas(dashboard);
  });
});

test('after an unannounced stop, the terminal works when the program continues', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
  const dashboard = await world.dashboard();
  await dashboard.waitFor('▸ ○ docs');
  dashboard.kill('SIGSTOP');
  await until('it stands still', () => stateOf(dashboard.pid) === 'T');
  dashboard.kill('SIGCONT');
  pressFor(dashboard, 'panes', 'down');
  await dashboard.waitFor('▸ ○ shop');
  // It lends the terminal for a moment and takes it back: the key may arrive before that.
  await until('it has its modes', () => {
    const modes = terminalModes(dashboard);
    return ['1049', '1000', '2004'].every((mode) => modes[mode] === 'h');
  });
  pressFor(dashboard, 'panes', 'quit');
  expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
  expectAsItWas(dashboard);
});

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function expectAsItWas(dashboard: Terminal): void {
  expect(dashboard.isFullScreen()).toBe(false);
  const { 25: cursor, ...others } = terminalModes(dashboard);
  expect(cursor).toBe('h');
  expect(others).toMatchObject({ 1000: 'l', 1006: 'l', 1049: 'l', 2004: 'l' });
  expect(Object.entries(others).filter(([, state]) => state !== 'l')).toEqual([]);
  const bytes = dashboard.rawBytes();
  expect(bytes.lastIndexOf('\u001B[23;2t')).toBeGreaterThan(bytes.lastIndexOf('\u001B[22;2t'));
}

/** A program that throws an uncaught error. */
const throwsOnSignal = {
  NODE_OPTIONS:
    '--import data:text/javascript,process.on(%22SIGUSR2%22,()=>setTimeout(()=>{throw%20new%20Error(%22boom%22)}))',
};
