// Waits from the journal: from each line that says so to the next one about waiting. A runner that died says no end, so how
// long that wait took is not known.

import type { JournalLine } from './journal-line.ts';

export type WaitTotal = {
  readonly for: string;
  readonly count: number;
  /** Of those whose end is known. */
  readonly ms: number;
  /** How many have no known end. */
  readonly ofUnknownLength: number;
};

type Wait = { for: string; from: number; to: number | null };

/** A run looks again now and then at what holds it up: that is one wait. */
const sameWaitMs = 5000;

/** `goesOn`: the last wait is still going on now. Those that ended by `since` are left out, one across it is cut. */
export function waitTotals(
  lines: readonly JournalLine[],
  { since, now, goesOn }: { since: number | null; now: number; goesOn: boolean },
): readonly WaitTotal[] {
  const totals = new Map<string, WaitTotal>();
  for (const { for: reason, from, to } of waitsIn(lines, goesOn ? now : null)) {
    const known = totals.get(reason) ?? { for: reason, count: 0, ms: 0, ofUnknownLength: 0 };
    if ((to ?? from) <= (since ?? -Infinity)) continue;
    const ms = to === null ? 0 : Math.max(0, to - Math.max(from, since ?? from));
    totals.set(reason, {
      for: reason,
      count: known.count + 1,
      ms: known.ms + ms,
      ofUnknownLength: known.ofUnknownLength + (to === null ? 1 : 0),
    });
  }
  return [...totals.values()].sort((a, b) => b.ms - a.ms);
}

function waitsIn(lines: readonly JournalLine[], end: number | null): readonly Wait[] {
  const waits: Wait[] = [];
  let open: Wait | null = null;
  /** What waited before the last session is another wait. */
  let over = 0;
  for (const line of lines) {
    switch (line.what) {
      case 'waits':
        if (open !== null) open.to = line.at;
        open = begun(waits, line, over);
        break;
      case 'goes on':
      case 'ended':
        if (open !== null) open.to = line.at;
        open = null;
        break;
      case 'run':
        // The runner before died while it waited.
        open = null;
        break;
      case 'session':
        over = waits.length;
        break;
      case 'ticks':
      case 'guard':
      case 'review':
      case 'check':
        break;
      default:
        line satisfies never;
    }
  }
  if (open !== null) open.to = end;
  return waits;
}

function begun(waits: Wait[], line: Extract<JournalLine, { what: 'waits' }>, over: number): Wait {
  const last = waits.length > over ? waits.at(-1) : undefined;
  if (last?.to != null && last.for === line.for && line.at - last.to <= sameWaitMs) return last;
  const wait = { for: line.for, from: line.at, to: null };
  waits.push(wait);
  return wait;
}
