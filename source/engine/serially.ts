/** Wraps `work` to run one at a time; calls during a run share one more run after it. */
export function serially(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    // Before it begins: it may ask for more at once.
    running = promise;
    resolve(
      work().finally(() => {
        running = null;
      }),
    );
    return promise;
  };
  return () => {
    // Also between the end of a run and the beginning of the next one, which is a few steps later.
    if (next !== null) return next;
    if (running === null) return begin();
    next = running
      .catch(() => {})
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
