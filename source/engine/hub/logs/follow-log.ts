// Follows the pieces of a task's logs at the hub, of all machines. What tells of them is a hint, so what is there is compared
// with what came, and where that went blind it is made anew. After a restart of the server the pieces go on behind the last one
// that came, if the server still has that; one that came back older is read from its beginning.

import { logsOf, readLogSubject, type LogName } from '../../../core/hub/log/log-subject.ts';
import { logSentence } from '../../../core/hub/log/log-problem.ts';
import { readLogPiece, type LogPiece } from '../../../core/hub/log/log-piece.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import type { HubLogs, LogMessage } from '../../../system/hub/logs/log-stream.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

export type FollowLogDeps = {
  link: HubLink;
  clock: Pick<Clock, 'every'>;
  /** The task's, in the hub. */
  key: string;
  /** The next piece comes when this has resolved. A piece may come twice. */
  onPiece(name: LogName, piece: LogPiece): Promise<void>;
  /** No more pieces wait at the hub. */
  onCaughtUp(): Promise<void>;
};

type Followed = {
  /** Why there are no pieces, as a sentence; null if there may be some. */
  problem(): string | null;
  close(): Promise<void>;
};

type Following = { connection: HubConnection; logs: HubLogs; close(): void };

const lookEveryMs = 2000;

export function followLog(deps: FollowLogDeps): Followed {
  const { link, clock, key, onPiece, onCaughtUp } = deps;
  const subject = logsOf(key);
  /** The last message that came. */
  let seen: Pick<LogMessage, 'sequence' | 'subject' | 'time'> | null = null;
  let following: Following | null = null;
  /** At the look before: what the hub had, and what had come. */
  let before = { there: 0, seen: 0 };
  /** Nothing came since it was told that no more waits. */
  let isCaughtUp = false;
  let problem: string | null = null;
  let isOver = false;
  let working: Promise<void> = Promise.resolve();

  const look = serially(async () => {
    const connection = link.current();
    if (isOver || connection === null) return;
    try {
      if (following?.connection !== connection) await begin(connection);
      else await compare(following);
      problem = null;
    } catch (error) {
      problem = logSentence(error);
    }
  });
  const lookSoon = (): void => void look();

  async function begin(connection: HubConnection): Promise<void> {
    stop();
    const logs = await connection.logs();
    const there = seen === null ? null : await logs.at(seen.sequence);
    if (there?.subject !== seen?.subject || there?.time !== seen?.time) seen = null;
    follow(connection, logs);
    if ((await logs.last(subject)) === null) await caughtUp();
  }

  function follow(connection: HubConnection, logs: HubLogs): void {
    before = { there: 0, seen: 0 };
    const own = { connection, logs, close: (): void => {} };
    following = own;
    const hear = async (message: LogMessage, waiting: number): Promise<void> => {
      if (isOver || following !== own) return;
      // Also behind one that came from the connection before.
      working = working.catch(() => {}).then(() => take(message, waiting));
      await working;
    };
    own.close = logs.follow(subject, seen?.sequence ?? 0, hear).close;
  }

  async function take(message: LogMessage, waiting: number): Promise<void> {
    const name = readLogSubject(message.subject);
    const piece = readLogPiece(message.data);
    // What cannot be read is not shown.
    if (name?.key === key && piece !== null) await onPiece(name, piece);
    seen = message;
    isCaughtUp = false;
    if (waiting === 0) await tellCaughtUp();
  }

  /** One look later, what the hub had at the look before must have come. */
  async function compare({ connection, logs }: Following): Promise<void> {
    const came = seen?.sequence ?? 0;
    const isBlind = came < before.there && came === before.seen;
    const there = (await logs.last(subject))?.sequence ?? 0;
    before = { there, seen: came };
    if (came >= there && !isCaughtUp) await caughtUp();
    if (!isBlind) return;
    stop();
    follow(connection, logs);
  }

  async function caughtUp(): Promise<void> {
    working = working.catch(() => {}).then(tellCaughtUp);
    await working;
  }

  async function tellCaughtUp(): Promise<void> {
    await onCaughtUp();
    isCaughtUp = true;
  }

  function stop(): void {
    following?.close();
    following = null;
  }

  const stops = [link.onChange(lookSoon), clock.every(lookEveryMs, lookSoon)];
  lookSoon();
  return {
    problem: () => (link.current() === null ? link.problem() : problem),
    close: async () => {
      isOver = true;
      for (const end of stops) end();
      stop();
      await look();
      await working.catch(() => {});
    },
  };
}
