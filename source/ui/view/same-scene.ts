// Whether only time has passed from one moment of the screen to the next, as in most frames while a spinner turns.

import type { Scene } from './panes.ts';

/** Lists what may differ, so that any field added later counts as something else. */
export function isSameButForTime<State extends Scene>(a: State, b: State): boolean {
  const { now: _now, animationFrame: _frame, size, ...rest } = b;
  return (
    Object.entries(rest).every(([name, value]) => a[name as keyof State] === value) &&
    a.size.columns === size.columns &&
    a.size.rows === size.rows
  );
}
