// The demo leaves nothing behind that runs, also where it is told to end: its runners would wait for a model that
// is gone. So a signal is a wish to leave, and what was begun is ended first.

import { exitCodes } from './exit-codes.ts';
import { pauseSignals, type PauseSignal } from './pause-on-signals.ts';

export type EndOnSignals = {
  /** Aborted by the first signal. */
  readonly leave: AbortSignal;
  /** Null as long as no signal came. */
  exitCode(): number | null;
};

export function endOnSignals(): EndOnSignals {
  const leaving = new AbortController();
  let first: PauseSignal | null = null;
  for (const signal of pauseSignals) {
    process.on(signal, () => {
      // A terminal that is closed says so twice: to its session and to who is in front. A person who presses Ctrl-C again
      // will not wait.
      if (first === 'SIGINT' && signal === 'SIGINT') process.exit(exitCodes.SIGINT);
      first ??= signal;
      leaving.abort();
    });
  }
  return { leave: leaving.signal, exitCode: () => (first === null ? null : exitCodes[first]) };
}
