// A task that two machines share: a real NATS server, a git remote, and the real Codex with one scripted model.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { mirroredTask } from '../../../source/cli/deps/hub/viewing/mirrored-task.ts';
import { writeCodexHome } from '../../../source/demo/codex-home.ts';
import type { TaskMirror } from '../../../source/engine/hub/logs/mirror-task.ts';
import { linkHub } from '../../../source/engine/hub/hub-link.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { pathKey, stateHome, statePath } from '../../../source/system/state/state-files.ts';
import type { EndToEndWorld } from '../end-to-end-world.ts';
import { until } from '../until.ts';
import { NatsServer } from './nats-server.ts';
import { git, withRemote } from './project-remote.ts';

export const configuration = { restSeconds: 0, checkpoints: 'on' };
/** Lease and margin are 35 s, and a busy machine starts slowly. */
export const patience = { timeoutMs: 120_000 };

function workIn(remote: string): string {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
  return refs.split('\n').find((ref) => ref.endsWith('/work')) ?? '';
}

type Shared = {
  /** The machine that works first, and the one that goes on. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  server: NatsServer;
  /** What the remote has of a file of the work. */
  remoteFile(path: string): string;
  /** What the commit there says. */
  remoteSays(): string;
  untilDone(): Promise<void>;
  /** What one who only looks sees of the task. */
  mirror: TaskMirror;
  /** The log of the task on a machine, as that has it. */
  logOf(world: EndToEndWorld): Promise<Buffer>;
  /** The directory of a machine's clone for it. */
  cloneOf(world: EndToEndWorld): string;
  /** A file of the state that a machine has of it. */
  stateFileOf(world: EndToEndWorld, name: string): Promise<string>;
};

/** Two machines with one model, a hub and a remote; the task is given by the first. */
export async function withTask(
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
    const cloneOf = ({ env }: EndToEndWorld): string =>
      join(stateHome(env), 'shared', pathKey(key), 'project');
    await act({
      ...{ first, second, hub, server, mirror, cloneOf },
      logOf: (world) => readFile(join(cloneOf(world), '.autonomous', 'parts', 'session.log')),
      stateFileOf: (world, name) =>
        readFile(join(statePath(stateHome(world.env), cloneOf(world), 'parts'), name), 'utf8'),
      remoteFile: (path) => git(remote, 'show', `${workIn(remote)}:${path}`),
      remoteSays: () => git(remote, 'show', '-s', '--format=%s', workIn(remote)),
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
