// Reads what Codex writes as it grows: reports the events that the run decides by, and folds the rest.

import type { LogEvent } from '../../core/codex/log-event.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import type { TimeNote } from '../../core/log/times.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { SessionFact } from '../../core/run/fact.ts';
import { createSessionFold, type SessionResult } from '../../core/codex/session.ts';
import type { RunListener, RunnerDeps } from '../run/runner-deps.ts';
import { serially } from '../serially.ts';
import { outputOffset, startLine } from './log-lines.ts';
import { watchSleep } from './watches/sleep-watch.ts';

/** Watchers are only hints; this regular look is what counts. */
const lookEveryMs = 500;
const betweenNotesMs = 1000;

/** Hears each line of the session. `at` is when it was read; at `since` it was not there yet. */
export type SessionListener = Pick<RunListener, 'announced'> & {
  logged(event: LogEvent, where: { offset: number; at: number; since: number }): void;
};

export type SessionContext = {
  deps: RunnerDeps;
  /** Hands what happens in the session to the run. */
  tell(fact: SessionFact): void;
  listener: SessionListener;
  record: SessionRecord;
};

type SessionReading = {
  /** Call when no process writes any more: reads the rest and stops. */
  finish(): Promise<SessionRead>;
};

export type SessionRead = {
  result: SessionResult;
  /** Missing if the runner died before writing it, or if the log was replaced. */
  startLine: 'there' | 'missing';
  endLine: 'there' | 'missing';
};

export function readSession({ deps, tell, listener, record }: SessionContext): SessionReading {
  const { clock, state } = deps;
  const { number: session } = record;
  const fold = createSessionFold();
  const { directory, path, offset: start, from, tail } = sourceOf(record, deps);
  let hasBegun = false;
  let isThreadSeen = false;
  let isAnswered = false;
  let isTurnOver = false;
  let isEndWritten = false;
  let notedAt = -Infinity;
  /** The last line whose time is not recorded yet. */
  let unnoted: TimeNote | null = null;
  const sleepSince = watchSleep(clock);
  /** When the look before this one began: what is found now was not there yet. */
  let since = clock.now();

  const readOn = serially(async () => {
    const began = clock.now();
    const sleep = sleepSince();
    if (sleep !== null) await state.noteSleep(sleep).catch(() => {});
    // Its own file has only Codex's lines.
    if (from === 'start' && !hasBegun) see(startLine(record), record.log.offset, clock.now());
    let atEnd = false;
    while (!atEnd) {
      const batch = await tail.read();
      atEnd = batch.atEnd;
      const at = clock.now();
      for (const { text, offset } of batch.lines) if (text !== null) see(text, start + offset, at);
      const last = batch.lines.at(-1);
      if (last !== undefined) unnoted = { offset: start + last.offset, at };
      if (at - notedAt >= betweenNotesMs) await note();
    }
    since = began;
  });

  async function note(): Promise<void> {
    if (unnoted === null) return;
    const { offset, at } = unnoted;
    unnoted = null;
    notedAt = at;
    await state.noteTime(offset, at).catch(() => {});
  }

  function see(text: string, offset: number, at: number): void {
    const event = readLogLine(text);
    if (event.type === 'session-started') hasBegun ||= event.uuid === record.uuid;
    if (event.type === 'session-ended') isEndWritten ||= event.uuid === record.uuid;
    // In a log that was replaced meanwhile, lines before our first one are not ours.
    if (!hasBegun) return;
    fold.push(event);
    listener.logged(event, { offset, at, since });
    // Only the first: Codex writes it before the agent can write anything into the log.
    if (event.type === 'thread-started' && !isThreadSeen) {
      isThreadSeen = true;
      record.threadId = event.threadId;
      tell({ kind: 'thread started', session, threadId: event.threadId });
    }
    if (event.type === 'item' && event.body.kind !== 'warning' && !isAnswered) {
      isAnswered = true;
      tell({ kind: 'answered', session });
    }
    if (event.type === 'turn-completed' || event.type === 'turn-failed') {
      isTurnOver = true;
      tell({ kind: 'turn over', session });
    } else if (event.type === 'item' && isTurnOver) {
      isTurnOver = false;
      tell({ kind: 'turn goes on', session });
    }
  }

  const hurry = (): void => void readOn().catch(() => {});
  const watcher = deps.watchDirectory(directory, (name) => {
    if (name === null || path.endsWith(`/${name}`)) hurry();
  });
  const stopLooking = clock.every(lookEveryMs, hurry);
  hurry();
  return {
    finish: async () => {
      watcher.close();
      stopLooking();
      await readOn().finally(() => tail.close().catch(() => {}));
      await note();
      const isThere = (line: boolean) => (line ? 'there' : 'missing');
      return {
        result: fold.result(),
        startLine: isThere(hasBegun),
        endLine: isThere(isEndWritten),
      };
    },
  };
}

type Source = {
  directory: string;
  path: string;
  offset: number;
  from: 'start' | { offset: number };
  tail: ReturnType<RunnerDeps['tailOutput']>;
};

/** Where Codex's lines are. Offsets are those of session.log: `offset` is where the copy of the file begins there. */
function sourceOf(record: SessionRecord, { task, state, tailLog, tailOutput }: RunnerDeps): Source {
  if (record.output === 'log') {
    const from = { offset: record.log.offset };
    const tail = tailLog(task.logPath, { from });
    return { directory: task.path, path: task.logPath, offset: 0, from, tail };
  }
  const path = state.outputPath(record.uuid);
  const tail = tailOutput(record.uuid);
  return { directory: state.path, path, offset: outputOffset(record), from: 'start', tail };
}
