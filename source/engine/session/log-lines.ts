// What the runner itself writes into session.log: a session's start, and its end with the lines of stderr. Only the
// holder of the task's locks may write, and the end only when no process of the session is alive and its copy is
// finished: a line between two pieces of one of Codex's lines would tear both.

import type { EndLines } from '../../core/copy/log-copy.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { FileEnd } from '../../system/files/append-whole.ts';
import type { ExitFact } from '../../system/process/codex-process.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

export type RecordedEnd = {
  exit: ExitFact;
  stderr: string;
  at: number;
  outcome: string;
  /** A missing one is written too: without it, readers of the log could not tell what ended. */
  startLine: 'there' | 'missing';
};

/** What follows the copy of a session: stderr's lines and the end. */
export function endLines(
  record: SessionRecord,
  end: Omit<RecordedEnd, 'startLine'>,
  endOfOutput: FileEnd,
): EndLines {
  const errors = errorLines(record, end.stderr).map((line) => `${line}\n`);
  return {
    before: (endOfOutput === 'mid-line' ? '\n' : '') + errors.join(''),
    last: `${endLine(record, end)}\n`,
  };
}

/** The same for a session that wrote into session.log itself: in one write, so that a later reader finds all or nothing. */
export async function writeEnd(
  task: Pick<TaskDirectory, 'appendToLog'>,
  record: SessionRecord,
  end: RecordedEnd,
): Promise<void> {
  const lines = errorLines(record, end.stderr);
  if (end.startLine === 'missing') lines.unshift(startLine(record));
  lines.push(endLine(record, end));
  await task.appendToLog(`${lines.join('\n')}\n`);
}

/** Its lines are in the log already, or belong to an earlier session. */
export async function emptyErrorLog(task: TaskDirectory): Promise<void> {
  const errorLog = await task.openErrorLog();
  await errorLog.truncate(0).finally(() => errorLog.close());
}

function errorLines({ uuid }: SessionRecord, stderr: string): string[] {
  return stderr
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.stringify({ type: 'autonomous.stderr', uuid, text }));
}

function endLine(record: SessionRecord, end: Omit<RecordedEnd, 'startLine'>): string {
  return JSON.stringify({
    type: 'autonomous.session.ended',
    session: record.number,
    uuid: record.uuid,
    at: new Date(end.at).toISOString(),
    exitCode: end.exit.exitCode,
    signal: end.exit.signal,
    outcome: end.outcome,
  });
}

/** Always the same for one record: what was copied is found by comparing. */
export function startLine(record: SessionRecord): string {
  return JSON.stringify({
    type: 'autonomous.session.started',
    session: record.number,
    uuid: record.uuid,
    role: record.role,
    at: new Date(record.startedAt).toISOString(),
    ...(record.resumes === null ? {} : { resumes: record.resumes }),
  });
}

/** Where the copy of what Codex writes begins in session.log: behind the start line. */
export function outputOffset(record: SessionRecord): number {
  return record.log.offset + Buffer.byteLength(startLine(record)) + 1;
}
