// Numbers for people: durations, times of day, tokens. Times are in the terminal's local time.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The duration of something finished: `4.1 s`, `12 s`, `3m 12s`, `2h 05m`, `1d 04h`. */
export function duration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 9950) return `${(ms / second).toFixed(1)} s`;
  return elapsed(Math.round(ms / second) * second);
}

/** The duration of something still running, without tenths, which would flicker: `4 s`, `3m 12s`. */
export function elapsed(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour)
    return `${Math.floor(ms / minute)}m ${twoDigits(((ms % hour) % minute) / second)}s`;
  if (ms < day) return `${Math.floor(ms / hour)}h ${twoDigits((ms % hour) / minute)}m`;
  return `${Math.floor(ms / day)}d ${twoDigits((ms % day) / hour)}h`;
}

/** `950`, `3.4k`, `34k`, `1.2M`, `120M`. */
export function tokens(count: number): string {
  if (count < 1000) return String(Math.max(0, Math.round(count)));
  if (count < 9950) return `${(count / 1000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1000)}k`;
  if (count < 9_950_000) return `${(count / 1_000_000).toFixed(1)}M`;
  return `${Math.round(count / 1_000_000)}M`;
}

/** `950 B`, `12 kB`, `1.2 MB`, `98 MB`. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`;
  const [size, unit] = count < 999_500 ? [count / 1000, 'kB'] : [count / 1_000_000, 'MB'];
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** `1 step`, `12 steps`. */
export function steps(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`;
}

/** `12:04` */
export function clock(epochMs: number): string {
  const time = new Date(epochMs);
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

/** `12:04:07` */
export function clockWithSeconds(epochMs: number): string {
  return `${clock(epochMs)}:${twoDigits(new Date(epochMs).getSeconds())}`;
}

/** With the zone, for what is read later or elsewhere: `2026-01-29 12:04:07 +01:00`. */
export function zonedTime(epochMs: number): string {
  const aheadMinutes = -new Date(epochMs).getTimezoneOffset();
  const ahead = Math.abs(aheadMinutes);
  const zone = `${aheadMinutes < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`;
  return `${date(epochMs)} ${clockWithSeconds(epochMs)} ${zone}`;
}

/** For the name of a file: `2026-01-29-1204`. */
export function fileTime(epochMs: number): string {
  return `${date(epochMs)}-${clock(epochMs).replace(':', '')}`;
}

function date(epochMs: number): string {
  const time = new Date(epochMs);
  return [time.getFullYear(), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())].join('-');
}

/** A future time: `14:00` today, `Tue 14:00` within a week, else `12 Mar 14:00`. */
export function moment(epochMs: number, now: number): string {
  const time = new Date(epochMs);
  if (time.toDateString() === new Date(now).toDateString()) return clock(epochMs);
  if (Math.abs(epochMs - now) < 6 * day)
    return `${weekdays[time.getDay()] ?? ''} ${clock(epochMs)}`;
  return `${time.getDate()} ${months[time.getMonth()] ?? ''} ${clock(epochMs)}`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
