// What a signal means to a runner: the first SIGINT, SIGTERM or SIGHUP pauses the run, a second one ends the session
// at once, and this process, too, whatever hangs. Codex is in its own terminal session, so Ctrl-C reaches only the
// runner.

import type { SystemSignal } from '../core/run/record.ts';
import type { RunUnderway } from '../engine/run/loop.ts';

export type PauseSignal = 'SIGINT' | SystemSignal;

export const pauseSignals: readonly PauseSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** How long a run has to end by itself after the second signal. Documented in docs/options.md. */
const endsWithinMs = 5000;

type SignalledRun = Pick<RunUnderway, 'want' | 'kill'>;

/** For a foreground run, where every signal is meant. Returns a getter for the first signal, if one has come. */
export function pauseOnSignals(run: SignalledRun): () => PauseSignal | null {
  return onSignals(run, () => run.want('pause now'));
}

/** For a background run: any signal but SIGINT comes from the system itself, which tells it to end. */
export function endOnSystemSignals(run: SignalledRun & Pick<RunUnderway, 'endFor'>): void {
  onSignals(run, (signal) => (signal === 'SIGINT' ? run.want('pause now') : run.endFor(signal)));
}

function onSignals(
  run: SignalledRun,
  pause: (signal: PauseSignal) => void,
): () => PauseSignal | null {
  let first: PauseSignal | null = null;
  let isLast = false;
  for (const signal of pauseSignals) {
    process.on(signal, () => {
      if (first === null) {
        first = signal;
        return pause(signal);
      }
      run.want('end at once');
      if (isLast) return;
      isLast = true;
      // A process that has ended by then has no timer left.
      setTimeout(endNow, endsWithinMs, run, first).unref();
    });
  }
  return () => first;
}

/**
 * run.json stays as it is, so the next runner recovers the run. process.exit() would wait for Node's threads, one of
 * which may hang in a read; the signal itself ends the process, and a shell sees 130, 143 or 129.
 */
function endNow(run: SignalledRun, signal: PauseSignal): void {
  run.kill();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
