// One usage limit for a machine and its hub. The machine's file may be changed by its tasks without a hub, which know of none;
// the hub's record by any machine. What the machine has and the hub never had is news; what the hub had and has no longer was
// lifted elsewhere. That the hub had it, both remember:
//
// - The hub's record lists them, so a process may die after each step, or never hear whether the hub has stored something.
// - The machine's file names the hub, since a program of an earlier version drops that list with all that it writes.
//
// So a limit that a hub has lost with its store, or by coming back older, counts as lifted. The next session meets it again.

import {
  keptLimitText,
  withoutMet,
  type KeptLimit,
  type MetLimit,
} from '../codex/account-limit.ts';
import { withLimit, type AccountRecord } from './account-record.ts';

/** The hub's record, told what the machine has met or lifted; the same object if that is no news. */
export function withNews(
  record: AccountRecord,
  { met, lifted }: KeptLimit,
  /** By the machine's own clock. */
  { hub, now }: { hub: string; now: number },
): AccountRecord {
  const isLifted = record.limitId !== null && lifted.includes(record.limitId);
  const left = isLifted ? withoutLimit(record) : record;
  if (met === null || wasAtHub(left, met, hub)) return left;
  // A limit whose time is past lets one session at a time through until one is answered. That is not worth telling: it may be
  // weeks old and would replace a newer one, and if it is not over, a session meets it again.
  if (met.limit.until <= now) return left;
  const since = Math.min(met.limit.since, left.limit?.since ?? met.limit.since);
  return withLimit(left, { id: met.id, limit: { ...met.limit, since } });
}

/** What the machine's file has to be beside that record; the same object if it is. */
export function keptBeside(
  record: AccountRecord,
  kept: KeptLimit,
  { hub }: { hub: string },
): KeptLimit {
  const { limit, limitId } = record;
  if (limit !== null && limitId !== null) {
    const next = { met: { id: limitId, limit, told: hub }, lifted: kept.lifted };
    return keptLimitText(next) === keptLimitText(kept) ? kept : next;
  }
  return kept.met !== null && wasAtHub(record, kept.met, hub) ? withoutMet(kept) : kept;
}

/** The model answered a session: whatever limit the hub has is over. */
export function withoutLimit(record: AccountRecord): AccountRecord {
  return record.limit === null ? record : withLimit(record, { id: null, limit: null });
}

function wasAtHub({ knownLimits }: AccountRecord, { id, told }: MetLimit, hub: string): boolean {
  return told === hub || knownLimits.includes(id);
}
