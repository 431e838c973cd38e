// Sends what is appended to a task's session.log to the hub, piece by piece, and each byte once. It reads from the file, so it
// holds up nothing: while the hub is away, or slow, the file is what waits.
//
// - The hub says how far it is. It is asked on each connection, and after each write of unknown outcome; nothing is sent
//   again before it has answered. A piece is refused unless it follows the one that the hub had then, so one that is
//   still on its way from before can be stored only in its own place.
// - A hub that came back older is sent again what it lacks.
// - A file that was cut, or written anew, or is another one, is another log: it is sent from its beginning.
// - An agent can do that to session.log as often as it likes, and make it as long as it likes. So there is a bound for how
//   often, and for how much is sent of what is behind; a hole in the file is not sent.

import { logSubject } from '../../../core/hub/log/log-subject.ts';
import { maxPieceBytes, readLogPiece, writtenLogPiece } from '../../../core/hub/log/log-piece.ts';
import { logSentence } from '../../../core/hub/log/log-problem.ts';
import { partAt, type SentFile, type SentLog } from '../../../core/hub/log/sent-log.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import type { HubLogs } from '../../../system/hub/logs/log-stream.ts';
import type { LogSource } from '../../../system/hub/logs/log-source.ts';
import type { SentLogFile } from '../../../system/hub/logs/sent-log-file.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';
import { keepSentFiles, type FoundFile, type Sending } from './sent-files.ts';

type SendLogDeps = {
  link: HubLink;
  clock: Pick<Clock, 'now' | 'wakeAt' | 'every'>;
  /** This machine's name in the hub. */
  machine: string;
  /** The task's key in the hub, and where its log is. */
  task: Pick<SentLog, 'key' | 'log'>;
  source: LogSource;
  file: SentLogFile;
  newId(): string;
  /** Calls back soon after the log grew, as a hint. */
  watch(onHint: () => void): { close(): void };
  /** A problem that stays until the hub is changed: said once. */
  say(problem: string): void;
};

export type LogSender = {
  /** Resolves true when all of it is at the hub; false if it was not for so long, or the hub will not have it. */
  finish(patienceMs: number): Promise<boolean>;
  close(): Promise<void>;
};

/** How far the hub is, as one connection has said. `end`: what is sent next; `last`: the bytes before it. */
type Told = {
  connection: HubConnection;
  id: string;
  sequence: number;
  end: number;
  last: Uint8Array;
};

const lookEveryMs = 1000;
/** Of what was sent last, to see whether the file is still the same. */
const comparedBytes = 64;
/** Of a log that grew by more at once, or while the machine was away, the end is sent. */
const maxBehindBytes = 256 * 1024 * 1024;
/** More than what another process could have sent meanwhile. */
const maxRefusals = 10;

