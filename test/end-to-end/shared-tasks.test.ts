// Tasks that machines share over a hub: two machines, a real NATS server, a git remote, and the real Codex.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { mirroredTask } from '../../source/cli/deps/hub/mirrored-task.ts';
import { systemClock } from '../../source/system/clock.ts';
import type { TaskMirror } from '../../source/engine/hub/logs/mirror-task.ts';
import { linkHub } from '../../source/engine/hub/hub-link.ts';
import { connectHub } from '../../source/system/hub/hub-connection.ts';
import { pathKey, stateHome } from '../../source/system/state/state-files.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { git, withRemote } from '../helpers/hub/project-remote.ts';
import { endProcessesUnder, processesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const configuration = { restSeconds: 0, checkpoints: 'on' };
/** Lease and margin are 35 s, and a busy machine starts slowly. */
const patience = { timeoutMs: 120_000 };

type Shared = {
  /** The machine that works first, and the one that goes on. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  /** What the remote has of a file of the work. */
  remoteFile(path: string): string;
  untilDone(): Promise<void>;
  /** What one who only looks sees of the task. */
  mirror: TaskMirror;
  /** The log of the task on a machine, as that has it. */
  logOf(world: EndToEndWorld): Promise<Buffer>;
};

/** Two machines with one model, a hub and a remote; the task is given by the first. */
async function withTask(
  makeWorld: () => Promise<EndToEndWorld>,
  act: (shared: Shared) => Promise<void>,
): Promise<void> {
  const [first, second] = [await makeWorld(), await makeWorld()];
  await writeCodexHome(second.codexHome, { url: first.model.url, shellSnapshot: false });
  const remote = withRemote(first);
  const server = await NatsServer.start();
  const address = { url: server.url, machine: 'viewer', seed: null, certificate: null };
  const link = linkHub({
    connect: () => connectHub(address, { answerMs: 5000 }),
    clock: systemClock,
  });
  let mirror: TaskMirror | null = null;
  try {
    const hub = ['--hub', server.url];
    const given = await first.run([...hub, '--task-name', 'parts', 'Build the parts']);
    expect(given).toMatchObject({ exitCode: 0, stderr: '' });
    expect(given.stdout).toMatch(/^✓ parts is given to the hub/);
    const connection = await until('the viewer is connected', () => link.current());
    const [{ key = '' } = {}] = await connection.list('tasks', 'task.>');
    mirror = await mirroredTask(link, { key, directory: join(first.directory, 'mirror') });
    await act({
      ...{ first, second, hub, mirror },
      logOf: ({ env }) => {
        const clone = join(stateHome(env), 'shared', pathKey(key), 'project');
        return readFile(join(clone, '.autonomous', 'parts', 'session.log'));
      },
      remoteFile: (path) => {
        const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
        const work = refs.split('\n').find((ref) => ref.endsWith('/work'))!;
        return git(remote, 'show', `${work}:${path}`);
      },
      untilDone: async () => {
        const isDone = async () => (await second.run(hub)).stdout.includes('✓ parts');
        await until('the task is done', isDone, patience);
      },
    });
  } finally {
    await mirror?.close();
    await link.close();
    await server.remove();
  }
}

/** The mirror is these bytes, one after the other. */
async function untilMirrored(mirror: TaskMirror, logs: () => Promise<Buffer[]>): Promise<void> {
  await until(
    'the mirror is equal',
    async () => (await readFile(mirror.logPath)).equals(Buffer.concat(await logs())),
    patience,
  );
}

const plan = smallPlan({ steps: 3 });
const wholeWork = 'part 1\npart 2\npart 3';
const timeout = 300_000;

describe.skipIf(!hasNats).concurrent('a task that machines share', () => {
  test(
    'goes on elsewhere when its machine is gone, and no step is done twice',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone, mirror, logOf }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          await endProcessesUnder(first.directory);
          gate.open();
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
          // The machine is back: what it had not sent is where it belongs.
          const { length } = await logOf(first);
          first.start(['--worker', ...hub]);
          await untilMirrored(mirror, async () => [await logOf(first), await logOf(second)]);
          expect((await logOf(first)).length).toBeGreaterThanOrEqual(length);
        },
      );
    },
  );

  test(
    'is seen elsewhere: its log byte for byte, its list and its notes',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, hub, untilDone, mirror, logOf }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          await until('the list is seen', () => mirror.texts()?.list?.text.includes('- [x]'));
          await untilMirrored(mirror, async () => [await logOf(first)]);
          gate.open();
          await untilDone();
          await untilMirrored(mirror, async () => [await logOf(first)]);
          expect(mirror.texts()?.list?.text).not.toContain('- [ ]');
          expect(mirror.texts()?.notes?.text).toMatch(/part/);
          expect(mirror.problem()).toBeNull();
        },
      );
    },
  );

  test(
    'is lost by a machine that stands still: when that wakes, its Codex ends and changes nothing',
    {
      timeout,
    },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          const machine = processesUnder(first.directory);
          const codex = machine.filter(({ command }) => command.includes(' exec '));
          expect(codex).not.toEqual([]);
          for (const { pid } of machine) process.kill(pid, 'SIGSTOP');
          // The answer lies there when it wakes.
          gate.open();
          second.start(['--worker', ...hub]);
          await untilDone();
          for (const { pid } of machine) process.kill(pid, 'SIGCONT');
          await until('its Codex is gone', () => {
            const pids = new Set(processesUnder(first.directory).map(({ pid }) => pid));
            return codex.every(({ pid }) => !pids.has(pid));
          });
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );

  test(
    'is free at once when its worker is told to end, which leaves no process behind',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          const worker = first.start(['--worker', ...hub]);
          await gate.reached();
          worker.kill('SIGTERM');
          expect(await worker.ended).toMatchObject({ exitCode: 0, stderr: '' });
          await first.untilNobodyLives();
          gate.open();
          expect((await second.run(hub)).stdout).toContain('parts');
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );
});
