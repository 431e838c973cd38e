// What the runner itself writes into session.log: a session's start, and its end with the lines of stderr. Only the
// holder of the task's locks may write, and the end only when no process of the session is alive and its copy is
// finished: a line between two pieces of one of Codex's lines would tear both.

import type { FileHandle } from 'node:fs/promises';
import type { EndLines } from '../../core/log/log-copy.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { readBytes } from '../../system/files/safe-file.ts';
import type { ExitFact } from '../../system/process/codex-process.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

/** Whether the last line of a file is whole. */
export type OutputEnd = 'line end' | 'mid-line';

export type RecordedEnd = {
  exit: ExitFact;
  stderr: string;
  at: number;
  outcome: string;
  /** A missing one is written too: without it, readers of the log could not tell what ended. */
  startLine: 'there' | 'missing';
};

/** Where session.log ends, and which file it is. */
export async function logEnd(task: Pick<TaskDirectory, 'openLog'>): Promise<SessionRecord['log']> {
  const log = await task.openLog();
  try {
    const { size, dev, ino } = await log.stat();
    return { offset: size, device: dev, inode: ino };
  } finally {
    await log.close();
  }
}

/** Where the next session's first line will be, after a half line is ended; recorded before anything is started. */
export async function nextLineOffset(task: TaskDirectory): Promise<number> {
  const log = await task.openLog();
  try {
    await append(log, await newlineIfNeeded(task));
    return (await log.stat()).size;
  } finally {
    await log.close();
  }
}

/** What follows the copy of a session: stderr's lines and the end. */
export function endLines(
  record: SessionRecord,
  end: Omit<RecordedEnd, 'startLine'>,
  endOfOutput: OutputEnd,
): EndLines {
  const errors = errorLines(record, end.stderr).map((line) => `${line}\n`);
  return {
    before: (endOfOutput === 'mid-line' ? '\n' : '') + errors.join(''),
    last: `${endLine(record, end)}\n`,
  };
}

/** The same for a session that wrote into session.log itself: in one write, so that a later reader finds all or nothing. */
export async function writeEnd(
  task: TaskDirectory,
  record: SessionRecord,
  end: RecordedEnd,
): Promise<void> {
  const lines = errorLines(record, end.stderr);
  if (end.startLine === 'missing') lines.unshift(startLine(record));
  lines.push(endLine(record, end));
  const log = await task.openLog();
  try {
    await append(log, `${await newlineIfNeeded(task)}${lines.join('\n')}\n`);
    await log.sync();
  } finally {
    await log.close();
  }
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

/** A newline if the log ends in the middle of a line, else nothing. */
async function newlineIfNeeded(task: TaskDirectory): Promise<string> {
  return (await task.logEndsMidLine()) ? '\n' : '';
}

export async function endOf(file: FileHandle): Promise<OutputEnd> {
  const { size } = await file.stat();
  if (size === 0) return 'line end';
  const [last] = await readBytes(file, { position: size - 1, length: 1 });
  return last === 0x0a ? 'line end' : 'mid-line';
}

/** In one write (`appendFile` would split a long text); in more only if the system takes less at once. */
export async function append(
  log: FileHandle,
  text: string | Buffer,
  onWritten: (written: number) => void = () => {},
): Promise<void> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await log.write(bytes, done);
    done += bytesWritten;
    onWritten(bytesWritten);
  }
}
