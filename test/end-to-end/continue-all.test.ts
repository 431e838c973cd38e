// `--continue-all`, after the machine was restarted: only the files on disk are left.

import { describe, expect } from 'vitest';
import type { RunRecord } from '../../source/core/run/record.ts';
import { stateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { taskDirectory } from '../../source/system/state/task-directory.ts';
import { recordWith, sessionWith } from '../helpers/run-records.ts';
import { until } from '../helpers/until.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const paused = { kind: 'paused', sentence: null, at: 1 } as const;

/** A task whose last run was before a reboot, and its state then. */
async function leave(world: EndToEndWorld, name: string, more: Partial<RunRecord>): Promise<void> {
  await world.prepare(name, { done: 1 });
  const directory = await taskDirectory(world.project, name).identity();
  const state = stateDirectory(stateHome(world.env), world.project, name);
  await state.make();
  const runner = { pid: process.pid, startTime: '1', bootId: 'another boot' };
  await state.writeRecord(recordWith({ runner, directory: directory!, session: null, ...more }));
}

describe('--continue-all', { concurrent: true }, () => {
  test('recovers interrupted tasks, but no task that the user paused or was about to pause', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await leave(world, 'at-work', {});
    await leave(world, 'full-access', { sandbox: 'danger-full-access' });
    await leave(world, 'told-to-end', { ending: paused, pause: 'now', toldToEnd: 'SIGTERM' });
    await leave(world, 'paused', { ending: paused, pause: 'now' });
    await leave(world, 'pausing', { pause: 'now' });
    await leave(world, 'pausing-later', { pause: 'after session' });
    await leave(world, 'failed', { ending: { kind: 'failed', sentence: 'why', at: 1 } });
    await world.prepare('untouched', { done: 1 });

    const { exitCode, stdout, stderr } = await world.run(['--continue-all']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [first, ...notes] = stdout.split('\n');
    expect(first).toBe('Continuing in the background: at-work, full-access, told-to-end');
    expect(notes).toContainEqual(
      expect.stringMatching(/^ℹ full-access: The last run had full access; this one runs in /),
    );
    for (const name of ['at-work', 'full-access', 'told-to-end']) {
      await world.untilListed(name, 'done');
    }
    const stateOf = async (name: string) => (await world.listed(name))?.state;
    expect(await stateOf('paused')).toBe('paused');
    expect(await stateOf('pausing')).toBe('interrupted');
    expect(await stateOf('pausing-later')).toBe('interrupted');
    expect(await stateOf('untouched')).toBe('idle');
    expect((await world.run(['--continue-all'])).stdout).toBe('No interrupted tasks\n');
  });

  test('recovers a run whose runner was told to end at shutdown', async ({ makeWorld }) => {
    const world = await makeWorld();
    await leave(world, 'shop', {});
    const gate = world.hold(() => true);
    await world.run(['--continue-all']);
    await gate.reached();
    const { runnerPid } = await world.untilListed('shop', 'running');
    process.kill(runnerPid!, 'SIGTERM');
    gate.open();
    await world.untilListed('shop', 'paused');
    await until('its runner is gone', async () => (await world.processes()).length === 0);

    const state = stateDirectory(stateHome(world.env), world.project, 'shop');
    const record = (await state.readRecord())!;
    await state.writeRecord({ ...record, runner: { ...record.runner, bootId: 'another boot' } });
    expect(await world.listed('shop')).toMatchObject({ state: 'interrupted' });
    await world.run(['--continue-all']);
    await world.untilListed('shop', 'done');
    expect(world.requests.at(-1)?.prompt).toContain('was interrupted in the middle');
  });

  test('gives a run no more sessions than it had left', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 6 }) });
    const open = sessionWith({ number: 2, ended: null, codex: null });
    await leave(world, 'two-left', { maxSessions: 3, sessionsInRun: 2, session: open });
    await leave(world, 'one-by-one', { autoContinue: false });

    await world.run(['--continue-all']);
    await world.untilListed('two-left', 'stopped');
    await world.untilListed('one-by-one', 'stopped');
    const sessionsOf = async (name: string) =>
      (await world.task(name).logged('autonomous.session.started')).map(({ session }) => session);
    // The second session, which was cut short, never got into the log.
    expect(await sessionsOf('two-left')).toEqual([2, 3, 4]);
    expect(await sessionsOf('one-by-one')).toHaveLength(1);
  });
});
