// A usage limit belongs to the account, not to a task: the runner that hits it records it for all tasks on the
// machine that use the same CODEX_HOME, and every runner reads it before it starts a session.
//
//   {"version":1,"until":1795350000000,"since":1795340000000,"said":"You’ve hit your usage limit. …","looksInVain":0}

import { countField, numberField, textField, type JsonObject } from '../json/json.ts';
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

/**
 * When to try again. A time that is too far off, or that comes from a clock since set back, is trusted for lookAgainMs
 * only. Each call counts from its own `now`, so callers must remember the first result.
 */
export function believableUntil({ until, since }: AccountLimit, now: number): number {
  const isOdd = until - now > longestWaitMs || since > now + lookAgainMs;
  return isOdd ? Math.min(until, now + lookAgainMs) : until;
}
