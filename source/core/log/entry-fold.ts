// The state between two lines of the log, which says which entry a line belongs to. What lines do with it is in
// entry-session.ts, entry-item.ts and entry-trouble.ts.

import type { BodyLimits } from './lines/item-kinds.ts';
import type { EntryStore, Where } from './entry-store.ts';
import type { EntryBody } from './entry.ts';
import { createUsageLedger, type UsageLedger } from '../codex/usage.ts';

export type SessionBody = Extract<EntryBody, { kind: 'session' }>;

export type Session = {
  /** The key of its entry; null before its first line was seen (a log read from its middle). */
  key: string | null;
  body: SessionBody;
  /** Some of its tokens cannot be told from those that its thread spent before: no cost, rather than a part of it. */
  isCostUnknown: boolean;
  /** Items that began and have not ended, by Codex's id, which restarts in every session. */
  open: Map<string, string>;
  retryKey: string | null;
  /** The entry of the last error, which turn.failed repeats. */
  errorKey: string | null;
};

type FoldLimits = BodyLimits & { limit: number; log: number };

export type Fold = {
  readonly store: EntryStore;
  readonly limits: FoldLimits;
  ledger: UsageLedger;
  session: Session;
  /** Which log: a truncated or replaced log has new entries at the same offsets. */
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

/** Adds an entry that no other line will change. */
export function pushAlone(fold: Fold, body: EntryBody, where: Where): void {
  fold.store.put(newKey(fold, where), where, body);
}

/** A line begins at most one entry, so its offset is a unique key, and reading the line again gives the same key. */
export function newKey(fold: Fold, { offset }: Where): string {
  return `${fold.log}:${offset}`;
}

/** A session before any line about it was seen. */
export function unknownSession(uuid: string | null = null): Session {
  return {
    key: null,
    body: {
      kind: 'session',
      session: null,
      role: null,
      resumes: null,
      threadId: null,
      uuid,
      copy: null,
      ended: null,
      cost: null,
    },
    isCostUnknown: false,
    open: new Map(),
    retryKey: null,
    errorKey: null,
  };
}
