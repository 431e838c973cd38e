// The process of a check, from its start until nothing of it is alive.

import { closeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '../clock.ts';
import { startCodex, type ExitFact, type StartedCodex } from '../process/codex-process.ts';
import {
  signalSession,
  sweepSession,
  type SessionProcesses,
} from '../process/session-processes.ts';
import { openPipe } from './own-pipe.ts';
import type { OutputEnd } from './output-end.ts';

export type Launch = {
  /** Absolute path. */
  program: string;
  arguments: readonly string[];
  environment: { PATH?: string };
};

/** `not begun`: Codex and its sandbox took too long. */
export type Stop = 'interrupted' | 'timed out' | 'not begun';

type Limits = { timeoutMs: number; interruptGraceMs: number; terminateGraceMs: number };

type Place = {
  project: string;
  writable: readonly string[];
  uuid: string;
  outputPath: string;
};

/** How long Codex and its sandbox may take before the command begins. */
const startPatienceMs = 60_000;
/** When all writers are dead, the rest is in the pipe; one that could not be ended may keep it open. */
const patienceMs = 2000;

/** Throws if it cannot be started. */
export async function runToItsEnd(
  run: Place & Limits,
  launch: Launch,
  { cancelled, output }: { cancelled: Promise<Stop>; output: OutputEnd },
): Promise<{ stop: Stop | null; exit: ExitFact }> {
  const path = join(dirname(run.outputPath), `.check-${run.uuid}.pipe`);
  const { reading, writing } = await openPipe(path, launch.environment);
  const closed = new Promise<void>((resolve) => reading.once('close', () => resolve()));
  reading.on('error', () => {});
  reading.on('data', (part: Buffer) => output.add(part));
  try {
    const { identity, exited } = await start(run, launch, writing);
    const session = { uuid: run.uuid, leader: identity };
    const stop = await stopOf(run, { exited, cancelled, begun: output.begun });
    if (stop !== null) await endByLadder(session, exited, run);
    // After a normal end, too: what it left behind must not work beside the next session.
    await sweepSession(session, run.terminateGraceMs);
    const patience = after(patienceMs, null);
    await Promise.race([closed, patience.over]);
    patience.stop();
    return { stop, exit: await exited };
  } finally {
    reading.destroy();
  }
}

type Hearing = {
  exited: Promise<ExitFact>;
  cancelled: Promise<Stop>;
  begun: OutputEnd['begun'];
};

/** Why it must be stopped; null when it ended by itself. The command's time is its own: a slow start does not count. */
async function stopOf(
  { timeoutMs }: Limits,
  { exited, cancelled, begun }: Hearing,
): Promise<Stop | null> {
  const ended = exited.then(() => null);
  const starting = after(startPatienceMs, 'not begun' as const);
  const first = await Promise.race([ended, cancelled, begun, starting.over]);
  starting.stop();
  if (first !== 'begun') return first;
  const running = after(timeoutMs, 'timed out' as const);
  const second = await Promise.race([ended, cancelled, running.over]);
  running.stop();
  return second;
}

/** In a process group and session of its own, with the marker. */
async function start(
  { project, writable, uuid }: Place,
  launch: Launch,
  output: number,
): Promise<StartedCodex> {
  try {
    const nothing = await open('/dev/null', 'r');
    try {
      return await startCodex({
        codex: launch.program,
        arguments: launch.arguments,
        directory: project,
        writable,
        uuid,
        descriptors: { stdin: nothing.fd, stdout: output, stderr: output },
      });
    } finally {
      await nothing.close();
    }
  } finally {
    closeSync(output);
  }
}

/** A signal to its pid alone would leave its children alive. */
async function endByLadder(
  session: SessionProcesses,
  exited: Promise<ExitFact>,
  { interruptGraceMs, terminateGraceMs }: Limits,
): Promise<void> {
  const rungs = [
    ['SIGINT', interruptGraceMs],
    ['SIGTERM', terminateGraceMs],
  ] as const;
  for (const [signal, graceMs] of rungs) {
    await signalSession(session, signal);
    const grace = after(graceMs, 'alive' as const);
    const first = await Promise.race([exited, grace.over]);
    grace.stop();
    if (first !== 'alive') return;
  }
  await signalSession(session, 'SIGKILL');
}

/** The time that the machine sleeps does not count. */
function after<Word>(ms: number, word: Word): { over: Promise<Word>; stop: () => void } {
  const until = systemClock.monotonic() + ms;
  let stop = (): void => {};
  const over = new Promise<Word>((resolve) => {
    const nap = (): void => {
      const left = until - systemClock.monotonic();
      if (left <= 0) resolve(word);
      else stop = systemClock.wakeAt(systemClock.now() + left, nap);
    };
    nap();
  });
  return { over, stop: () => stop() };
}
