// Starts a run in a process of its own: starts the runner detached, sends it the request as one message (whole or
// not at all), and waits until it reports that it runs. Its stdout and stderr go to runner.log.

import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ForeignOwner } from '../files/own-directory.ts';
import { frugalNodeArguments } from './small-heap.ts';
import { makeStateDirectory, noStateSentence } from '../state/make-state.ts';

export type RunnerReply =
  /** `notes`: sentences for the user. */
  | { kind: 'started'; run: string; notes?: readonly string[] }
  | { kind: 'busy'; pid: number | null; isTakenOver?: boolean }
  | { kind: 'problem'; sentence: string };

type RunnerLaunch<Request> = {
  /** The path of the runner's program. */
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
        sentence: `The background process ended before it could start the run: see ${join(launch.stateDirectory, 'runner.log')}`,
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
