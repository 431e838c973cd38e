// Where the user wants to go in a log, as typed: `3:40`, `03:40:12`, `2026-01-29 03:40`, `session 4`, `step 7`. A time
// of day means its last occurrence before the end of the log.

import type { TimeSpan } from '../../core/log/snapshot.ts';
import { sinceTime } from '../../core/text/since.ts';

export type JumpTarget =
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'session'; readonly number: number }
  | { readonly kind: 'step'; readonly number: number }
  | ErrorTarget;

/** The next error from a byte offset, down or up. */
export type ErrorTarget = { readonly kind: 'error'; readonly from: number; readonly by: 1 | -1 };

const dayMs = 24 * 60 * 60 * 1000;

/** Null if the text is none of these. `log`: the time span in which the log was written. */
export function jumpTarget(text: string, log: TimeSpan): JumpTarget | null {
  const words = text.trim().toLowerCase();
  const named = /^(?<word>session|step|s)\s*#?(?<number>\d{1,6})$/u.exec(words);
  if (named?.groups !== undefined) {
    const kind = named.groups['word'] === 'step' ? 'step' : 'session';
    return { kind, number: Number(named.groups['number']) };
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/u.exec(words);
  if (clock === null) return dateTarget(text.trim());
  const [hours, minutes, seconds] = [clock[1], clock[2], clock[3] ?? '0'].map(Number);
  if ((hours ?? 0) > 23 || (minutes ?? 0) > 59 || (seconds ?? 0) > 59) return null;
  const day = new Date(log.to);
  day.setHours(hours ?? 0, minutes ?? 0, seconds ?? 0, 0);
  const at = day.getTime();
  // A time that is in the log neither on its last day nor on the day before is taken as after the end.
  return { kind: 'time', at: at > log.to && at - dayMs >= log.from ? at - dayMs : at };
}

function dateTarget(text: string): JumpTarget | null {
  const at = /^\d{4}-/u.test(text) ? sinceTime(text, 0) : null;
  return at === null ? null : { kind: 'time', at };
}
