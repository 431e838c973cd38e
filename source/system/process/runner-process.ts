// Hands a run to a process of its own: starts the runner detached, gives it the request as one message (whole
// or not at all), and waits until it says that it runs. What it says to nobody goes to runner.log.

import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ForeignOwner } from '../files/own-directory.ts';
import { frugalNodeArguments } from './small-heap.ts';
import { makeStateDirectory, noStateSentence } from '../state/state-directory.ts';

export type RunnerReply =
  /** With what the person should hear of, a sentence each. */
  | { kind: 'started'; run: string; notes?: readonly string[] }
  | { kind: 'busy'; pid: number | null }
  | { kind: 'problem'; sentence: string };

export type RunnerLaunch<Request> = {
  /** The runner's program, a file beside this one. */
  program: string;
  directory: string;
  stateDirectory: string;
  foreignOwner?: ForeignOwner;
  request: Request;
};

export async function launchRunner<Request extends object>(
  launch: RunnerLaunch<Request>,
): Promise<RunnerReply> {
  let log: FileHandle;
  let notes: readonly string[];
  try {
    notes = await makeStateDirectory(launch.stateDirectory, launch.foreignOwner);
    log = await open(join(launch.stateDirectory, 'runner.log'), 'a', 0o600);
  } catch (error) {
    return { kind: 'problem', sentence: noStateSentence(launch.stateDirectory, error) };
  }
  try {
    const runner = execa(process.execPath, [...frugalNodeArguments(), launch.program], {
      cwd: launch.directory,
      // Its own session: it outlives the terminal, and Ctrl-C there does not reach it.
      detached: true,
      cleanup: false,
      buffer: false,
      reject: false,
      ipc: true,
      stdin: 'ignore',
      stdout: log.fd as 4,
      stderr: log.fd as 5,
    });
    runner.nodeChildProcess.unref();
    try {
      await runner.sendMessage(launch.request);
      return withNotes((await runner.getOneMessage()) as unknown as RunnerReply, notes);
    } catch {
      return {
        kind: 'problem',
        sentence: `The runner ended before it could begin: see ${join(launch.stateDirectory, 'runner.log')}`,
      };
    } finally {
      if (runner.nodeChildProcess.connected) runner.nodeChildProcess.disconnect();
    }
  } finally {
    await log.close();
  }
}

function withNotes(reply: RunnerReply, notes: readonly string[]): RunnerReply {
  return reply.kind === 'started' ? { ...reply, notes: [...notes, ...(reply.notes ?? [])] } : reply;
}
