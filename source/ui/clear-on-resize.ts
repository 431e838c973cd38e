// Ink moves relative to where it believes the cursor to be, and a terminal that changes its size moves the cursor as
// it likes. So when Ink draws everything itself, it begins at the top left of an empty screen after each change.

const emptyScreen = '\u001B[2J\u001B[H';

/** Returns how to end it. */
export function clearOnResize(stdout: NodeJS.WriteStream, ink: { clear(): void }): () => void {
  const clear = (): void => {
    ink.clear();
    stdout.write(emptyScreen);
  };
  // Ink listens already, and has to find the screen empty.
  stdout.prependListener('resize', clear);
  return () => stdout.off('resize', clear);
}
