// The hours in which sessions may start: `22:00-07:00`, in local time, across midnight and changes of the clocks.

/** Minutes of the day, 0 to 1439. `from` belongs to the hours, `to` does not. They differ. */
export type Hours = { from: number; to: number };

const minute = 60_000;
const dayMinutes = 24 * 60;

/** Null when the text is none: `25:00-1`, or the same time twice. */
export function readHours(text: string): Hours | null {
  const [first, second, ...more] = text.split('-');
  if (first === undefined || second === undefined || more.length > 0) return null;
  const from = readClock(first.trim());
  const to = readClock(second.trim());
  return from === null || to === null || from === to ? null : { from, to };
}

/** `07:00` → minutes of the day; null when the text is none. */
export function readClock(text: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/u.exec(text);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** `22:00-07:00` */
export function hoursText({ from, to }: Hours): string {
  return `${clockText(from)}-${clockText(to)}`;
}

function clockText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether a session may start then; `at` is epoch ms. */
export function isWithin({ from, to }: Hours, at: number): boolean {
  const time = new Date(at);
  const now = time.getHours() * 60 + time.getMinutes();
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/**
 * When the hours begin next, epoch ms: now, if they have begun. A day may skip an hour, and with it the hours: a week
 * ahead there is always one that does not.
 */
export function nextOpening(hours: Hours, at: number): number {
  if (isWithin(hours, at)) return at;
  for (let days = 0; days <= 7; days++) {
    const opening = clockOn(at, hours.from, days);
    if (opening > at && isWithin(hours, opening)) return opening;
  }
  return at + dayMinutes * minute;
}

/** When the clock shows this time next, epoch ms: `--until 07:00` at 08:00 means tomorrow. */
export function nextTime(minutes: number, at: number): number {
  const today = clockOn(at, minutes, 0);
  return today > at ? today : clockOn(at, minutes, 1);
}

function clockOn(at: number, minutes: number, daysAhead: number): number {
  const time = new Date(at);
  time.setDate(time.getDate() + daysAhead);
  time.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  return time.getTime();
}
