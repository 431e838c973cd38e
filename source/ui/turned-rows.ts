// A screen in which nothing is new but the tick: what turns gets its next frame, and every other row stays the
// object that it was. Ten times a second this stands in for making all rows anew.

import { asciiRow, spinnerFrame } from './look/glyphs.ts';
import type { Row } from './rows/row.ts';
import { screenRows, type ScreenState } from './screen.ts';

/** `rows` as they are at another tick. The same array if nothing turns. */
export function turnedRows(rows: readonly Row[], { tick, theme }: Turn): readonly Row[] {
  if (!rows.some(hasTurning)) return rows;
  const frame = spinnerFrame(tick);
  return rows.map((row) => {
    if (!hasTurning(row)) return row;
    const turned = row.map((one) => (one.style.turns ? { ...one, text: frame } : one));
    return theme.ascii ? asciiRow(turned) : turned;
  });
}

type Turn = Pick<ScreenState, 'tick' | 'theme'>;

export function hasTurning(row: Row): boolean {
  return row.some(({ style }) => style.turns);
}

/** `screenRows` for one state after the other. Times on the screen are told by the second. */
export function rememberedRows(): (state: ScreenState) => readonly Row[] {
  let last: { state: ScreenState; rows: readonly Row[] } | null = null;
  return (state) => {
    const rows =
      last !== null && isSameButForTick(last.state, state)
        ? turnedRows(last.rows, state)
        : screenRows(state);
    last = { state, rows };
    return rows;
  };
}

/** Told by what may differ: whatever else a state comes to have makes the rows anew when it changes. */
function isSameButForTick(a: ScreenState, b: ScreenState): boolean {
  const { tick: _tick, now, size, ...rest } = b;
  return (
    Object.entries(rest).every(([name, value]) => a[name as keyof ScreenState] === value) &&
    a.size.columns === size.columns &&
    a.size.rows === size.rows &&
    Math.floor(a.now / 1000) === Math.floor(now / 1000)
  );
}
