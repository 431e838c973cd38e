// What a signal means to a process that carries out a run: the first SIGINT, SIGTERM or SIGHUP pauses, a
// second one ends the session at once. Codex is in a session of its own, so Ctrl-C reaches only the runner.

import type { RunUnderway } from './engine/run-loop.ts';

export type PauseSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export const pauseSignals: readonly PauseSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Returns which signal came first, once one has. */
export function pauseOnSignals(run: Pick<RunUnderway, 'want'>): () => PauseSignal | null {
  let first: PauseSignal | null = null;
  for (const signal of pauseSignals) {
    process.on(signal, () => {
      run.want(first === null ? 'pause now' : 'end at once');
      first ??= signal;
    });
  }
  return () => first;
}