export async function sendLog(deps: SendLogDeps, sending: Sending): Promise<LogSender> {
  const { link, clock, machine, task, source } = deps;
  const listeners = new Set<() => void>();
  const isOwner = 'epoch' in sending;
  let told: Told | null = null;
  /** Whether the hub has said so after all that was sent. */
  let isCertain = false;
  let saidProblem: string | null = null;
  let isOver = false;
  /** As of the last look. */
  let state: 'more' | 'all sent' | 'refused' = 'more';

  const files = await keepSentFiles({ ...deps, say: sayOnce }, sending);

  const look = serially(async () => {
    const connection = link.current();
    if (isOver || connection === null) return;
    state = 'more';
    try {
      const logs = await connection.logs();
      if (await sendOn(connection, logs)) state = 'all sent';
    } catch (error) {
      // Nothing is known of what was sent last: the hub is asked at the next look.
      isCertain = false;
      if (isLasting(error)) {
        state = 'refused';
        sayOnce(logSentence(error));
      }
    }
    for (const listener of [...listeners]) listener();
  });
  const lookSoon = (): void => void look();

  /** Returns whether the hub has all that there is. */
  async function sendOn(connection: HubConnection, logs: HubLogs): Promise<boolean> {
    for (let refusals = 0; refusals < maxRefusals && !isOver;) {
      const found = await source.look();
      const log = found === null ? null : await files.present(found);
      if (found === null || log === null) return true;
      if (!isCertain || told?.connection !== connection || told.id !== log.id) {
        told = await ask(connection, logs, log);
        isCertain = true;
      }
      if (!(await isSame(found, told))) {
        if (!(await files.change(found))) return true;
        continue;
      }
      const size = isOwner ? found.size : Math.min(found.size, sending.upTo);
      if (size - told.end > maxBehindBytes) told = goOnAt(told, size - maxBehindBytes);
      const part = partAt(log, told.end);
      const end = Math.min(size, part?.end ?? 0);
      if (part === null || told.end >= end) return true;
      const bytes = await source.read(told.end, Math.min(maxPieceBytes, end - told.end));
      const behind = source.behindHole(bytes, told.end + bytes.length);
      if (behind !== null) {
        told = goOnAt(told, Math.min(behind, end));
        continue;
      }
      const piece = { epoch: part.epoch, offset: told.end, bytes };
      const isStored = bytes.length > 0 && (await append(logs, told, piece));
      if (!isStored) refusals++;
    }
    return false;
  }

  async function append(
    logs: HubLogs,
    before: Told,
    piece: { epoch: number; offset: number; bytes: Uint8Array },
  ): Promise<boolean> {
    const subject = logSubject({ machine, log: before.id, key: task.key });
    const stored = await logs.append(subject, writtenLogPiece(piece), before.sequence);
    if (stored === 'refused') {
      isCertain = false;
      return false;
    }
    told = { ...before, sequence: stored, ...endOf(piece) };
    return true;
  }

  /** How far the hub is with a file. */
  async function ask(connection: HubConnection, logs: HubLogs, { id }: SentFile): Promise<Told> {
    const subject = logSubject({ machine, log: id, key: task.key });
    const stored = await logs.last(subject);
    const piece = stored === null ? null : readLogPiece(stored.data);
    if (stored !== null && piece !== null) {
      return { connection, id, sequence: stored.sequence, ...endOf(piece) };
    }
    const before = told?.id === id ? told : null;
    const sequence = stored?.sequence ?? 0;
    // It made room for others: what was there is not sent again.
    if (before !== null && (await logs.first()) > before.sequence)
      return { ...before, connection, sequence };
    return { connection, id, sequence, end: 0, last: new Uint8Array() };
  }

  /** Whether the file has what was sent last where it was. */
  async function isSame({ size }: FoundFile, { end, last }: Told): Promise<boolean> {
    if (size < end) return false;
    const there = await source.read(end - last.length, last.length);
    return there.length === last.length && there.every((byte, index) => byte === last[index]);
  }

  function sayOnce(problem: string): void {
    if (saidProblem === problem) return;
    saidProblem = problem;
    deps.say(problem);
  }

  const stops = [
    link.onChange(lookSoon),
    clock.every(lookEveryMs, lookSoon),
    deps.watch(lookSoon).close,
  ];
  lookSoon();
  return {
    finish: async (patienceMs) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const cancel = clock.wakeAt(clock.now() + patienceMs, () => resolve(false));
      const listener = (): void => {
        if (state !== 'more') resolve(state === 'all sent');
      };
      // A look that runs may have seen less than there is.
      await look();
      listener();
      listeners.add(listener);
      const isDone = await promise;
      cancel();
      listeners.delete(listener);
      return isDone;
    },
    close: async () => {
      isOver = true;
      for (const stop of stops) stop();
      await look();
      await source.close();
    },
  };
}

function goOnAt(told: Told, end: number): Told {
  return { ...told, end, last: new Uint8Array() };
}

function endOf({
  offset,
  bytes,
}: {
  offset: number;
  bytes: Uint8Array;
}): Pick<Told, 'end' | 'last'> {
  return { end: offset + bytes.length, last: bytes.slice(-comparedBytes) };
}

/** The hub has no place for logs, or not for this machine's, until it is changed. */
function isLasting(error: unknown): error is Error {
  const lasting: unknown[] = ['full', 'too large', 'no rights', 'other settings'];
  return error instanceof Error && lasting.includes((error as { problem?: unknown }).problem);
}
