// A project that is moved takes its tasks along; what stands outside of it, under its old path, is not found again.

import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../helpers/world.ts';
import { until } from '../helpers/until.ts';

test('a project that is moved while Codex works is gone on with, by that session and beside no other', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await world.prepare('shop');
  const gate = world.hold(() => true);
  const first = world.start(['--headless', '--task-name', 'shop', '--continue']);
  await gate.reached();
  first.kill('SIGKILL');
  await first.ended;
  const moved = join(world.directory, 'moved');
  await rename(world.project, moved);

  const second = world.start(['--headless', '--task-name', 'shop', '--continue'], { cwd: moved });
  await until('it is found running', async () => {
    const { stdout } = await world.run(['--list'], { cwd: moved });
    return stdout.includes('running');
  });
  gate.open();
  const { exitCode, stdout } = await second.ended;
  expect({ exitCode, done: stdout.includes('ALL TASKS COMPLETED') }).toEqual({
    exitCode: 0,
    done: true,
  });
  const log = await readFile(join(moved, '.autonomous', 'shop', 'session.log'), 'utf8');
  const own = log
    .split('\n')
    .filter((line) => line.startsWith('{"type":"autonomous.session.'))
    .map((line) => JSON.parse(line) as { type: string; session: number });
  const sessions = own.map(({ type, session }) => `${type.split('.').at(-1)} ${session}`);
  expect(sessions.slice(0, 3)).toEqual(['started 1', 'ended 1', 'started 2']);
  expect(new Set(sessions).size, log).toBe(sessions.length);
});
