// When a usage limit is over, in Codex's own words. Local time without a zone, in two forms; a bare time is of
// the day on which it was said, so an old message is dated by the time at which it was logged.
//
//   … or try again at 8:48 AM.
//   … or try again at Nov 23rd, 2026 1:48 PM.
//   … Try again later.

/** Codex's clock and the account's need not agree to the second. */
export const resetMarginMs = 90_000;
/** No wait is longer: a time beyond it is odd, and looking now and then costs little. */
export const longestWaitMs = 7 * 24 * 60 * 60_000;
/** How often to look where the time is not known or not to be believed. */
export const lookAgainMs = 4 * 60 * 60_000;

const minuteMs = 60_000;
/** Also where the margin is set to nothing: a look is a call of Codex. */
const leastBetweenLooksMs = 1000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const bareTime = /try again at (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;
const datedTime =
  /try again at ([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,| at)? (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;

/**
 * The named time, epoch ms in the zone of this process; null where none is named. `saidAt`: when it was said. An hour
 * that comes twice, because clocks are set back in it, is the second one once the first has passed.
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

export type ResetTimes = {
  saidAt: number;
  now: number;
  marginMs?: number;
  /** How many looks in a row have come to nothing although the time that was named had passed. */
  looksInVain?: number;
};

/**
 * Until when to wait after such a message, epoch ms. A time that has passed means soon: the margin still holds, and
 * is doubled with each look in vain, for a clock may be wrong by hours. One that is not named, or too far off to be
 * true, means a look every few hours.
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

/** On a day on which clocks change, a time that does not exist is the one after the gap. */
function localTime([year, month, day]: [number, number, number], clock: Clock): number | null {
  const date = new Date(year, month, day, clock.hour, clock.minute);
  // The 31st of a month that has none is no date.
  return date.getMonth() === month || day <= 28 ? date.getTime() : null;
}

/** The same reading of the clock once more, where it is set back meanwhile; null on every other day. */
function secondOfThatName(first: number): number | null {
  const halfDayMs = 12 * 60 * minuteMs;
  const offsetAt = (at: number): number => new Date(at).getTimezoneOffset();
  const setBackMs = (offsetAt(first + halfDayMs) - offsetAt(first - halfDayMs)) * minuteMs;
  const second = first + setBackMs;
  const isSameReading =
    new Date(first).toTimeString().slice(0, 5) === new Date(second).toTimeString().slice(0, 5);
  return setBackMs > 0 && isSameReading ? second : null;
}
