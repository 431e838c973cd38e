// The next animation frame of a screen whose data has not changed: spinners get their next frame, and every other row
// stays the same object. Ten times a second, this replaces making all rows again.

import { asciiRow, spinnerFrame } from './look/glyphs.ts';
import type { Row } from './rows/row.ts';
import { screenRows, type ScreenState } from './screen.ts';

/** `rows` at another animation frame. The same array if they have no spinner. */
export function turnedRows(rows: readonly Row[], { animationFrame, theme }: Turn): readonly Row[] {
  if (!rows.some(hasTurning)) return rows;
  const frame = spinnerFrame(animationFrame);
  return rows.map((row) => {
    if (!hasTurning(row)) return row;
    const turned = row.map((one) => (one.style.turns ? { ...one, text: frame } : one));
    return theme.ascii ? asciiRow(turned) : turned;
  });
}

type Turn = Pick<ScreenState, 'animationFrame' | 'theme'>;

export function hasTurning(row: Row): boolean {
  return row.some(({ style }) => style.turns);
}

/** `screenRows` for successive states. Times on the screen change once a second. */
export function rememberedRows(): (state: ScreenState) => readonly Row[] {
  let last: { state: ScreenState; rows: readonly Row[] } | null = null;
  return (state) => {
    const rows =
      last !== null && isSameButForAnimation(last.state, state)
        ? turnedRows(last.rows, state)
        : screenRows(state);
    last = { state, rows };
    return rows;
  };
}

/** Lists what may differ, so that any field added to the state later makes the rows again when it changes. */
function isSameButForAnimation(a: ScreenState, b: ScreenState): boolean {
  const { animationFrame: _tick, now, size, ...rest } = b;
  return (
    Object.entries(rest).every(([name, value]) => a[name as keyof ScreenState] === value) &&
    a.size.columns === size.columns &&
    a.size.rows === size.rows &&
    Math.floor(a.now / 1000) === Math.floor(now / 1000)
  );
}
