// What the runner itself writes into session.log: a session's start, and its end with the lines of stderr. Only the
// holder of the task's locks may write, and the end only when no process of the session is alive: a line
// between two pieces of one of Codex's lines would tear both.

import type { FileHandle } from 'node:fs/promises';
import type { SessionRecord } from '../../core/run/record.ts';
import type { ExitFact } from '../../system/process/codex-process.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

type RecordedEnd = {
  exit: ExitFact;
  stderr: string;
  at: number;
  outcome: string;
  /** A missing one is written too: without it, readers of the log could not tell what ended. */
  startLine: 'there' | 'missing';
};

/** Where the next session's first line will be; recorded before anything is started. */
export async function logEnd(task: Pick<TaskDirectory, 'openLog'>): Promise<SessionRecord['log']> {
  const log = await task.openLog();
  try {
    const { size, dev, ino } = await log.stat();
    return { offset: size, device: dev, inode: ino };
  } finally {
    await log.close();
  }
}

export async function writeStart(
  task: TaskDirectory,
  log: FileHandle,
  record: SessionRecord,
): Promise<void> {
  await append(log, `${await newlineIfNeeded(task)}${startLine(record)}\n`);
}

/** Writes stderr's lines and the end in one write, so that a later reader finds both or neither. */
export async function writeEnd(
  task: TaskDirectory,
  record: SessionRecord,
  end: RecordedEnd,
): Promise<void> {
  const lines = end.stderr
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.stringify({ type: 'autonomous.stderr', uuid: record.uuid, text }));
  if (end.startLine === 'missing') lines.unshift(startLine(record));
  lines.push(
    JSON.stringify({
      type: 'autonomous.session.ended',
      session: record.number,
      uuid: record.uuid,
      at: new Date(end.at).toISOString(),
      exitCode: end.exit.exitCode,
      signal: end.exit.signal,
      outcome: end.outcome,
    }),
  );
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

function startLine(record: SessionRecord): string {
  return JSON.stringify({
    type: 'autonomous.session.started',
    session: record.number,
    uuid: record.uuid,
    role: record.role,
    at: new Date(record.startedAt).toISOString(),
    ...(record.resumes === null ? {} : { resumes: record.resumes }),
  });
}

/** A newline if the log ends in the middle of a line, else nothing. */
async function newlineIfNeeded(task: TaskDirectory): Promise<string> {
  return (await task.logEndsMidLine()) ? '\n' : '';
}

/** In one write (`appendFile` would split a long text); in more only if the system takes less at once. */
async function append(log: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += (await log.write(bytes, written)).bytesWritten;
  }
}
