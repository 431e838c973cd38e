// The program's exit codes. Scripts rely on them.

import type { Ending } from '../core/run/run.ts';
import type { PauseSignal } from './pause-on-signals.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  stopped: 3,
  busy: 75,
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
} as const;

/** `signal`: the one that paused the run; a pause by key or control request counts as Ctrl-C. */
export function exitCodeOf(ending: Ending, signal: PauseSignal | null): number {
  switch (ending.kind) {
    case 'done':
      return exitCodes.done;
    case 'failed':
    case 'interrupted':
      return exitCodes.failed;
    case 'stopped':
      return exitCodes.stopped;
    case 'paused':
      return exitCodes[signal ?? 'SIGINT'];
    default:
      return ending.kind satisfies never;
  }
}
