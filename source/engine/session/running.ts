// One session from its intent to its recorded end: starts Codex or adopts one whose runner died, and writes
// `session.ended` when no process of it is alive. Only the holder of the task's locks may create one.

import type { FileHandle } from 'node:fs/promises';
import type { SessionRecord } from '../../core/run/record.ts';
import type { Cut } from '../../core/run/stop.ts';
import type { ExitFact, StartedCodex } from '../../system/process/codex-process.ts';
import type { Launch } from './launch.ts';
import { emptyErrorLog, writeEnd, writeStart } from './log-lines.ts';
import { outcomeOf, type SessionEnd } from './outcome.ts';
import { readSession, type SessionContext, type SessionRead } from './reading.ts';

/** How much of the end of Codex's stderr is kept in the log. */
const maxErrorBytes = 256 * 1024;
const lookEveryMs = 500;

export type SessionUnderway = {
  record: SessionRecord;
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Ends stragglers, reads the log to its end and records the session's end. May be retried if it throws. */
  close(sweepGraceMs: number, cut: Cut): Promise<SessionEnd>;
};

/** Starts Codex for a session whose record is already on disk. Throws the system's error. */
export async function startSession(
  context: SessionContext,
  call: Launch,
): Promise<SessionUnderway> {
  const { deps, record } = context;
  const { task, state } = deps;
  const files: FileHandle[] = [];
  let started: StartedCodex;
  try {
    const prompt = await state.openPrompt(call.prompt);
    files.push(prompt);
    const log = await task.openLog();
    files.push(log);
    const errorLog = await task.openErrorLog();
    files.push(errorLog);
    await errorLog.truncate(0);
    await writeStart(task, log, record);
    started = await deps.codex
      .start({
        codex: call.codex,
        arguments: call.arguments,
        directory: call.project,
        writable: call.writable,
        uuid: record.uuid,
        descriptors: { stdin: prompt.fd, stdout: log.fd, stderr: errorLog.fd },
      })
      .catch(async (error: unknown) => {
        await recordNoStart(context);
        throw error;
      });
  } finally {
    // Codex has its own copies by now. Failing to close ours must not look like a failed start.
    for (const file of files) await file.close().catch(() => {});
  }
  record.codex = started.identity;
  return follow(context, started.exited);
}

/** Follows a session that another runner started. Its exit code stays unknown. */
export function adoptSession(context: SessionContext): SessionUnderway {
  const { codex, clock } = context.deps;
  const exited = new Promise<ExitFact>((resolve) => {
    const look = async (): Promise<void> => {
      const { record } = context;
      if (await codex.codexLives({ ...processesOf(record), log: record.log })) return;
      stopLooking();
      resolve({ exitCode: null, signal: null });
    };
    const lookSoon = (): void => void look().catch(() => {});
    const stopLooking = clock.every(lookEveryMs, lookSoon);
    lookSoon();
  });
  return follow(context, exited);
}

function follow(context: SessionContext, exited: Promise<ExitFact>): SessionUnderway {
  const { deps, tell, record } = context;
  const { clock, codex, task } = deps;
  const reading = readSession(context);
  let read: Promise<SessionRead> | null = null;
  void exited.then(() => tell({ kind: 'exited', session: record.number }));
  return {
    record,
    signal: (signal) => codex.signalSession(processesOf(record), signal),
    close: async (sweepGraceMs, cut) => {
      await codex.sweepSession(processesOf(record), sweepGraceMs);
      read ??= reading.finish();
      const { result, startLine, endLine } = await read;
      const exit = await exited;
      const stderr = await task.readErrorLog(maxErrorBytes);
      const end: SessionEnd = { result, exit, stderr };
      const at = clock.now();
      const outcome = outcomeOf(end, cut);
      if (endLine === 'missing') {
        await writeEnd(task, record, { exit, stderr, at, outcome, startLine });
      }
      await emptyErrorLog(task);
      record.ended = { at, outcome };
      return end;
    },
  };
}

/** The log says that the session began, so it must also say that it ended. */
async function recordNoStart({ deps, record }: SessionContext): Promise<void> {
  const at = deps.clock.now();
  await writeEnd(deps.task, record, {
    exit: { exitCode: null, signal: null },
    stderr: '',
    at,
    outcome: 'not started',
    startLine: 'there',
  }).catch(() => {});
}

function processesOf({ uuid, codex }: SessionRecord): {
  uuid: string;
  leader: SessionRecord['codex'];
} {
  return { uuid, leader: codex };
}
