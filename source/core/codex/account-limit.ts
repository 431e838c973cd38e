// A usage limit belongs to the account, not to a task: the runner that hits it records it for all tasks on the
// machine that use the same CODEX_HOME, and every runner reads it before it starts a session.
//
//   {"version":1,"until":1795350000000,"since":1795340000000,"said":"You’ve hit your usage limit. …","looksInVain":0,
//    "id":"4be1…","told":"90ab…","lifted":["07cc…"]}
//   {"version":1,"lifted":["07cc…","4be1…"]}     when it is over: see core/hub/shared-limit.ts

import { countField, listField, numberField, textField, type JsonObject } from '../json/json.ts';
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

export type MetLimit = {
  /** Another one each time that a session meets the limit. */
  id: string;
  limit: AccountLimit;
  /** The hub that had it last; null if none had it yet, as far as the machine knows. */
  told: string | null;
};

/** What the machine's file has. */
export type KeptLimit = {
  met: MetLimit | null;
  /** The ids of those that were lifted last: without a worker, a hub may hear of several at once. */
  lifted: readonly string[];
};

export const keptNothing: KeptLimit = { met: null, lifted: [] };

const maxLifted = 20;

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

export function readKeptLimit(fields: JsonObject | null): KeptLimit {
  if (fields === null || numberField(fields, 'version') !== 1) return keptNothing;
  const limit = readAccountLimit(fields);
  const id = limit === null ? null : (idOfLimit(fields, 'id') ?? idWithoutOne(limit));
  return {
    met: limit === null || id === null ? null : { id, limit, told: idOfLimit(fields, 'told') },
    lifted: idsOfLimits(fields, 'lifted').slice(-maxLifted),
  };
}

/** For earlier versions, one that was lifted is none. */
export function keptLimitText({ met, lifted }: KeptLimit): string {
  const fields = met === null ? {} : { ...met.limit, id: met.id, told: met.told };
  return JSON.stringify({ version: 1, ...fields, lifted }) + '\n';
}

/** With its limit lifted: by its id and by its times, since an earlier version leaves out the id at the hub. */
export function withoutMet({ met, lifted }: KeptLimit): KeptLimit {
  const ids = met === null ? [] : [met.id, idWithoutOne(met.limit)];
  return { met: null, lifted: [...new Set([...lifted, ...ids])].slice(-maxLifted) };
}

/** Of a limit that an earlier version wrote. */
export function idWithoutOne({ since, until }: AccountLimit): string {
  return `${since}-${until}`;
}

export function idOfLimit(fields: JsonObject, name: string): string | null {
  const id = textField(fields, name);
  return isHubId(id) ? id : null;
}

export function idsOfLimits(fields: JsonObject, name: string): string[] {
  return listField(fields, name).filter((id) => typeof id === 'string' && isHubId(id));
}

/**
 * When to try again. A time that is too far off, or that comes from a clock since set back, is trusted for lookAgainMs
 * only. Each call counts from its own `now`, so callers must remember the first result.
 */
export function believableUntil({ until, since }: AccountLimit, now: number): number {
  const isOdd = until - now > longestWaitMs || since > now + lookAgainMs;
  return isOdd ? Math.min(until, now + lookAgainMs) : until;
}
