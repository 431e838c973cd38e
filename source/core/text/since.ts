// Reads times from the command line: a length (`90s`, `2h`), and a start (`--since`): `2h` ago, `03:40`, or a date with
// or without a time. Local time unless a zone is given.

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The length of `90s`, `15m`, `6h` or `2d`; null when the text is none. */
export function durationMs(text: string): number | null {
  const match = /^([0-9]{1,6})([smhd])$/u.exec(text);
  return match === null ? null : Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

/** Epoch ms; null when the text is none of these. */
export function sinceTime(text: string, now: number): number | null {
  const ago = durationMs(text);
  if (ago !== null) return now - ago;
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/u.exec(text);
  if (clock !== null) {
    const time = new Date(now);
    time.setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
    // The last time that the clock showed it.
    return time.getTime() > now ? time.getTime() - unitMs.d : time.getTime();
  }
  if (
    !/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/u.test(
      text,
    )
  ) {
    return null;
  }
  // Date.parse would read a date alone as midnight UTC.
  const at = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(at) ? null : at;
}
