import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { identityOf } from '../../../source/system/process/identity.ts';
import {
  codexLives,
  signalSession,
  sweepSession,
} from '../../../source/system/process/session-processes.ts';
import { isAlive } from '../../helpers/processes.ts';
import { exitOf, gone, RealProcesses } from '../../helpers/real-processes.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const processes = new RealProcesses();
const marker = 'AUTONOMOUS_TUI_SESSION';

let directory: string;
let uuid: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'session-processes-'));
  uuid = randomUUID();
});

afterEach(async () => {
  await sweepSession({ uuid, leader: null }, 0);
  await processes.endAll();
  fs.rmSync(directory, { recursive: true, force: true });
});

describe('Codex counts as alive', () => {
  const unknown = { device: -1, inode: -1 };
  const session = (text: string, pids: number) =>
    processes.script(text, { pids, env: { [marker]: uuid } });
  const logOf = (path: string) => {
    fs.writeFileSync(path, '');
    const { dev: device, ino: inode } = fs.statSync(path);
    return { device, inode };
  };

  test.each([
    ['with the log as its stdout', () => logOf(join(directory, 'log'))],
    ['if the log is unknown', () => unknown],
  ])('while its launcher or a process launched in its group is alive, %s', async (_what, log) => {
    const known = log();
    const { child, pids } = await session(
      `sleep 300 > ${join(directory, 'log')} & echo $!; echo $$; wait`,
      2,
    );
    const [native = 0, launcher = 0] = pids;
    const leader = await identityOf(launcher);
    expect(await codexLives({ uuid, leader, log: known })).toBe(true);
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await codexLives({ uuid, leader, log: known })).toBe(true);
    expect(await codexLives({ uuid, leader: null, log: known })).toBe(true);
    process.kill(native, 'SIGKILL');
    await gone(native);
    expect(await codexLives({ uuid, leader, log: known })).toBe(false);
  });

  test('no longer when only a helper of its group is alive', async () => {
    const log = logOf(join(directory, 'log'));
    const { child, pids } = await session('sleep 300 > /dev/null & echo $!; echo $$; wait', 2);
    const leader = await identityOf(pids[1] ?? 0);
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await codexLives({ uuid, leader, log })).toBe(false);
    expect(await codexLives({ uuid, leader: null, log })).toBe(false);
  });

  test('no longer when only what its commands left running is alive', async () => {
    const { child, pids } = await session('setsid sleep 300 & echo $!; echo $$; wait', 2);
    const leader = await identityOf(pids[1] ?? 0);
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await codexLives({ uuid, leader, log: unknown })).toBe(false);
    // If its group is unknown, it may be this process.
    expect(await codexLives({ uuid, leader: null, log: unknown })).toBe(true);
  });
});

describe('the sweep', () => {
  const stragglers = async (text: string, pids: number): Promise<number[]> => {
    const { child, pids: all } = await processes.script(text, { pids, env: { [marker]: uuid } });
    await exitOf(child);
    return all;
  };
  const living = async (pids: readonly number[]): Promise<number[]> => {
    const states = await Promise.all(pids.map(isAlive));
    return pids.filter((_, index) => states[index]);
  };

  test('of a session that left nothing ends at once', async () => {
    expect(await sweepSession({ uuid, leader: null }, 60_000)).toBe(0);
  });

  test('ends what is left, even in a session of its own', async () => {
    const pids = await stragglers('sleep 300 & echo $!; setsid sleep 300 & echo $!', 2);
    expect(await living(pids)).toEqual(pids);
    expect(await sweepSession({ uuid, leader: null }, 60_000)).toBe(2);
    expect(await living(pids)).toEqual([]);
  });

  test('ends what forked twice and lost its parent', async () => {
    const pids = await stragglers('(setsid bash -c "sleep 300 & echo \\$!" &)', 1);
    await sweepSession({ uuid, leader: null }, 60_000);
    expect(await living(pids)).toEqual([]);
  });

  test('kills what ignores SIGTERM after the grace period', async () => {
    const ignoring = `setsid bash -c 'trap "" TERM; echo $$; while :; do sleep 1; done' &`;
    const pids = await stragglers(ignoring, 1);
    await sweepSession({ uuid, leader: null }, 100);
    expect(await living(pids)).toEqual([]);
  });

  test('kills at once without a grace period', async () => {
    const pids = await stragglers(`setsid bash -c 'trap "" TERM; echo $$; sleep 300' &`, 1);
    await sweepSession({ uuid, leader: null }, 0);
    expect(await living(pids)).toEqual([]);
  });

  test('ends what its stragglers start meanwhile', async () => {
    const file = join(directory, 'born');
    const breeding = `setsid bash -c 'trap "setsid sleep 300 & echo \\$! > ${file}; exit" TERM; echo $$; while :; do sleep 0.05; done' &`;
    const pids = await stragglers(breeding, 1);
    expect(await sweepSession({ uuid, leader: null }, 60_000)).toBeGreaterThanOrEqual(2);
    const born = Number(fs.readFileSync(file, 'utf8'));
    expect(await living([...pids, born])).toEqual([]);
  });

  test('leaves a group alone whose leader is gone, and whose members lack the marker', async () => {
    const script = 'env -i sleep 300 & echo $!; echo $$; wait';
    const { child, pids } = await processes.script(script, { pids: 2, env: { [marker]: uuid } });
    const [stranger = 0, launcher = 0] = pids;
    const leader = await identityOf(launcher);
    child.kill('SIGKILL');
    await exitOf(child);
    await sweepSession({ uuid: randomUUID(), leader }, 0);
    expect(await living(pids)).toEqual([stranger]);
  });

  test('ends no other process', async () => {
    const env = { [marker]: randomUUID() };
    const others = [processes.start('sleep', ['300']), processes.start('sleep', ['300'], { env })];
    await stragglers('sleep 300 & echo $!', 1);
    await sweepSession({ uuid, leader: null }, 0);
    const pids = others.map(({ pid }) => pid!);
    expect(await living(pids)).toEqual(pids);
  });
});

test('a signal goes to the whole session', async () => {
  const script = 'setsid sleep 300 & echo $!; sleep 300 & echo $!; echo $$; wait';
  const { child, pids } = await processes.script(script, { pids: 3, env: { [marker]: uuid } });
  await signalSession({ uuid, leader: null }, 'SIGTERM');
  expect(await exitOf(child)).toEqual({ code: null, signal: 'SIGTERM' });
  for (const pid of pids) await gone(pid);
});
