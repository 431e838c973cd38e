// A night, and the same night without faults, which measures how long the work itself takes on this machine now.

import { elapsedMs, usualGapsOf } from './accounting.ts';
import { faultKinds, shortNightKinds } from './kinds.ts';
import { playNight, type PlayCall, type Played } from './night.ts';
import { nightReport } from './report.ts';
import { planNight, type NightPlan } from './schedule.ts';
import { judgeNight, type FaultFree, type Verdict } from './verdict.ts';

const tasks = ['alpha', 'beta'] as const;
/** As many faults as find a moment of their own in two tasks of twelve steps; each seed leaves out different ones. */
const longNightFaults = 25;

export function longNight(seed: number): NightPlan {
  const [, checked] = tasks;
  return planNight({
    ...{ seed, tasks, checked },
    ...{ steps: 12, kinds: faultKinds, count: longNightFaults },
  });
}

export function shortNight(seed: number): NightPlan {
  const kinds = faultKinds.filter(({ name }) => shortNightKinds.includes(name));
  return planNight({ seed, tasks, checked: null, steps: 5, kinds, count: kinds.length });
}

export async function playFaultFree(plan: NightPlan, say?: PlayCall['say']): Promise<FaultFree> {
  const { journal, gaveUp } = await playNight({ plan: { ...plan, faults: [] }, say });
  if (gaveUp !== null) throw new Error(`The night failed even without faults: ${gaveUp}`);
  return {
    usual: usualGapsOf(journal),
    elapsedMs: new Map(plan.tasks.map((task) => [task, elapsedMs(journal, task)])),
  };
}

/** For a night that is too short to be judged by its length; its report then counts from zero. */
export const notMeasured: FaultFree = { usual: new Map(), elapsedMs: new Map() };

export type WholeNight = { played: Played; verdict: Verdict; report: readonly string[] };

export async function playWholeNight(call: PlayCall, faultFree: FaultFree): Promise<WholeNight> {
  const played = await playNight(call);
  const verdict = judgeNight(played, faultFree);
  return { played, verdict, report: nightReport(played, verdict) };
}
