// What a signal means to a process that carries out a run: the first SIGINT, SIGTERM or SIGHUP pauses, a
// second one ends the session at once. Codex is in a session of its own, so Ctrl-C reaches only the runner.

import type { SystemSignal } from '../core/run/record.ts';
import type { RunUnderway } from '../engine/run/loop.ts';

export type PauseSignal = 'SIGINT' | SystemSignal;

export const pauseSignals: readonly PauseSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** For a run in the foreground, where whoever sends a signal means it. Returns which one came first, once one has. */
export function pauseOnSignals(run: Pick<RunUnderway, 'want'>): () => PauseSignal | null {
  return onSignals(run, () => run.want('pause now'));
}

/** For one in the background: only the machine itself tells it to end by other signals than Ctrl-C. */
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
