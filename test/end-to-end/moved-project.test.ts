// A moved project takes its tasks along. Their state is outside the project, under the old path, and is found again.

import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { until } from '../helpers/until.ts';
import { test, type ListedTask, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

/** Its new place. */
async function move(world: EndToEndWorld): Promise<string> {
  const moved = join(world.directory, 'moved');
  await rename(world.project, moved);
  return moved;
}

/** Codex of its first session waits for the model's answer. */
async function atWork(world: EndToEndWorld) {
  await world.prepare('shop');
  const gate = world.hold(() => true);
  const first = world.start(['--headless', '--task-name', 'shop', '--continue']);
  await gate.reached();
  return { gate, first };
}

async function listedIn(world: EndToEndWorld, directory: string): Promise<ListedTask> {
  const { stdout } = await world.run(['--list', '--json'], { cwd: directory });
  return (JSON.parse(stdout) as { tasks: [ListedTask] }).tasks[0];
}

const untilListedIn = (world: EndToEndWorld, directory: string, state: string): Promise<boolean> =>
  until(
    `it is listed as ${state}`,
    async () => (await listedIn(world, directory)).state === state,
    // Each look is a process.
    { everyMs: 500 },
  );

/** `started 1`, `ended 1` and so on, in the order of the log. */
async function sessionsIn(directory: string): Promise<string[]> {
  const log = await readFile(join(directory, '.autonomous', 'shop', 'session.log'), 'utf8');
  const own = log
    .split('\n')
    .filter((line) => line.startsWith('{"type":"autonomous.session.'))
    .map((line) => JSON.parse(line) as { type: string; session: number });
  return own.map(({ type, session }) => `${type.split('.').at(-1)} ${session}`);
}

async function expectEachOnce(directory: string): Promise<void> {
  const sessions = await sessionsIn(directory);
  expect(sessions.slice(0, 3)).toEqual(['started 1', 'ended 1', 'started 2']);
  expect(new Set(sessions).size, sessions.join()).toBe(sessions.length);
}

describe('a project that is moved while Codex works', { concurrent: true }, () => {
  test('without a runner is listed as interrupted in its new place, and never gets two sessions', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const { gate, first } = await atWork(world);
    first.kill('SIGKILL');
    await first.ended;
    const moved = await move(world);
    expect(await listedIn(world, moved)).toMatchObject({
      state: 'interrupted',
      session: { number: 1 },
    });

    const codex = (await world.processes()).map(({ pid }) => pid);
    expect(codex).not.toEqual([]);
    const second = world.start(['--headless', '--task-name', 'shop', '--continue'], { cwd: moved });
    // Codex cannot run commands in the old place: it is ended and never gets an answer.
    await until('the next session asks', () => world.requests.length === 2);
    expect(
      (await world.processes()).map(({ pid }) => pid).filter((pid) => codex.includes(pid)),
    ).toEqual([]);
    gate.open();
    const { exitCode, stdout } = await second.ended;
    expect({ exitCode, done: stdout.includes('ALL TASKS COMPLETED') }).toEqual({
      exitCode: 0,
      done: true,
    });
    await expectEachOnce(moved);
  });

  test('with a runner ends both, is listed as interrupted, and is continued by --continue-all', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const { gate, first } = await atWork(world);
    const moved = await move(world);

    const { exitCode, stdout } = await first.ended;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ Interrupted: The task is no longer in .*\/shop: if it was moved/);
    await world.untilNobodyLives();
    expect((await listedIn(world, moved)).state).toBe('interrupted');

    gate.open();
    const all = await world.run(['--continue-all'], { cwd: moved });
    expect(all.stdout).toContain('Continuing in the background: shop');
    await untilListedIn(world, moved, 'done');
    await expectEachOnce(moved);
  });

  test('is recovered by a dashboard opened in its new place', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const gate = world.hold(() => true);
    const before = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    const moved = await move(world);
    await before.waitFor('No tasks');
    gate.open();

    const after = await world.dashboard([], { cwd: moved });
    await untilListedIn(world, moved, 'done');
    await after.waitFor('2/2');
    await expectEachOnce(moved);
  });
});

test.concurrent(
  'a task that waits while its project is moved does not keep waiting unseen',
  async ({ makeWorld }) => {
    const world = await makeWorld({ configuration: { restSeconds: 3600 } });
    await world.prepare('shop');
    const screen = await world.dashboard(['--task-name', 'shop', '--continue']);
    await screen.waitFor('1/2');
    await until('the session is over', async () => (await sessionsIn(world.project)).length === 2);
    const moved = await move(world);
    await untilListedIn(world, moved, 'interrupted');
    const { exitCode } = await world.run(['--headless', '--task-name', 'shop', '--continue'], {
      cwd: moved,
    });
    expect(exitCode).toBe(0);
    await expectEachOnce(moved);
  },
);

test.concurrent(
  'a renamed task keeps its state, and is continued under its new name',
  async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    await world.run(['--headless', '--task-name', 'shop', '--continue', '--no-auto-continue']);
    await rename(world.task('shop').path, world.task('store').path);
    expect(await world.listed('store')).toMatchObject({ state: 'stopped', session: { number: 1 } });
    await world.run(['--headless', '--task-name', 'store', '--continue']);
    expect(await world.listed('store')).toMatchObject({ state: 'done', session: { number: 2 } });
  },
);
