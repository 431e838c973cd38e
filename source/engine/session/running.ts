// One session from its intent to its recorded end: starts Codex or adopts one whose runner died, and writes
// `session.ended` when no process of it is alive. Only the holder of the task's locks may create one.

import type { FileHandle } from 'node:fs/promises';
import type { SessionRecord } from '../../core/run/record.ts';
import type { Cut } from '../../core/run/stop.ts';
import type { CopiedSession, Found, LogCopy } from '../../system/copy/log-copy.ts';
import type { ExitFact, StartedCodex } from '../../system/process/codex-process.ts';
import { finishCopy, followCopy, type FollowedCopy } from './following-copy.ts';
import type { Launch } from './launch-kinds.ts';
import { emptyErrorLog, endLines, startLine, writeEnd, type RecordedEnd } from './log-lines.ts';
import { keptErrors, outcomeOf, type SessionEnd } from './outcome.ts';
import { readSession, type SessionContext, type SessionRead } from './reading.ts';

/** How much of the end of Codex's stderr is kept in the log. */
const maxErrorBytes = 256 * 1024;
const lookEveryMs = 500;

export type SessionUnderway = {
  record: SessionRecord;
  signal(signal: NodeJS.Signals): Promise<void>;
  /**
   * Ends stragglers, reads the log to its end and records the session's end; `beforeEnd` comes before that, when no
   * process lives. May be retried if it throws.
   */
  close(sweepGraceMs: number, cut: Cut, beforeEnd: () => Promise<void>): Promise<SessionEnd>;
};

/** Starts Codex for a session whose record is already on disk. Throws the system's error. */
export async function startSession(
  context: SessionContext,
  call: Launch,
): Promise<SessionUnderway> {
  const { deps, record } = context;
  const { state } = deps;
  const files: FileHandle[] = [];
  const copy = deps.copyLog(copied(record), 'alive');
  let started: StartedCodex;
  try {
    const prompt = await state.openPrompt(call.prompt);
    files.push(prompt);
    const output = await state.openOutput(record.uuid);
    files.push(output);
    const errors = await state.openErrors(record.uuid);
    files.push(errors);
    // The start line: the log must say that the session began before Codex does anything.
    await copy.copyOn();
    started = await deps.codex
      .start({
        codex: call.codex,
        arguments: call.arguments,
        directory: call.workplace,
        writable: call.writable,
        uuid: record.uuid,
        descriptors: { stdin: prompt.fd, stdout: output.fd, stderr: errors.fd },
        lease: call.lease,
      })
      .catch(async (error: unknown) => {
        await recordNoStart(context, copy);
        throw error;
      });
  } catch (error) {
    await copy.close().catch(() => {});
    throw error;
  } finally {
    // Codex has its own copies by now. Failing to close ours must not look like a failed start.
    for (const file of files) await file.close().catch(() => {});
  }
  record.codex = started.identity;
  return follow(context, started.exited, followCopy(context, copy));
}

/** Follows a session that another runner started, or closes it if it is dead. Its exit code stays unknown. */
export function adoptSession(context: SessionContext, found: Found): SessionUnderway {
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
  const { deps, record } = context;
  if (record.output === 'log') return follow(context, exited, null);
  const copy = deps.copyLog(copied(record), found);
  return follow(
    context,
    exited,
    found === 'alive' ? followCopy(context, copy) : finishCopy(context, copy),
  );
}

function follow(
  context: SessionContext,
  exited: Promise<ExitFact>,
  copying: FollowedCopy | null,
): SessionUnderway {
  const { deps, tell, record } = context;
  const { clock, codex } = deps;
  const reading = readSession(context);
  let read: Promise<SessionRead> | null = null;
  void exited.then(() => tell({ kind: 'exited', session: record.number }));
  return {
    record,
    signal: (signal) => codex.signalSession(processesOf(record), signal),
    close: async (sweepGraceMs, cut, beforeEnd) => {
      await codex.sweepSession(processesOf(record), sweepGraceMs);
      read ??= reading.finish();
      const { result, ...lines } = await read;
      await beforeEnd();
      const exit = await exited;
      const stderr = await readErrors(context);
      const end: SessionEnd = { result, exit, stderr };
      const at = clock.now();
      const outcome = outcomeOf(end, cut);
      const recorded = { exit, stderr: keptErrors(stderr, outcome), at, outcome };
      const written =
        copying === null
          ? await writeOwnEnd(context, recorded, lines)
          : await copying.end(recorded);
      record.ended = { at, outcome, copy: written };
      return end;
    },
  };
}

async function readErrors({ deps, record }: SessionContext): Promise<string> {
  return record.output === 'own file'
    ? deps.state.readErrors(record.uuid, maxErrorBytes)
    : deps.task.readErrorLog(maxErrorBytes);
}

/** The end of a session that an older version started: its Codex writes into session.log itself. */
async function writeOwnEnd(
  { deps, record }: SessionContext,
  end: Omit<RecordedEnd, 'startLine'>,
  { startLine, endLine }: Pick<SessionRead, 'startLine' | 'endLine'>,
): Promise<null> {
  if (endLine === 'missing') await writeEnd(deps.task, record, { ...end, startLine });
  await emptyErrorLog(deps.task);
  return null;
}

/** The log says that the session began, so it must also say that it ended. */
async function recordNoStart({ deps, record }: SessionContext, copy: LogCopy): Promise<void> {
  const end = {
    exit: { exitCode: null, signal: null },
    stderr: '',
    at: deps.clock.now(),
    outcome: 'not started',
  };
  await copy.end((endOfOutput) => endLines(record, end, endOfOutput)).catch(() => {});
}

function copied(record: SessionRecord): CopiedSession {
  return { uuid: record.uuid, offset: record.log.offset, startLine: startLine(record) };
}

function processesOf({ uuid, codex }: SessionRecord): {
  uuid: string;
  leader: SessionRecord['codex'];
} {
  return { uuid, leader: codex };
}
