// How long a step takes, from the step times, and how long the open steps will take. It is the median over the last
// sessions: a step that hung for an hour says nothing about the next one.

import type { StepTime } from './step-times.ts';

/** Fewer steps than this say little about the next one. */
const stepsNeeded = 3;
const lastSessions = 5;
/** Steps that were ticked together are seen within this time of each other. */
const togetherMs = 2000;

/** Median time per step, in ms; null before three are known. */
export function stepPaceMs(ticks: readonly StepTime[]): number | null {
  const sessions = [...bySession(ticks)].slice(-lastSessions);
  const times = sessions.flatMap(([, own]) => timesIn(own)).sort((a, b) => a - b);
  if (times.length < stepsNeeded) return null;
  const middle = times.length >> 1;
  const upper = times[middle] ?? 0;
  return times.length % 2 === 1 ? upper : ((times[middle - 1] ?? 0) + upper) / 2;
}

/** Working time for the open steps, in ms; null when the pace is not known or no step is open. */
export function timeLeftMs(ticks: readonly StepTime[], openSteps: number): number | null {
  const pace = stepPaceMs(ticks);
  return pace === null || openSteps <= 0 ? null : pace * openSteps;
}

function bySession(ticks: readonly StepTime[]): ReadonlyMap<number, StepTime[]> {
  const sessions = new Map<number, StepTime[]>();
  for (const tick of ticks) {
    const own = sessions.get(tick.session);
    if (own === undefined) sessions.set(tick.session, [tick]);
    else own.push(tick);
  }
  return sessions;
}

/** The time of each step of a session. Steps that were ticked together share their time equally. */
function timesIn(ticks: readonly StepTime[]): number[] {
  const times: number[] = [];
  let [last] = ticks;
  let together: StepTime[] = [];
  const close = (): void => {
    const [first] = together;
    if (first === undefined || last === undefined) return;
    const share = Math.max(0, first.at - last.at) / together.length;
    times.push(...together.map(() => share));
    last = together.at(-1);
    together = [];
  };
  for (const tick of ticks.slice(1)) {
    const first = together[0];
    if (first !== undefined && tick.at - first.at > togetherMs) close();
    if (tick.step === 0) {
      // The session was started again: the time in between is not work on a step.
      close();
      last = tick;
    } else together.push(tick);
  }
  close();
  return times;
}
