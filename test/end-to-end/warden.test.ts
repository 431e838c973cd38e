// A task that its machine holds by a lease: runners and wardens as real processes, with the real Codex.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { defaultRunSettings } from '../../source/core/run/settings.ts';
import { noTaskOptions } from '../../source/core/task/options.ts';
import { bootClock } from '../../source/system/boot-clock.ts';
import { leasePath, writeLease } from '../../source/system/state/lease/lease-file.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { codexPath, codexProgram } from '../helpers/codex.ts';
import { hasSandbox, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import type { LeasedRun } from '../helpers/leased-runner.ts';
import { isAlive } from '../helpers/processes.ts';
import { gone } from '../helpers/real-processes.ts';
import { until } from '../helpers/until.ts';

const name = 'docs-site';
const leaseMs = 8000;
const pathTo = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A machine with the task, whose Codex waits for the model. */
async function machineOf(world: EndToEndWorld, codex = codexProgram) {
  const task = await world.prepare(name);
  const path = leasePath(task.state.path);
  const gate = world.hold(() => true);
  await task.state.make();
  let writing: Promise<unknown> = Promise.resolve();
  let endsAt = 0;
  const renew = (epoch: number): Promise<unknown> => {
    endsAt = bootClock() + leaseMs;
    const lease = { epoch, nonce: `claim ${epoch}`, hubStart: 'a start', endsAt };
    return (writing = writing.then(() => writeLease(path, lease)).catch(() => {}));
  };
  let timer: NodeJS.Timeout | undefined;
  const machine = {
    task,
    gate,
    path,
    get endsAt() {
      return endsAt;
    },
    holds: async (epoch = 1): Promise<void> => {
      await renew(epoch);
      timer = setInterval(() => void renew(epoch), 1000);
    },
    stopsRenewing: async (): Promise<void> => {
      clearInterval(timer);
      await writing;
    },
    startRunner: (more: { recovers?: boolean; resumeLast?: boolean } = {}) => {
      const run: LeasedRun = {
        home: stateHome(world.env),
        lease: { path, interruptMs: 3000, wardenLookMs: 500 },
        warden: pathTo('../../dist/warden.cjs'),
        request: {
          ...{ project: world.project, task: name, description: null, codex, checks: [] },
          ...{ options: noTaskOptions, resumeLast: false, recovers: false, ...more },
          sandbox: hasSandbox ? 'workspace-write' : 'danger-full-access',
          settings: { ...defaultRunSettings, restMs: 0, checkpoints: 'off' },
        },
      };
      const said = openSync(join(world.directory, 'runner.said'), 'a');
      const runner = pathTo('../helpers/leased-runner.ts');
      const child = spawn(process.execPath, [runner, JSON.stringify(run)], {
        cwd: world.project,
        env: world.env,
        stdio: ['ignore', said, said],
        detached: true,
      });
      return { pid: child.pid ?? 0, ended: once(child, 'exit') };
    },
    /** The session at work: its warden, and Codex. */
    atWork: async () => {
      await gate.reached();
      const { warden, codex } = await until('Codex runs', async () => {
        const living = await world.processes();
        const codexes = living.filter(({ command }) => /\bexec\b.*--json/u.test(command));
        const leader = (await task.record())?.session?.codex?.pid;
        const [found] = codexes.filter(({ pid }) => pid !== leader);
        return found && leader ? { warden: leader, codex: found.pid } : null;
      });
      return { warden, codex };
    },
  };
  return machine;
}

const kill = (pid: number, signal: NodeJS.Signals) => process.kill(pid, signal);

describe('with a lease', () => {
  test('a session goes on without its runner while the lease is renewed, and the next runner adopts it', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const machine = await machineOf(world);
    await machine.holds();
    const runner = machine.startRunner();
    const { codex, warden } = await machine.atWork();
    kill(runner.pid, 'SIGKILL');
    await gone(runner.pid);
    const later = bootClock() + leaseMs;
    await until('the lease would have ended', () => bootClock() > later);
    expect(await isAlive(codex)).toBe(true);
    const next = machine.startRunner({ recovers: true });
    await until('the next runner has it', async () => {
      const record = await machine.task.record();
      return record?.runner.pid === next.pid && record.phase === 'working';
    });
    expect((await machine.task.record())?.session?.codex?.pid).toBe(warden);
    machine.gate.open();
    expect(await next.ended).toEqual([0, null]);
    await machine.stopsRenewing();
    expect(await machine.task.boxes()).toEqual([true, true]);
    const started = await machine.task.logged('autonomous.session.started');
    expect(started.map(({ session }) => session)).toEqual([1, 2]);
    await world.untilNobodyLives();
  });

  test('a pause reaches Codex through its warden: the session ends, and nothing of it is left', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const machine = await machineOf(world);
    await machine.holds();
    const runner = machine.startRunner();
    const { codex, warden } = await machine.atWork();
    const run = (await machine.task.record())?.run ?? '';
    await machine.task.state.writeControlRequest({ run, want: 'pause now', seq: 0, id: 'a pause' });
    expect(await runner.ended).toEqual([0, null]);
    await machine.stopsRenewing();
    for (const pid of [codex, warden]) expect(await isAlive(pid)).toBe(false);
    const [ended] = await machine.task.logged('autonomous.session.ended');
    expect(ended?.outcome).toBe('paused');
    expect((await machine.task.record())?.ending?.kind).toBe('paused');
    await world.untilNobodyLives();
  });

  test('a session ends before the lease does, with no runner alive, and the next lease resumes its conversation', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const machine = await machineOf(world);
    await machine.holds();
    const runner = machine.startRunner();
    const { codex, warden } = await machine.atWork();
    kill(runner.pid, 'SIGKILL');
    await machine.stopsRenewing();
    await gone(codex);
    // It was interrupted, not killed.
    expect(bootClock()).toBeLessThan(machine.endsAt);
    await gone(warden);
    machine.gate.open();
    await machine.holds(2);
    const next = machine.startRunner({ recovers: true, resumeLast: true });
    expect(await next.ended).toEqual([0, null]);
    await machine.stopsRenewing();
    const [thread] = await machine.task.logged('thread.started');
    const [, second] = await machine.task.logged('autonomous.session.started');
    expect(second?.resumes).toBe(thread?.thread_id);
    expect(await machine.task.boxes()).toEqual([true, true]);
  });

  test('a machine that was frozen for longer than the lease ends Codex when it wakes, whatever is renewed meanwhile', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const machine = await machineOf(world);
    await machine.holds();
    const runner = machine.startRunner();
    const { codex, warden } = await machine.atWork();
    const all = [runner.pid, warden, codex];
    for (const pid of all) kill(pid, 'SIGSTOP');
    await machine.stopsRenewing();
    await until('the lease has ended', () => bootClock() > machine.endsAt);
    expect(await isAlive(codex)).toBe(true);
    await machine.holds();
    for (const pid of all) kill(pid, 'SIGCONT');
    await gone(codex);
    await machine.stopsRenewing();
  });

  for (const [what, program] of [
    ['itself', codexProgram],
    ['by its npm launcher', codexPath],
  ] as const) {
    test(`Codex, started ${what}, dies with its warden, long before the lease ends`, async ({
      makeWorld,
    }) => {
      const world = await makeWorld();
      const machine = await machineOf(world, program);
      await machine.holds();
      const runner = machine.startRunner();
      const { codex, warden } = await machine.atWork();
      kill(runner.pid, 'SIGKILL');
      kill(warden, 'SIGKILL');
      await gone(codex);
      expect(bootClock()).toBeLessThan(machine.endsAt - 3000);
      await machine.stopsRenewing();
    });
  }
});
