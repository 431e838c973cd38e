// A usage limit belongs to the account, not to a task: whoever meets it writes it down for all tasks on the
// machine that use the same CODEX_HOME, and whoever wants to start reads it first.
//
//   {"version":1,"until":1795350000000,"since":1795340000000,"said":"You’ve hit your usage limit. …","looksInVain":0}

import { countField, numberField, textField, type JsonObject } from '../json/json.ts';
import { longestWaitMs, lookAgainMs } from './reset-time.ts';

export type AccountLimit = {
  /** Epoch ms. */
  until: number;
  since: number;
  /** Codex's own words, cleaned. */
  said: string;
  /** How many looks in a row have come to nothing although the time that was named had passed. */
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
 * When to look again: a time that is too far off, or of a clock since set back, is not believed for long. Asked anew it
 * is as far off as before: whoever waits remembers the first answer.
 */
export function believableUntil({ until, since }: AccountLimit, now: number): number {
  const isOdd = until - now > longestWaitMs || since > now + lookAgainMs;
  return isOdd ? Math.min(until, now + lookAgainMs) : until;
}
