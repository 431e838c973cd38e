// One session from its intent to its recorded end: starts Codex or adopts one whose runner died, follows the
// log, and writes `session.ended` when nothing of it lives. Only the holder of the task's locks may make one.

import type { FileHandle } from 'node:fs/promises';
import { readLogLine } from '../core/codex-event.ts';
import type { SessionRecord } from '../core/run-record.ts';
import { createSessionFold, type SessionResult } from '../core/session.ts';
import type { ExitFact } from '../system/codex-process.ts';
import type { LogTail } from '../system/log-tail.ts';
import type { RunListener, RunnerDoors } from './runner-doors.ts';

/** How much of Codex's stderr is kept in the log at its end. */
const maxErrorBytes = 256 * 1024;
/** Watchers are hints; looking this often is the truth. */
const lookEveryMs = 500;

export type SessionCall = {
  arguments: readonly string[];
  codex: string;
  project: string;
  prompt: string;
};

export type SessionFacts = {
  threadStarted(threadId: string): void;
  turnOver(): void;
  exited(): void;
};

export type SessionEnd = { result: SessionResult; exit: ExitFact; stderr: string };

export type SessionUnderway = {
  record: SessionRecord;
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Ends stragglers, reads the log to its end and records the session's end with `outcome(end)`. */
  close(options: {
    sweepGraceMs: number;
    outcome: (end: SessionEnd) => string;
  }): Promise<SessionEnd>;
};

type Making = {
  doors: RunnerDoors;
  facts: SessionFacts;
  listener: RunListener;
  record: SessionRecord;
};

/** Where the next session's first line will stand; written down before anything is started. */
export async function logEnd(doors: RunnerDoors): Promise<SessionRecord['log']> {
  const log = await doors.task.openLog();
  try {
    const { size, dev, ino } = await log.stat();
    return { offset: size, device: dev, inode: ino };
  } finally {
    await log.close();
  }
}

/** Starts Codex for a session whose record stands on disk already. Throws what the system said. */
export async function startSession(making: Making, call: SessionCall): Promise<SessionUnderway> {
  const { doors, record } = making;
  const files: FileHandle[] = [];
  try {
    const prompt = await doors.state.openPrompt(call.prompt);
    files.push(prompt);
    const log = await doors.task.openLog();
    files.push(log);
    const errorLog = await doors.task.openErrorLog();
    files.push(errorLog);
    await errorLog.truncate(0);
    await log.appendFile((await needsNewline(doors)) + startedLine(record));
    const started = await doors.codex.start({
      codex: call.codex,
      arguments: call.arguments,
      directory: call.project,
      uuid: record.uuid,
      descriptors: { stdin: prompt.fd, stdout: log.fd, stderr: errorLog.fd },
    });
    record.codex = started.identity;
    return follow(making, started.exited);
  } finally {
    for (const file of files) await file.close();
  }
}

/** Follows a session that another runner started. Nobody sees its exit code. */
export function adoptSession(making: Making): SessionUnderway {
  const { codex, clock } = making.doors;
  const { uuid, codex: leader } = making.record;
  const exited = new Promise<ExitFact>((resolve) => {
    const look = async (): Promise<void> => {
      const lives =
        leader === null ? await codex.sessionLives({ uuid, leader }) : await codex.isAlive(leader);
      if (lives) return;
      stop();
      resolve({ exitCode: null, signal: null });
    };
    const stop = clock.every(lookEveryMs, () => void look());
    void look();
  });
  return follow(making, exited);
}

