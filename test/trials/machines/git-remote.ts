// The git remote of the trial's machines, and what it has of their work.

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../helpers/until.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { TaskAtRemote } from './judge.ts';
import type { Host } from './network.ts';

export type GitRemote = { path: string; end(): Promise<void> };

/**
 * It has the project's first commit, and is served by a process of its own: a machine that is killed must not take with it what
 * works at the remote. `host`: where it is served; null: on the loopback address.
 */
export async function makeRemote({ project }: TrialWorld, host: Host | null): Promise<GitRemote> {
  const directory = await mkdtemp(join(tmpdir(), 'remote-'));
  const path = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, path);
  const { address, through } = host ?? { address: '127.0.0.1', through: [] };
  const port = host === null ? await freePort() : 9418;
  const daemon = serve(directory, { address, through, port });
  const url = `git://${address}:${port}/remote.git`;
  git(project, 'remote', 'add', 'origin', url);
  await until('the remote answers', () => fetches(project));
  return {
    path,
    end: async () => {
      // Not SIGKILL: git hands this one on to the daemon, which is a child of it.
      const ended = once(daemon, 'close');
      daemon.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function serve(
  directory: string,
  { address, through, port }: Pick<Host, 'address' | 'through'> & { port: number },
): ChildProcess {
  const [program = '', ...words] = [...through, 'git', 'daemon', '--reuseaddr', '--export-all'];
  words.push('--enable=receive-pack', `--base-path=${directory}`, `--listen=${address}`);
  words.push(`--port=${port}`, directory);
  return spawn(program, words, { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function fetches(project: string): boolean {
  try {
    git(project, 'fetch', '-q', 'origin');
    return true;
  } catch {
    return false;
  }
}

export function atRemote(remote: string, task: string): TaskAtRemote {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/').split('\n');
  const show = (ref: string, path: string): string | null => {
    try {
      return git(remote, 'show', `${ref}:${path}`);
    } catch {
      return null;
    }
  };
  for (const ref of refs.filter((one) => one.endsWith('/work'))) {
    const list = show(ref, `.autonomous/${task}/task_list.md`);
    if (list === null) continue;
    const boxes = list.match(/^\s*- \[[ x]\]/gm) ?? [];
    const ticked = boxes.filter((box) => box.includes('x')).length;
    const lines = (show(ref, 'parts.txt') ?? '').split('\n');
    return { task, ticked, total: boxes.length, lines };
  }
  return { task, ticked: 0, total: 0, lines: [] };
}

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();
}
