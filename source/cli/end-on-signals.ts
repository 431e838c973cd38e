// For what has to clean up even when a signal ends it: a signal means quit. The demo ends its runs first, which would wait for a
// model that is gone, and a dashboard over a hub removes its copies of the logs.

import { exitCodes } from './exit-codes.ts';
import { pauseSignals, type PauseSignal } from './pause-on-signals.ts';

type EndOnSignals = {
  /** Aborted by the first signal. */
  readonly quitSignal: AbortSignal;
  /** Null until a signal has come. */
  exitCode(): number | null;
};

export function endOnSignals(): EndOnSignals {
  const leaving = new AbortController();
  let first: PauseSignal | null = null;
  for (const signal of pauseSignals) {
    process.on(signal, () => {
      // Closing a terminal sends SIGHUP twice: to its session and to the foreground group. A second Ctrl-C means that
      // the user does not want to wait.
      if (first === 'SIGINT' && signal === 'SIGINT') process.exit(exitCodes.SIGINT);
      first ??= signal;
      leaving.abort();
    });
  }
  return { quitSignal: leaving.signal, exitCode: () => (first === null ? null : exitCodes[first]) };
}
