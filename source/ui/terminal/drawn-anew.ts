// Ink moves relative to where it believes the cursor is, but a terminal that is resized moves the cursor and wraps
// lines as it likes. So where Ink draws everything itself, the screen is cleared and redrawn after each resize.

const emptyScreen = '\u001B[2J\u001B[H';
/** Ink draws the old screen once more at the new size, and the new one up to 34 ms later. */
const settledAfterMs = 60;

/** Calls back after `ms`; returns the function that cancels it. */
type WakeAfter = (ms: number, callBack: () => void) => () => void;

type InkOnScreen = { stdout: NodeJS.WriteStream; clear(): void; rerender(): void };

export function drawAnew({ stdout, clear, rerender }: InkOnScreen): void {
  clear();
  stdout.write(emptyScreen);
  rerender();
}

/** Returns a function that stops it. */
export function drawAnewOnResize(ink: InkOnScreen, wakeAfter: WakeAfter): () => void {
  let cancel = (): void => {};
  const resized = (): void => {
    cancel();
    cancel = wakeAfter(settledAfterMs, () => drawAnew(ink));
  };
  ink.stdout.on('resize', resized);
  return () => {
    cancel();
    ink.stdout.off('resize', resized);
  };
}
