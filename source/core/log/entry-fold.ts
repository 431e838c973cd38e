// What is remembered between two lines of the log, to know which entry a line belongs to. What the lines do
// with it stands in entry-session.ts, entry-item.ts and entry-trouble.ts.

import type { BodyLimits } from './entry-body.ts';
import type { EntryStore, Where } from './entry-store.ts';
import type { EntryBody } from './entry.ts';
import { createUsageLedger, type UsageLedger } from '../codex/usage.ts';

export type SessionBody = Extract<EntryBody, { kind: 'session' }>;

export type Session = {
  /** Its entry; null before anything told that one began (a log read from its middle). */
  key: string | null;
  body: SessionBody;
  /** Null where no runner told of it. */
  uuid: string | null;
  /** Items that began and did not end, by Codex's id, which restarts in every session. */
  open: Map<string, string>;
  retryKey: string | null;
  /** The entry of the last error: turn.failed says it once more. */
  errorKey: string | null;
};

export type FoldLimits = BodyLimits & { limit: number; log: number };

export type Fold = {
  readonly store: EntryStore;
  readonly limits: FoldLimits;
  ledger: UsageLedger;
  session: Session;
  /** Which log: one that was truncated or replaced has entries of its own at the same offsets. */
  log: number;
};

export function createFold(store: EntryStore, limits: FoldLimits): Fold {
  const session = unknownSession();
  return { store, limits, ledger: createUsageLedger(), session, log: limits.log };
}

export function forgetLog(fold: Fold): void {
  fold.ledger = createUsageLedger();
  fold.session = unknownSession();
  fold.log++;
}

/** An entry that no other line will change. */
export function pushAlone(fold: Fold, body: EntryBody, where: Where): void {
  fold.store.put(newKey(fold, where), where, body);
}

/** A line begins one entry at most, so its place names it, and whoever reads it again finds the same name. */
export function newKey(fold: Fold, { offset }: Where): string {
  return `${fold.log}:${offset}`;
}

/** What is known of a session before any line told of it. */
export function unknownSession(): Session {
  return {
    key: null,
    body: {
      kind: 'session',
      session: null,
      role: null,
      resumes: null,
      threadId: null,
      ended: null,
      cost: null,
    },
    uuid: null,
    open: new Map(),
    retryKey: null,
    errorKey: null,
  };
}
