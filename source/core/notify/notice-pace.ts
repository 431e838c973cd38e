// At most three notifications in half a minute: what does not fit waits, and is told as one.

type Paced<Thing> = {
  /** What is told now, in this order: one thing each, or several as one. */
  now: readonly (readonly Thing[])[];
  later: readonly Thing[];
  /** How long until there is space for what waits, ms; null while nothing does. */
  waitsMs: number | null;
};

const mostInARow = 3;
const rowMs = 30_000;

/** `toldAt`: when something was told lately, oldest first, by the same clock as `at`. */
export function paced<Thing>(
  things: readonly Thing[],
  toldAt: readonly number[],
  at: number,
): Paced<Thing> {
  const recent = toldAt.filter((one) => at - one < rowMs);
  const space = mostInARow - recent.length;
  if (things.length === 0) return { now: [], later: [], waitsMs: null };
  if (things.length <= space) return { now: things.map((one) => [one]), later: [], waitsMs: null };
  if (space > 0) return { now: [things], later: [], waitsMs: null };
  return { now: [], later: things, waitsMs: rowMs - (at - (recent[0] ?? at)) };
}
