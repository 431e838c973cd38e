// Ink moves relative to where it believes the cursor to be, and a terminal that changes its size moves the cursor and
// wraps lines as it likes. So where Ink draws everything itself, it draws on an empty screen after each change.

const emptyScreen = '\u001B[2J\u001B[H';
/** Ink draws the old picture once more at the new size, and the new one up to 34 ms later. */
const settledAfterMs = 60;

export type InkOnScreen = { stdout: NodeJS.WriteStream; clear(): void; rerender(): void };

export function drawAnew({ stdout, clear, rerender }: InkOnScreen): void {
  clear();
  stdout.write(emptyScreen);
  rerender();
}

/** Returns how to end it. */
export function drawAnewOnResize(ink: InkOnScreen): () => void {
  let timer: NodeJS.Timeout | undefined;
  const resized = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => drawAnew(ink), settledAfterMs);
  };
  ink.stdout.on('resize', resized);
  return () => {
    clearTimeout(timer);
    ink.stdout.off('resize', resized);
  };
}
