// One usage limit for a machine and its hub. The machine's file may be changed by its tasks without a hub, which know of none;
// the hub's record by any machine. So the hub remembers which limits it has had: what the machine has and the hub never had is
// news, and what the hub had and has no longer was lifted elsewhere. Nothing else has to be remembered, so a process may
// die after each step, or never hear whether the hub has stored something: the next one comes to the same.

import type { AccountLimit, KeptLimit } from '../codex/account-limit.ts';
import { withLimit, type AccountRecord } from './account-record.ts';

/** The hub's record, told what the machine has met or lifted; the same object if that is no news. */
export function withNews(
  record: AccountRecord,
  kept: KeptLimit | null,
  /** By the machine's own clock. */
  now: number,
): AccountRecord {
  if (kept === null) return record;
  const { id, limit } = kept;
  if (limit === null) return record.limitId === id ? withoutLimit(record) : record;
  if (record.knownLimits.includes(id)) return record;
  // An earlier version has left out the id.
  if (record.limit?.since === limit.since && record.limit.until === limit.until) return record;
  // It holds nobody back. So what a hub has forgotten that it had comes back for no longer than its own time.
  if (limit.until <= now) return record;
  const since = Math.min(limit.since, record.limit?.since ?? limit.since);
  return withLimit(record, { id, limit: { ...limit, since } });
}

/** What the machine's file has to be beside that record; the same object if it is. */
export function keptBeside(record: AccountRecord, kept: KeptLimit | null): KeptLimit | null {
  const { limit, limitId, knownLimits } = record;
  if (limit !== null && limitId !== null) {
    const isThere = kept?.id === limitId && isSame(kept.limit, limit);
    return isThere ? kept : { id: limitId, limit };
  }
  const isLifted = kept !== null && kept.limit !== null && knownLimits.includes(kept.id);
  return isLifted ? { id: kept.id, limit: null } : kept;
}

/** The model answered a session: whatever limit the hub has is over. */
export function withoutLimit(record: AccountRecord): AccountRecord {
  return record.limit === null ? record : withLimit(record, { id: null, limit: null });
}

function isSame(kept: AccountLimit | null, limit: AccountLimit): boolean {
  if (kept === null || kept.since !== limit.since || kept.until !== limit.until) return false;
  return kept.said === limit.said && kept.looksInVain === limit.looksInVain;
}
