// Finds out whether session.log still has what Codex wrote, for the sessions that are in view. A log can be long, so a
// session is read again only when the file has changed, and after a rest that is much longer than the reading took.

import type { CopyState, SessionCopies, SessionCopy } from '../../core/copy/session-copy.ts';
import type { Entry } from '../../core/log/entry.ts';
import type { Clock } from '../../system/clock.ts';
import { serially } from '../serially.ts';

export type CopyDeps = {
  /** What was recorded of the task's ended sessions. */
  readCopies(): Promise<SessionCopies>;
  /** Null if `isWanted` said no before the end. */
  isIntact(copy: SessionCopy, isWanted: () => boolean): Promise<boolean | null>;
};

type CopyCheckDeps = CopyDeps & {
  clock: Pick<Clock, 'monotonic'>;
  /** A text that changes when session.log may have changed; null if that cannot be told. */
  fingerprint(): string | null;
  /** Called with what was found, also if it is what was known. */
  found(session: Entry, copy: CopyState): void;
  /** Called with the numbers of the ended sessions that are not in the log any more. */
  missing(sessions: readonly number[]): void;
};

type CopyCheck = {
  /**
   * Checks these sessions, newest first, unless the last check of them still holds. `all`: the log has no others.
   */
  look(sessions: readonly Entry[], are: 'all' | 'some'): void;
  close(): void;
};

/** So at most a hundredth of the time is spent on a log that grows. */
const restFactor = 100;
const leastRestMs = 1000;

export function createCopyCheck(deps: CopyCheckDeps): CopyCheck {
  const { clock, fingerprint, found } = deps;
  /** The fingerprint with which a session was checked last, by uuid and offset; null: nothing is known for long. */
  const checked = new Map<string, string | null>();
  let wanted: readonly Entry[] = [];
  let wantedAre: 'all' | 'some' = 'some';
  let restUntil = -Infinity;
  let isClosed = false;

  const isDue = (session: Entry): boolean => {
    const key = keyOf(session);
    if (key === null) return false;
    const before = checked.get(key);
    if (before === undefined) return true;
    const isSame = before !== null && before === fingerprint();
    return !isSame && clock.monotonic() >= restUntil;
  };

  const isMissingDue = (): boolean => wantedAre === 'all' && clock.monotonic() >= restUntil;

  const check = serially(async () => {
    const due = wanted.filter(isDue).reverse();
    if (isClosed || (due.length === 0 && !isMissingDue())) return;
    const begun = clock.monotonic();
    try {
      const copies = await deps.readCopies();
      if (isMissingDue()) deps.missing(missingIn(wanted, copies));
      for (const session of due) {
        // Before the reading: a change during it must be found by the next one.
        const seen = fingerprint();
        const copy = await copyState(deps, { session, copies, isWanted: () => !isClosed });
        if (isClosed) return;
        // A session that has not ended has no digest yet.
        checked.set(keyOf(session) ?? '', copy === null ? null : seen);
        found(session, copy);
      }
    } catch {
      // The log is gone or cannot be read, which is said elsewhere.
      for (const session of due) checked.set(keyOf(session) ?? '', null);
    }
    const now = clock.monotonic();
    restUntil = now + Math.max(leastRestMs, restFactor * (now - begun));
  });

  return {
    look: (sessions, are) => {
      [wanted, wantedAre] = [sessions, are];
      if (!isClosed && (isMissingDue() || sessions.some(isDue))) void check();
    },
    close: () => {
      isClosed = true;
    },
  };
}

function missingIn(sessions: readonly Entry[], copies: SessionCopies): readonly number[] {
  const there = new Set(sessions.map(({ body }) => (body.kind === 'session' ? body.uuid : null)));
  return [...copies.values()].filter(({ uuid }) => !there.has(uuid)).map(({ session }) => session);
}

/** Also of a session that is not where it was: something before it was added or removed. */
export async function copyState(
  { isIntact }: Pick<CopyDeps, 'isIntact'>,
  {
    session: { offset, body },
    copies,
    isWanted,
  }: { session: Entry; copies: SessionCopies; isWanted: () => boolean },
): Promise<CopyState> {
  const uuid = body.kind === 'session' ? body.uuid : null;
  const copy = uuid === null ? undefined : copies.get(uuid);
  if (copy === undefined) return null;
  if (copy.offset !== offset) return 'changed';
  const is = await isIntact(copy, isWanted);
  return is === null ? null : is ? 'intact' : 'changed';
}

function keyOf({ offset, body }: Entry): string | null {
  return body.kind === 'session' && body.uuid !== null ? `${offset} ${body.uuid}` : null;
}
