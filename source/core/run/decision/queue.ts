// A planned session waits here for its start permit, which may come at once, later, or never.

import { look, same } from '../next.ts';
import { isAllTicked, isProven } from './rules.ts';
import { waitsTooLong } from '../wait.ts';
import type { Effect, Next, Run, SessionPlan, Wait } from '../run.ts';

/** Queues the plan. Nothing has started: it counts as a session only once the permit is granted. */
export function queue(run: Run, plan: SessionPlan): Next {
  return {
    run: { ...run, phase: { name: 'queued', plan, wait: null }, epoch: run.epoch + 1 },
    effects: [{ do: 'request permit', plan }],
  };
}

export function startNow(run: Run, plan: SessionPlan): Next {
  const waited = run.phase.name === 'queued' && run.phase.wait !== null;
  const starting: Run = {
    ...run,
    phase: { name: 'starting', plan },
    epoch: run.epoch + 1,
    nextSession: plan.number + 1,
    sessionsStarted: run.sessionsStarted + 1,
    // Only this session resumes the conversation; later ones start fresh.
    resume: null,
    // A Reviewer is told nothing of it: the next working session is.
    additions: plan.role === 'reviewer' ? run.additions : [],
    told: plan.role === 'reviewer' ? run.told : [],
    // A failure that is known stays known; what passed is to be seen again.
    proof: run.proof?.unmet == null ? null : run.proof,
    thread: null,
    offline: false,
    stall: null,
  };
  const effects: Effect[] = [
    { do: 'say', announcement: { kind: 'session', number: plan.number, role: plan.role } },
    { do: 'start', plan },
  ];
  return {
    run: starting,
    effects: waited ? [{ do: 'say', announcement: { kind: 'goes on' } }, ...effects] : effects,
  };
}

export function keptWaiting(before: Run, wait: Wait, at: number): Next {
  if (before.phase.name !== 'queued') return same(before);
  const { phase } = before;
  const run: Run = {
    ...before,
    phase: { ...phase, wait },
    waitingSince: before.waitingSince ?? at,
  };
  const tooLong = waitsTooLong(run, wait.until, at);
  if (tooLong !== null) return leaveQueue(tooLong);
  const isNews = phase.wait?.until !== wait.until || reasonOf(phase.wait) !== reasonOf(wait);
  const announcement = { kind: 'waits', reason: reasonOf(wait), until: wait.until } as const;
  return { run, effects: isNews ? [{ do: 'say', announcement }] : [] };
}

export function reasonOf({ reason, sentence }: Wait): string {
  return sentence ?? reason;
}

/** The plan is made anew. It was not carried out, so a repair does not count as one. */
export function planAnew(run: Run): Next {
  const { lastList, repairs } = run;
  const isRepair = lastList !== null && isAllTicked(lastList) && !isProven(run);
  return leaveQueue(look({ ...run, repairs: isRepair ? Math.max(0, repairs - 1) : repairs }));
}

export function leaveQueue({ run, effects }: Next): Next {
  return { run, effects: [{ do: 'drop permit' }, ...effects] };
}
