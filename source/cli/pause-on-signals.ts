// What a signal means to a runner: the first SIGINT, SIGTERM or SIGHUP pauses the run, a second one ends the session
// at once. Codex is in its own terminal session, so Ctrl-C reaches only the runner.

import type { SystemSignal } from '../core/run/record.ts';
import type { RunUnderway } from '../engine/run/loop.ts';

export type PauseSignal = 'SIGINT' | SystemSignal;

export const pauseSignals: readonly PauseSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** For a foreground run, where every signal is meant. Returns a getter for the first signal, if one has come. */
export function pauseOnSignals(run: Pick<RunUnderway, 'want'>): () => PauseSignal | null {
  return onSignals(run, () => run.want('pause now'));
}

/** For a background run: any signal but SIGINT comes from the system itself, which tells it to end. */
export function endOnSystemSignals(run: Pick<RunUnderway, 'want' | 'endFor'>): void {
  onSignals(run, (signal) => (signal === 'SIGINT' ? run.want('pause now') : run.endFor(signal)));
}

function onSignals(
  run: Pick<RunUnderway, 'want'>,
  pause: (signal: PauseSignal) => void,
): () => PauseSignal | null {
  let first: PauseSignal | null = null;
  for (const signal of pauseSignals) {
    process.on(signal, () => {
      if (first === null) pause(signal);
      else run.want('end at once');
      first ??= signal;
    });
  }
  return () => first;
}
