import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { codexNotThere } from '../../../source/core/failure/failure.ts';
import { bootClock } from '../../../source/system/boot-clock.ts';
import { processRow } from '../../../source/system/process/identity.ts';
import { signalSession } from '../../../source/system/process/session-processes.ts';
import { processesOf } from '../../../source/system/process/table.ts';
import { removeLease } from '../../../source/system/state/lease/lease-file.ts';
import { isAlive } from '../../helpers/processes.ts';
import { gone, RealProcesses } from '../../helpers/real-processes.ts';
import { until } from '../../helpers/until.ts';
import { interruptMs, WardenWorld, wardenProgram } from '../../helpers/warden-world.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const night = 8 * 3_600_000;
const processes = new RealProcesses();
let world: WardenWorld;

beforeEach(() => void (world = new WardenWorld()));

afterEach(async () => {
  await processes.endAll();
  await world.end();
});

describe('while its lease is renewed, Codex', () => {
  test('works to its end, as if it had no warden', async () => {
    await world.keep(2000);
    const codex = world.program(
      `cat; echo "$PWD|$AUTONOMOUS_TUI_SESSION|$HOME|$*"; echo warning >&2
       ls -l /proc/$$/fd | grep -c socket; sleep 3; exit 7`,
    );
    const { exited } = await world.start(codex, ['exec', 'a b', '-']);
    expect(await exited).toEqual({ exitCode: 7, signal: null });
    const home = process.env['HOME'] ?? '';
    expect(world.out.split('\n')).toEqual([
      'the prompt',
      `${fs.realpathSync(world.directory)}|${world.uuid}|${home}|exec a b -`,
      // The connection of its warden is not passed on.
      ...['0', ''],
    ]);
    expect(world.err).toBe('warning\n');
  });

  test('is in the group of its warden, which has no environment but the marker', async () => {
    await world.keep(night);
    const { identity } = await world.start(world.program('echo $$; sleep 300'));
    const [codex = 0] = await world.pids(1);
    expect(await processRow(codex)).toMatchObject({ group: identity!.pid });
    const environment = fs.readFileSync(`/proc/${identity!.pid}/environ`, 'utf8');
    expect(environment).toBe(`AUTONOMOUS_TUI_SESSION=${world.uuid}\0`);
  });

  test('that is ended by a signal reports which, and one that ignores a signal lives', async () => {
    await world.keep(night);
    const codex = world.program(`trap 'echo $$' INT; echo $$; while :; do sleep 0.1; done`);
    const { identity, exited } = await world.start(codex);
    await world.pids(1);
    const session = { uuid: world.uuid, leader: identity };
    // Node opens its debugger with it.
    process.kill(identity!.pid, 'SIGUSR1');
    await signalSession(session, 'SIGINT');
    await world.pids(2);
    expect(await isAlive(identity!.pid)).toBe(true);
    expect(world.err).toBe('');
    await signalSession(session, 'SIGTERM');
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  });
});

