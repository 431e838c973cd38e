// A task that two machines share: a real NATS server, a git remote, and the real Codex with one scripted model.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writeCodexHome } from '../../../source/demo/codex-home.ts';
import type { EndToEndWorld } from '../end-to-end-world.ts';
import { until } from '../until.ts';
import { NatsServer } from './nats-server.ts';

export const configuration = { restSeconds: 0, checkpoints: 'on' };
/** Lease and margin are 35 s, and a busy machine starts slowly. */
export const patience = { timeoutMs: 120_000 };

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8' }).trim();
}

/** The project's first commit is at a remote that both machines reach. */
function withRemote({ directory, project }: EndToEndWorld): string {
  const remote = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, remote);
  git(project, 'remote', 'add', 'origin', `file://${remote}`);
  git(project, 'fetch', '-q', 'origin');
  return remote;
}

function workIn(remote: string): string {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
  return refs.split('\n').find((ref) => ref.endsWith('/work')) ?? '';
}

type Shared = {
  /** The machine that works first, and the one that goes on. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  /** What the remote has of a file of the work. */
  remoteFile(path: string): string;
  /** What the commit there says. */
  remoteSays(): string;
  untilDone(): Promise<void>;
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
  try {
    const hub = ['--hub', server.url];
    const given = await first.run([...hub, '--task-name', 'parts', 'Build the parts']);
    expect(given).toMatchObject({ exitCode: 0, stderr: '' });
    expect(given.stdout).toMatch(/^✓ parts is given to the hub/);
    await act({
      ...{ first, second, hub },
      remoteFile: (path) => git(remote, 'show', `${workIn(remote)}:${path}`),
      remoteSays: () => git(remote, 'show', '-s', '--format=%s', workIn(remote)),
      untilDone: async () => {
        const isDone = async () => (await second.run(hub)).stdout.includes('✓ parts');
        await until('the task is done', isDone, patience);
      },
    });
  } finally {
    await server.remove();
  }
}
