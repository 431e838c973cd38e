import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { processesOf, signalProcess } from '../../../source/system/process/table.ts';
import {
  bootId,
  identityOf,
  isAlive,
  lifeOf,
  parseStat,
} from '../../../source/system/process/identity.ts';
import { exitOf, gone, RealProcesses } from '../../helpers/real-processes.ts';
import { until } from '../../helpers/until.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const processes = new RealProcesses();
const marker = 'AUTONOMOUS_TUI_SESSION';

afterEach(async () => {
  vi.restoreAllMocks();
  await processes.endAll();
});

const pidsOf = async (session: Parameters<typeof processesOf>[0]): Promise<number[]> =>
  (await processesOf(session)).map(({ pid }) => pid).sort((a, b) => a - b);
const sorted = (...pids: number[]): number[] => pids.sort((a, b) => a - b);
const someIdentity = async (pid: number) => (await identityOf(pid))!;
const rowOf = async (pid: number) =>
  (await processesOf({ uuid: '', leader: await identityOf(pid) })).find((row) => row.pid === pid)!;

describe('an identity', () => {
  test('belongs to one process on one boot', async () => {
    const [pid = 0] = (await processes.script('sleep 300 & echo $!; wait', { pids: 1 })).pids;
    const identity = await someIdentity(pid);
    expect(identity).toEqual({
      pid,
      startTime: expect.stringMatching(/^\d+$/) as string,
      bootId: bootId(),
    });
    expect(await isAlive(identity)).toBe(true);
    expect(await isAlive({ ...identity, startTime: `${identity.startTime}0` })).toBe(false);
    expect(await isAlive({ ...identity, bootId: 'another' })).toBe(false);
  });

  test('of an ended process is no longer alive', async () => {
    const child = processes.start('sleep', ['300']);
    const identity = await someIdentity(child.pid!);
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await isAlive(identity)).toBe(false);
    expect(await identityOf(identity.pid)).toBeNull();
  });

  test('of a process that a signal has stopped is alive, and says so until it is continued', async () => {
    const child = processes.start('sleep', ['300']);
    const identity = await someIdentity(child.pid!);
    child.kill('SIGSTOP');
    await until('it is stopped', async () => (await lifeOf(identity)) === 'stopped');
    expect(await isAlive(identity)).toBe(true);
    child.kill('SIGCONT');
    await until('it runs', async () => (await lifeOf(identity)) === 'running');
  });

  test('is null for a zombie', async () => {
    // The sleep that replaces the shell never waits for its child.
    const { pids } = await processes.script('sleep 0 & echo $!; exec sleep 300', { pids: 1 });
    const [zombie = 0] = pids;
    await gone(zombie);
    expect(fs.readFileSync(`/proc/${zombie}/stat`, 'latin1')).toContain(') Z ');
    expect(await identityOf(zombie)).toBeNull();
  });

  test('is null for an unused pid', async () => {
    expect(await identityOf(2 ** 22 + 7)).toBeNull();
  });
});

describe('the processes of a session', () => {
  test('are its group and all that carry its marker, in whatever group', async () => {
    const uuid = randomUUID();
    const script = 'sleep 300 & echo $!; setsid sleep 300 & echo $!; echo $$; wait';
    const { pids } = await processes.script(script, { pids: 3, env: { [marker]: uuid } });
    const [inGroup = 0, elsewhere = 0, leader = 0] = pids;
    await until('it has left the group', async () => (await rowOf(elsewhere)).group === elsewhere);
    expect(await pidsOf({ uuid, leader: await someIdentity(leader) })).toEqual(
      sorted(inGroup, elsewhere, leader),
    );
    expect(await pidsOf({ uuid, leader: null })).toEqual(sorted(inGroup, elsewhere, leader));
    const another = { uuid: randomUUID(), leader: await someIdentity(leader) };
    expect(await pidsOf(another)).toEqual(sorted(inGroup, leader));
  });

  test('include those left in the group when its leader is gone only if they carry the marker', async () => {
    // The number may be another group's by now, and a stranger's daemon in it.
    const uuid = randomUUID();
    const script = `sleep 300 & echo $!; env -i sleep 300 & echo $!; echo $$; wait`;
    const { child, pids } = await processes.script(script, { pids: 3, env: { [marker]: uuid } });
    const [member = 0, stranger = 0, leader = 0] = pids;
    const identity = await someIdentity(leader);
    await until('env has replaced itself', async () =>
      (await pidsOf({ uuid, leader: null })).every((pid) => pid !== stranger),
    );
    expect(await pidsOf({ uuid, leader: identity })).toEqual(sorted(member, stranger, leader));
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await pidsOf({ uuid, leader: identity })).toEqual([member]);
    expect(await pidsOf({ uuid: randomUUID(), leader: identity })).toEqual([]);
  });

  test('exclude a group whose number now belongs to another leader', async () => {
    const child = processes.start('sleep', ['300']);
    const identity = await someIdentity(child.pid!);
    const uuid = randomUUID();
    const earlier = { ...identity, startTime: '1' };
    expect(await pidsOf({ uuid, leader: earlier })).toEqual([]);
    expect(await pidsOf({ uuid, leader: { ...identity, bootId: 'before the restart' } })).toEqual(
      [],
    );
    expect(await pidsOf({ uuid, leader: { ...identity, pid: 1 } })).toEqual([]);
    expect(await pidsOf({ uuid, leader: { ...identity, pid: 0 } })).toEqual([]);
  });

  test('exclude those whose environment only looks similar', async () => {
    const uuid = randomUUID();
    const looksAlike = [
      { OTHER: `${marker}=${uuid}` },
      { [marker]: `${uuid}0` },
      { [`X${marker}`]: uuid },
    ];
    for (const env of looksAlike) processes.start('sleep', ['300'], { env });
    expect(await pidsOf({ uuid, leader: null })).toEqual([]);
    const env = { OTHER: `${marker}=${uuid}`, [marker]: uuid };
    const real = processes.start('sleep', ['300'], { env });
    expect(await pidsOf({ uuid, leader: null })).toEqual([real.pid]);
  });

  test('never include this process', async () => {
    const leader = await someIdentity(process.pid);
    expect(await pidsOf({ uuid: randomUUID(), leader })).not.toContain(process.pid);
  });
});

