// How a running session ends: the ladder of signals, and the closing that every session goes through.

import { wakeAt } from './next.ts';
import type { Next, Run, SessionPlan, StopSignal } from './run.ts';

/** One rung of the stop ladder: signal the session's process group, then check again after the rung's grace. */
export function stop(run: Run, plan: SessionPlan, rung: { signal: StopSignal; at: number }): Next {
  const { signal, at } = rung;
  const { interruptGraceMs, terminateGraceMs } = run.settings;
  const graceMs = signal === 'SIGINT' ? interruptGraceMs : terminateGraceMs;
  const stopping: Run = { ...run, phase: { name: 'stopping', plan, sent: signal } };
  const timed = wakeAt(stopping, at + graceMs);
  return { run: timed.run, effects: [{ do: 'signal', signal }, ...timed.effects] };
}

/** The recorded outcome of a session that ended without a result. */
export type Cut = 'paused' | 'interrupted';

/** Pausing a task stops its session on purpose. A session of an earlier run was not stopped by this one. */
export function cutOf({ pause, phase }: Run): Cut {
  const isOwn = phase.name !== 'closing' || phase.of === 'this run';
  return isOwn && pause === 'now' ? 'paused' : 'interrupted';
}

/** Its Codex has exited: end what it left behind and record its end. Its timers are ignored from now on. */
export function close(run: Run, plan: SessionPlan, of: 'this run' | 'a run before'): Next {
  return {
    run: { ...run, phase: { name: 'closing', plan, of, heldUpBy: null }, epoch: run.epoch + 1 },
    effects: [{ do: 'close', plan }],
  };
}
