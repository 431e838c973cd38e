// The beginning of a run: its first state, made of what earlier runs left.

import { counted } from '../limits/limit-time.ts';
import { resumeStage } from '../stage/settling.ts';
import { decideAfterStage } from './decision/after-session.ts';
import type { Next, Run, RunBeginning } from './run.ts';
import { work } from './session-facts.ts';
import { close } from './stop.ts';

/** The run's first state. A session that another runner left open is adopted or closed before anything starts. */
export function beginRun(beginning: RunBeginning, at: number): Next {
  const { open, stage, wasDone, ...rest } = beginning;
  const run: Run = {
    ...rest,
    phase: { name: 'looking', because: null },
    epoch: 0,
    lastList: null,
    stuckAt: null,
    tellsNow: false,
    startsAnyway: false,
    hoursOffUntil: null,
    stall: null,
    freshInARow: 0,
    offline: false,
    thread: null,
    waitingSince: null,
    missingSince: null,
    proof: wasDone ? { unmet: null } : null,
    notStarted: null,
    unprepared: null,
    hasSettled: false,
    fatal: null,
  };
  return counted(firstStep(run, { open, stage }, at), at);
}

function firstStep(
  run: Run,
  { open, stage }: Pick<RunBeginning, 'open' | 'stage'>,
  at: number,
): Next {
  if (open === null && stage !== null)
    return resumeStage(run, stage, { decide: decideAfterStage, at });
  if (open === null) return { run, effects: [{ do: 'look' }] };
  if (open.is !== 'alive') {
    return close(run, open.plan, open.is === 'dead' ? 'this run' : 'a run before');
  }
  return work(run, open.plan, at);
}