describe('a signal', () => {
  test('goes to the process that was seen', async () => {
    const child = processes.start('sleep', ['300']);
    await signalProcess(await rowOf(child.pid!), 'SIGTERM');
    expect(await exitOf(child)).toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('never goes to a process with another start time', async () => {
    const child = processes.start('sleep', ['300']);
    const row = await rowOf(child.pid!);
    const kill = vi.spyOn(process, 'kill');
    await signalProcess({ ...row, startTime: `${row.startTime}0` }, 'SIGKILL');
    expect(kill).not.toHaveBeenCalled();
    expect(await identityOf(child.pid!)).not.toBeNull();
  });

  test.each([1, 0, -1, -4242])('never goes to %i, which means others', async (pid) => {
    const kill = vi.spyOn(process, 'kill');
    const { startTime } = (await identityOf(1)) ?? { startTime: '0' };
    await signalProcess({ pid, group: pid, startTime, zombie: false, stopped: false }, 'SIGTERM');
    expect(kill).not.toHaveBeenCalled();
  });

  test('to a process that ended meanwhile does nothing', async () => {
    const child = processes.start('sleep', ['300']);
    const row = await rowOf(child.pid!);
    child.kill('SIGKILL');
    await exitOf(child);
    await signalProcess(row, 'SIGTERM');
  });
});

describe('the kernel’s line on a process', () => {
  const rest = '4000 4001 4001 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 200 …';

  test.each([
    ['codex', `4242 (codex) S ${rest}`, false],
    ['a name with a space', `4242 (tmux: server) S ${rest}`, false],
    ['a name that looks like the end', `4242 (a) Z 1 2 (b) R ${rest}`, false],
    ['a zombie', `4242 (codex) Z ${rest}`, true],
    ['a dead one', `4242 (codex) X ${rest}`, true],
  ])('is read: %s', (_what, stat, zombie) => {
    expect(parseStat(4242, stat)).toEqual({
      pid: 4242,
      group: 4001,
      startTime: '987654',
      zombie,
      stopped: false,
    });
  });

  test.each(['T', 't'])('says that the process is stopped: %s', (letter) => {
    expect(parseStat(4242, `4242 (codex) ${letter} ${rest}`)).toMatchObject({
      zombie: false,
      stopped: true,
    });
  });

  test.each(['', '4242', '4242 (codex) S 1', ') S'])('is ignored if it is cut: %j', (stat) => {
    expect(parseStat(4242, stat)).toBeNull();
  });

  test.each(['a ) Z 0 0', 'x) S 1 1 1 (', '((('])(
    'is read for a real process called %j',
    async (name) => {
      const directory = fs.mkdtempSync(join(tmpdir(), 'names-'));
      try {
        // A shell, because Node renames its main thread as soon as it runs.
        fs.symlinkSync('/bin/bash', join(directory, name));
        const child = processes.start(join(directory, name), ['-c', 'kill -STOP $$; :']);
        const called = () => fs.readFileSync(`/proc/${child.pid}/comm`, 'utf8') === `${name}\n`;
        await until('it is called so', called);
        const row = await rowOf(child.pid!);
        expect(row).toMatchObject({ pid: child.pid, group: child.pid, zombie: false });
        expect(row.startTime).toMatch(/^\d+$/);
      } finally {
        fs.rmSync(directory, { recursive: true });
      }
    },
  );
});
