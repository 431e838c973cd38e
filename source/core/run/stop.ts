// The ways out of a session that runs: the ladder of signals, and the closing that ends every session.

import { wakeAt } from './next.ts';
import type { Next, Run, SessionPlan, StopSignal } from './run.ts';

/** One rung of the stop ladder: signal the session's group, and look again after the rung's grace. */
export function stop(run: Run, plan: SessionPlan, rung: { signal: StopSignal; at: number }): Next {
  const { signal, at } = rung;
  const { interruptGraceMs, terminateGraceMs } = run.settings;
  const graceMs = signal === 'SIGINT' ? interruptGraceMs : terminateGraceMs;
  const stopping: Run = { ...run, phase: { name: 'stopping', plan, sent: signal } };
  const timed = wakeAt(stopping, at + graceMs);
  return { run: timed.run, effects: [{ do: 'signal', signal }, ...timed.effects] };
}

/** What the end of a session is called that came to no result. */
export type Cut = 'paused' | 'interrupted';

/** Who pauses a task ends its session: that is no accident. A session of a run before was not ended by this one. */
export function cutOf({ pause, phase }: Run): Cut {
  const isOwn = phase.name !== 'closing' || phase.of === 'this run';
  return isOwn && pause === 'now' ? 'paused' : 'interrupted';
}

/** Its Codex has exited: end what it left behind and record its end. Timers set for it are void. */
export function close(run: Run, plan: SessionPlan, of: 'this run' | 'a run before'): Next {
  return {
    run: { ...run, phase: { name: 'closing', plan, of, heldUpBy: null }, epoch: run.epoch + 1 },
    effects: [{ do: 'close', plan }],
  };
}
