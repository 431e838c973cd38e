// How long ago something was, so coarse that it does not change with each second.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `a few seconds`, `20 s`, `2m`, `3h`, `4d` */
export function agoWords(ms: number): string {
  if (ms < 10_000) return 'a few seconds';
  if (ms < minute) return `${Math.floor(ms / 10_000) * 10} s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m`;
  if (ms < day) return `${Math.floor(ms / hour)}h`;
  return `${Math.floor(ms / day)}d`;
}