function follow(
  { doors, facts, listener, record }: Making,
  exited: Promise<ExitFact>,
): SessionUnderway {
  const { clock, task, state } = doors;
  const fold = createSessionFold();
  const tail = doors.tailLog(task.logPath, { from: { offset: record.log.offset } });
  const reading = { begun: false, threadSeen: false, endSeen: false, notedAt: 0 };

  const readOn = serially(async () => {
    let atEnd = false;
    while (!atEnd) {
      const batch = await tail.read();
      atEnd = batch.atEnd;
      const at = clock.now();
      for (const line of batch.lines) if (line.text !== null) see(line.text, line.offset, at);
      const last = batch.lines.at(-1);
      if (last !== undefined && at - reading.notedAt >= 1000) {
        reading.notedAt = at;
        await state.noteTime(last.offset, at).catch(() => {});
      }
    }
  });

  function see(text: string, offset: number, at: number): void {
    const event = readLogLine(text);
    if (event.type === 'session-started') reading.begun ||= event.uuid === record.uuid;
    // Where the log was replaced meanwhile, what stands in it before our first line is not ours.
    if (!reading.begun) return;
    if (event.type === 'session-ended') reading.endSeen ||= event.uuid === record.uuid;
    fold.push(event);
    listener.logged(event, { offset, at });
    // The first one only: Codex writes it before the agent can write anything into the log.
    if (event.type === 'thread-started' && !reading.threadSeen) {
      reading.threadSeen = true;
      record.threadId = event.threadId;
      facts.threadStarted(event.threadId);
    }
    if (event.type === 'turn-completed' || event.type === 'turn-failed') facts.turnOver();
  }

  const hurry = (): void => void readOn().catch(() => {});
  const watcher = doors.watchDirectory(task.path, hurry);
  const stopLooking = clock.every(lookEveryMs, hurry);
  hurry();
  void exited.then(() => facts.exited());

  const processes = () => ({ uuid: record.uuid, leader: record.codex });
  return {
    record,
    signal: (signal) => doors.codex.signalSession(processes(), signal),
    close: async ({ sweepGraceMs, outcome }) => {
      await doors.codex.sweepSession(processes(), sweepGraceMs);
      watcher.close();
      stopLooking();
      await readOn();
      const exit = await exited;
      const stderr = await task.readErrorLog(maxErrorBytes);
      const end: SessionEnd = { result: fold.result(), exit, stderr };
      const at = clock.now();
      const word = outcome(end);
      if (!reading.endSeen) await writeEnd({ doors, record, end, at, outcome: word });
      record.ended = { at, outcome: word };
      await closeQuietly(tail);
      return end;
    },
  };
}

type EndToWrite = {
  doors: RunnerDoors;
  record: SessionRecord;
  end: SessionEnd;
  at: number;
  outcome: string;
};

/** stderr's lines and the end in one write, so that who comes later finds both or neither. */
async function writeEnd({ doors, record, end, at, outcome }: EndToWrite): Promise<void> {
  const lines = end.stderr
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.stringify({ type: 'autonomous.stderr', uuid: record.uuid, text }));
  lines.push(
    JSON.stringify({
      type: 'autonomous.session.ended',
      session: record.number,
      uuid: record.uuid,
      at: new Date(at).toISOString(),
      exitCode: end.exit.exitCode,
      signal: end.exit.signal,
      outcome,
    }),
  );
  const log = await doors.task.openLog();
  try {
    await log.appendFile((await needsNewline(doors)) + lines.join('\n') + '\n');
    await log.sync();
  } finally {
    await log.close();
  }
  const errorLog = await doors.task.openErrorLog();
  await errorLog.truncate(0).finally(() => errorLog.close());
}

function startedLine(record: SessionRecord): string {
  return (
    JSON.stringify({
      type: 'autonomous.session.started',
      session: record.number,
      uuid: record.uuid,
      role: record.role,
      at: new Date(record.startedAt).toISOString(),
      ...(record.resumes === null ? {} : { resumes: record.resumes }),
    }) + '\n'
  );
}

/** A newline if the log ends in the middle of a line, else nothing. */
async function needsNewline(doors: RunnerDoors): Promise<string> {
  return (await doors.task.logEndsMidLine()) ? '\n' : '';
}

async function closeQuietly(tail: LogTail): Promise<void> {
  await tail.close().catch(() => {});
}

/** Runs one at a time; calls that come meanwhile share one more run after it. */
function serially(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running === null) return begin();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
