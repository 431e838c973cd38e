// A row in the log where the machine slept, between the entries before and after:
//
//   07:40:12  ── the machine slept 3h 12m ──

import type { Entry } from '../../../core/log/entry.ts';
import type { Sleep } from '../../../core/log/sleep.ts';
import { timedRow } from './entry-rows.ts';
import { elapsed } from '../../../core/text/numbers.ts';
import { dim, run, type Row } from '../row.ts';

type Slept = {
  readonly entries: readonly Entry[];
  readonly sleeps?: readonly Sleep[];
  readonly width: number;
};

/** The rows before the entry with this index; `entries.length`: at the end. */
export function sleepRows({ entries, sleeps = [], width }: Slept, index: number): readonly Row[] {
  if (sleeps.length === 0) return [];
  const until = index === entries.length ? Infinity : entries[index]?.startedAt;
  const since = lastTimeBefore(entries, index);
  if (until == null || since === null) return [];
  return sleeps
    .filter(({ at }) => since < at && at <= until)
    .map(({ at, ms }) =>
      timedRow(at, { left: [run(`── the machine slept ${elapsed(ms)} ──`, dim)] }, width),
    );
}

function lastTimeBefore(entries: readonly Entry[], index: number): number | null {
  for (let at = index - 1; at >= 0; at--) {
    const startedAt = entries[at]?.startedAt ?? null;
    if (startedAt !== null) return startedAt;
  }
  return null;
}
