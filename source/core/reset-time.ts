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

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const bareTime = /try again at (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;
const datedTime =
  /try again at ([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,| at)? (\d{1,2}):(\d{2})\s*(am|pm)\b/iu;

/** The named time, epoch ms in the zone of this process; null where none is named. `saidAt`: when it was said. */
export function namedResetTime(message: string, saidAt: number): number | null {
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

/**
 * Until when to wait after such a message, epoch ms. A time that has passed means soon: the margin still
 * holds. One that is not named, or too far off to be true, means a look every few hours.
 */
export function waitForReset(
  message: string,
  times: { saidAt: number; now: number; marginMs?: number },
): number {
  const named = namedResetTime(message, times.saidAt);
  if (named === null) return times.now + lookAgainMs;
  const until = Math.max(named, times.now) + (times.marginMs ?? resetMarginMs);
  return until - times.now > longestWaitMs ? times.now + lookAgainMs : until;
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
