// When a usage limit resets, read from Codex's message: local time without a zone, in two forms. A bare time means
// the day of the message, so an old message counts from the time at which it was logged.
//
//   … or try again at 8:48 AM.
//   … or try again at Nov 23rd, 2026 1:48 PM.
//   … Try again later.

/** Codex's clock and the account's may differ by a few seconds. */
export const resetMarginMs = 90_000;
/** The longest wait: a later time is implausible, and trying now and then costs little. */
export const longestWaitMs = 7 * 24 * 60 * 60_000;
/** How often to try when the time is unknown or implausible. */
export const lookAgainMs = 4 * 60 * 60_000;

const minuteMs = 60_000;
/** Holds even with a margin of 0: each try launches Codex. */
const leastBetweenLooksMs = 1000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const bareTime = /try again at (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;
const datedTime =
  /try again at ([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,| at)? (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;

/**
 * The named time, epoch ms in the zone of this process; null when none is named. `saidAt`: when it was said. In an
 * hour that comes twice because clocks are set back, it means the second pass once the first is over.
 */
export function namedResetTime(message: string, saidAt: number): number | null {
  const first = firstOfThatName(message, saidAt);
  if (first === null || saidAt < first + minuteMs) return first;
  return secondOfThatName(first) ?? first;
}

function firstOfThatName(message: string, saidAt: number): number | null {
  const dated = datedTime.exec(message);
  if (dated !== null) {
    const [, month = '', day, year, hour, minute, half = ''] = dated;
    const monthIndex = months.indexOf(month.toLowerCase());
    const clock = clockOf(Number(hour), Number(minute), half);
    if (monthIndex === -1 || clock === null) return null;
    return localTime([Number(year), monthIndex, Number(day)], clock);
  }
  const bare = bareTime.exec(message);
  if (bare === null) return null;
  const [, hour, minute, half = ''] = bare;
  const clock = clockOf(Number(hour), Number(minute), half);
  if (clock === null) return null;
  const said = new Date(saidAt);
  return localTime([said.getFullYear(), said.getMonth(), said.getDate()], clock);
}

type ResetTimes = {
  saidAt: number;
  now: number;
  marginMs?: number;
  /** How many tries in a row still hit the limit although the named time had passed. */
  looksInVain?: number;
};

/**
 * Until when to wait after such a message, epoch ms. A time in the past means soon: after the margin, which doubles
 * with each failed try, since a clock may be wrong by hours. A missing or implausibly late time means a try every
 * few hours.
 */
export function waitForReset(message: string, times: ResetTimes): number {
  const { now, marginMs = resetMarginMs, looksInVain = 0 } = times;
  const named = namedResetTime(message, times.saidAt);
  if (named === null) return now + lookAgainMs;
  if (named <= now) {
    const soonMs = Math.max(marginMs, leastBetweenLooksMs) * 2 ** Math.min(looksInVain, 30);
    return now + Math.min(lookAgainMs, soonMs);
  }
  const until = named + marginMs;
  return until - now > longestWaitMs ? now + lookAgainMs : until;
}

type Clock = { hour: number; minute: number };

function clockOf(hour: number, minute: number, half: string): Clock | null {
  if (hour < 1 || hour > 12 || minute > 59) return null;
  const noon = half.toLowerCase() === 'pm' ? 12 : 0;
  return { hour: (hour % 12) + noon, minute };
}

/** When clocks go forward, a time inside the gap becomes the one after it. */
function localTime([year, month, day]: [number, number, number], clock: Clock): number | null {
  const date = new Date(year, month, day, clock.hour, clock.minute);
  // Rejects the 31st of a shorter month, which Date would move into the next one.
  return date.getMonth() === month || day <= 28 ? date.getTime() : null;
}

/** The second moment with the same clock reading, when clocks are set back; null on every other day. */
function secondOfThatName(first: number): number | null {
  const halfDayMs = 12 * 60 * minuteMs;
  const offsetAt = (at: number): number => new Date(at).getTimezoneOffset();
  const setBackMs = (offsetAt(first + halfDayMs) - offsetAt(first - halfDayMs)) * minuteMs;
  const second = first + setBackMs;
  const isSameReading =
    new Date(first).toTimeString().slice(0, 5) === new Date(second).toTimeString().slice(0, 5);
  return setBackMs > 0 && isSameReading ? second : null;
}
