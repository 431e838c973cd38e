// A usage limit belongs to the account, not to a task: the runner that hits it records it for all tasks on the
// machine that use the same CODEX_HOME, and every runner reads it before it starts a session.
//
//   {"version":1,"until":1795350000000,"since":1795340000000,"said":"You’ve hit your usage limit. …","looksInVain":0,
//    "id":"4be1…"}
//   {"version":1,"lifted":"4be1…"}     when it is over: see core/hub/shared-limit.ts

import { countField, numberField, textField, type JsonObject } from '../json/json.ts';
import { isHubId } from '../hub/hub-id.ts';
import { longestWaitMs, lookAgainMs } from './reset-time.ts';

export type AccountLimit = {
  /** Epoch ms. */
  until: number;
  since: number;
  /** Codex's own message, cleaned. */
  said: string;
  /** How many tries in a row still hit the limit although the named time had passed. */
  looksInVain: number;
};

/** What the machine's file has: a limit, or which one was lifted last. */
export type KeptLimit = {
  /** Another one each time that a session meets the limit. */
  id: string;
  limit: AccountLimit | null;
};

export function readAccountLimit(fields: JsonObject | null): AccountLimit | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const until = numberField(fields, 'until');
  const since = numberField(fields, 'since');
  if (until === null || since === null) return null;
  return {
    until,
    since,
    said: textField(fields, 'said') ?? '',
    looksInVain: countField(fields, 'looksInVain') ?? 0,
  };
}

export function readKeptLimit(fields: JsonObject | null): KeptLimit | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const limit = readAccountLimit(fields);
  if (limit !== null) return { id: idOfLimit(fields, 'id') ?? idWithoutOne(limit), limit };
  const id = idOfLimit(fields, 'lifted');
  return id === null ? null : { id, limit };
}

/** For earlier versions, one that was lifted is none. */
export function keptLimitText({ id, limit }: KeptLimit): string {
  const fields = limit === null ? { lifted: id } : { ...limit, id };
  return JSON.stringify({ version: 1, ...fields }) + '\n';
}

/** Of a limit that an earlier version wrote. */
export function idWithoutOne({ since, until }: AccountLimit): string {
  return `${since}-${until}`;
}

export function idOfLimit(fields: JsonObject, name: string): string | null {
  const id = textField(fields, name);
  return isHubId(id) ? id : null;
}

/**
 * When to try again. A time that is too far off, or that comes from a clock since set back, is trusted for lookAgainMs
 * only. Each call counts from its own `now`, so callers must remember the first result.
 */
export function believableUntil({ until, since }: AccountLimit, now: number): number {
  const isOdd = until - now > longestWaitMs || since > now + lookAgainMs;
  return isOdd ? Math.min(until, now + lookAgainMs) : until;
}
