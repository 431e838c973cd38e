// Starts a warden, which starts Codex: in a process group and session of its own, on Codex's descriptors, with the session's
// marker and nothing else in its environment.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { sessionMarker } from '../../core/codex/arguments.ts';
import { frugalNodeArguments } from '../process/small-heap.ts';
import { connection, readNews, type WardenNews, type WardenRequest } from './request.ts';

type WardenLaunch = WardenRequest & {
  /** The path of the warden's program. */
  warden: string;
  descriptors: { stdin: number; stdout: number; stderr: number };
};

type StartedWarden = {
  pid: number;
  /** The first news: whether Codex started. Null: the warden was ended before. */
  first: Promise<WardenNews | null>;
  /** How Codex ended; if the warden was ended, how that was. */
  exited: Promise<{ exitCode: number | null; signal: string | null }>;
};

/** Throws the system's error if the warden cannot be started. */
export async function startWarden(launch: WardenLaunch): Promise<StartedWarden> {
  const { warden, descriptors, ...request } = launch;
  const { stdin, stdout, stderr } = descriptors;
  const { uuid, directory } = request;
  const child = spawn(process.execPath, [...frugalNodeArguments(), warden, uuid], {
    cwd: directory,
    env: { [sessionMarker]: uuid },
    stdio: [stdin, stdout, stderr, 'pipe'],
    detached: true,
  });
  const exited = exitOf(child);
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error('The warden has no process');
  const stream = child.stdio[connection] as Duplex;
  // It may have ended before it has read the request.
  stream.on('error', () => {});
  stream.end(JSON.stringify(request));
  const { first, last } = newsFrom(stream);
  return { pid, first, exited: exited.then(async (exit) => (await last) ?? exit) };
}

type Exit = { exitCode: number | null; signal: string | null };

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', () => {});
  });
}

function newsFrom(stream: Duplex): {
  first: Promise<WardenNews | null>;
  last: Promise<Exit | null>;
} {
  let text = '';
  const first = new Promise<WardenNews | null>((resolve) => {
    stream.on('data', (part: Buffer) => {
      text += part.toString();
      const [news] = readNews(text);
      if (news !== undefined) resolve(news);
    });
    stream.once('close', () => resolve(null));
  });
  const last = new Promise<Exit | null>((resolve) => {
    stream.once('close', () => {
      const end = readNews(text).find(({ is }) => is === 'ended');
      resolve(end?.is === 'ended' ? { exitCode: end.exitCode, signal: end.signal } : null);
    });
  });
  return { first, last };
}