describe('when its lease ends, Codex', () => {
  const stubborn = `trap '' INT TERM; echo $$; while :; do sleep 0.05; done`;

  test('is interrupted first, at the time for it and not before', async () => {
    const { exited, endsAt } = await world.startAndStopRenewing(
      `trap 'cut -d" " -f1 /proc/uptime; exit 5' INT; echo $$; while :; do sleep 0.05; done`,
    );
    expect(await exited).toEqual({ exitCode: 5, signal: null });
    const interruptedAt = Number(world.out.split('\n').at(-2)) * 1000;
    expect(interruptedAt).toBeGreaterThanOrEqual(endsAt - interruptMs - 10);
  });

  test('is killed, and all of its session with it, if it ignores that', async () => {
    const { exited, endsAt } = await world.startAndStopRenewing(
      `(trap '' INT TERM; exec sleep 300) & echo $!; setsid sleep 300 & echo $!; ${stubborn}`,
    );
    const pids = await world.pids(3);
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
    expect(bootClock()).toBeGreaterThanOrEqual(endsAt);
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['is removed', () => removeLease(world.watch.path)],
    ['cannot be read', async () => fs.promises.writeFile(world.watch.path, '{"version":1,')],
  ])('dies at once where the lease file %s', async (_what, spoil) => {
    await world.hold(night);
    const { exited } = await world.start(world.program('echo $$; sleep 300'));
    await world.pids(1);
    await spoil();
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('is not saved by the lease of another claim', async () => {
    const { exited } = await world.startAndStopRenewing(stubborn);
    await world.hold(night, { epoch: 2, nonce: 'another claim' });
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('dies at the first look of a machine that wakes, even if the lease came back meanwhile', async () => {
    const { identity, endsAt } = await world.startAndStopRenewing('echo $$; sleep 300');
    const [codex = 0] = await world.pids(1);
    const session = { uuid: world.uuid, leader: identity };
    await signalSession(session, 'SIGSTOP');
    await until('the lease has ended', () => bootClock() > endsAt);
    expect(await isAlive(codex)).toBe(true);
    await world.hold(night);
    await signalSession(session, 'SIGCONT');
    await gone(codex);
    await gone(identity!.pid);
  });
});

describe('Codex is never started', () => {
  const mayNot = /the lease of its task on this machine has ended/;

  test.each<[string, () => Promise<unknown>]>([
    ['without a lease', () => Promise.resolve()],
    ['with a lease that has ended', () => world.hold(-1)],
    ['with a lease that is about to end', () => world.hold(interruptMs - 1)],
  ])('%s', async (_what, prepare) => {
    await prepare();
    await expect(world.start(world.program('echo started'))).rejects.toThrow(mayNot);
    expect(world.out).toBe('');
  });

  test('by a warden that was frozen at its start until the lease had ended', async () => {
    const endsAt = await world.hold(1000);
    const { uuid } = world;
    const starting = world.start(world.program('echo started'), [], world.frozenWarden());
    const refused = expect(starting).rejects.toThrow(mayNot);
    const warden = await until('it is frozen', async () => {
      const [row] = await processesOf({ uuid, leader: null });
      return row?.stopped === true ? row.pid : null;
    });
    await until('the lease has ended', () => bootClock() > endsAt);
    process.kill(warden, 'SIGCONT');
    await refused;
    expect(world.out).toBe('');
  });

  test('by a warden whose runner died before it said what to start', async () => {
    const child = processes.start(process.execPath, [wardenProgram, world.uuid], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const connection = child.stdio[3] as NodeJS.WritableStream;
    connection.end(JSON.stringify({ program: world.program('echo started') }).slice(0, -1));
    await gone(child.pid ?? 0);
    expect(world.out).toBe('');
  });

  test.each([
    ['is not there', () => join(world.directory, 'nothing'), 'ENOENT'],
    [
      'is not a program',
      () => (fs.chmodSync(world.program(''), 0o644), join(world.directory, 'codex')),
      'EACCES',
    ],
  ])('if it %s, and the error says so', async (_what, path, code) => {
    await world.hold(night);
    const error = await world.start(path()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: codexNotThere, cause: { code } });
  });
});

describe('Codex', () => {
  test('dies with its warden, at once', async () => {
    await world.keep(night);
    const { identity, exited } = await world.start(world.program('echo $$; sleep 300'));
    const [codex = 0] = await world.pids(1);
    process.kill(identity!.pid, 'SIGKILL');
    await gone(codex);
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('outlives its runner as long as the lease is renewed, and not longer', async () => {
    await world.keep(2000);
    const { directory, uuid, watch: lease } = world;
    const codex = world.program('echo $$; while :; do sleep 0.05; done');
    const start = {
      codex,
      arguments: [],
      directory,
      uuid,
      lease,
      descriptors: { stdin: 0, stdout: 1, stderr: 2 },
    };
    const source = new URL('../../../source/system/process/codex-process.ts', import.meta.url).href;
    const text = `const { startCodex } = await import('${source}');
      await startCodex(${JSON.stringify(start)}, '${wardenProgram}'); setInterval(() => {}, 1000)`;
    const out = fs.openSync(join(directory, 'out'), 'a');
    const runner = processes.start(process.execPath, ['--input-type=module', '-e', text], {
      stdio: ['ignore', out, out],
    });
    fs.closeSync(out);
    const [pid = 0] = await world.pids(1);
    runner.kill('SIGKILL');
    await gone(runner.pid ?? 0);
    const later = bootClock() + 3000;
    await until('the first lease would have ended', () => bootClock() > later);
    expect(await isAlive(pid)).toBe(true);
    world.stopRenewing();
    await gone(pid);
  });
});
