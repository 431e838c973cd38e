// The next animation frame of a screen whose data has not changed: spinners get their next frame, and every other row
// stays the same object. Ten times a second, this replaces making all rows again.

import { asciiRow, spinnerFrame } from './look/glyphs.ts';
import type { Row } from './rows/row.ts';
import { isSameButForTime } from './view/same-scene.ts';
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

/** `screenRows` for successive states. */
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

/** Times on the screen are told to the second. */
function isSameButForAnimation(a: ScreenState, b: ScreenState): boolean {
  return isSameButForTime(a, b) && Math.floor(a.now / 1000) === Math.floor(b.now / 1000);
}
