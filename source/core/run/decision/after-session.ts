// Decides what comes next after a session, or after the stage between two sessions. The other moment at which that is
// decided is a look at the checklist (after-look.ts). Everything else in a run leads from one of these moments to the other.

import type { ListLook } from '../../checklist/list-look.ts';
import { noChecklist, type Failure } from '../../failure/failure.ts';
import { limitEnding } from '../../limits/limit-time.ts';
import { after, ended, fatalEnding, look, pausedEnding } from '../next.ts';
import type { ClosedSession, Effect, Next, Run, SessionPlan } from '../run.ts';
import { additionsAfter, afterFailure, askAboutStep, rest } from './after-failure.ts';
import { endingByList, remembering, stoppedEnding } from './ending-by-list.ts';
import { ladderAfter, onRung, rungThatNeedsUser, stalledFailure, tickedBefore } from './ladder.ts';
import { hasSteps, isAllTicked, isProven, sessionsUsedUp } from './rules.ts';

/** After a stage: about the session that it followed, or by another look if it followed none. */
export function decideAfterStage(run: Run, closed: ClosedSession | null, at: number): Next {
  if (closed === null) return look(run);
  const { plan, of } = closed;
  // What follows a failure asks the phase which session it was.
  return afterSession({ ...run, phase: { name: 'closing', plan, of, heldUpBy: null } }, closed, at);
}

function afterSession(
  before: Run,
  { plan, of, failure: failedBy, list }: ClosedSession,
  at: number,
): Next {
  const run = { ...remembering(before, list), tellsNow: false };
  const failure = failureOfSession(run, failedBy, { plan, list });
  // It does not count in this run, whose first session is still to come.
  if (of === 'a run before') return look({ ...run, additions: additionsAfter(failure) });
  const effects = announced(plan, failure, list);

  const seen = withList(run, list);
  const over = endingByList(run, list, at);
  // Once the task's directory is gone, the list at its path is another one.
  const isDone = over?.kind === 'done' && run.fatal?.kind !== 'interrupted';
  if (run.fatal !== null && !isDone) {
    return after(effects, ended(seen, fatalEnding(run.fatal, at)));
  }
  if (over !== null) return after(effects, ended(seen, over));
  const isToldNow = before.tellsNow && isCutShort(failure);
  // A pause after the session is one after what the conversation does with the user's word.
  const isPaused = run.pause === 'now' || (run.pause === 'after session' && !isToldNow);
  if (isPaused) return after(effects, ended(seen, pausedEnding(at)));
  const limited = limitEnding(seen, at);
  if (limited !== null) return after(effects, limited);
  const moved = withList(moving(run, plan, { list, failure }), list);
  if (isToldNow) return after(effects, goOnTold(moved));
  return after(
    effects,
    failure === null
      ? afterSuccess(moved, at)
      : afterFailure(withoutRepair(moved, list), failure, at),
  );
}

/** The next session is compared with it; and a run that ends says by it how far its task is. */
function withList(run: Run, list: ListLook): Run {
  return list.kind === 'read' ? { ...run, lastList: list } : run;
}

/** Nothing but the user's word has ended it. */
function isCutShort(failure: Failure | null): boolean {
  return failure === null || failure.recovery === 'try again';
}

/** The conversation goes on at once with what the user said; the session that was cut short for it does not count. */
function goOnTold(run: Run): Next {
  const { thread } = run;
  return look({
    ...run,
    tellsNow: true,
    resume: thread,
    sessionsStarted: Math.max(0, run.sessionsStarted - 1),
    additions: thread === null ? [{ kind: 'interrupted' }] : [],
  });
}

/** A session that failed has not tried to repair anything: it does not count as one that did. */
function withoutRepair(run: Run, list: ListLook): Run {
  return isAllTicked(list) && !isProven(run)
    ? { ...run, repairs: Math.max(0, run.repairs - 1) }
    : run;
}

/** A session that was stopped because it stalled failed for that reason, whatever Codex said after. */
function failureOfSession(
  run: Run,
  failedBy: Failure | null,
  { plan, list }: { plan: SessionPlan; list: ListLook },
): Failure | null {
  if (run.stall !== null && failedBy !== null) {
    const failure = stalledFailure(run.stall);
    // The ladder is for a step; a Reviewer that stalls again and again must come to an end.
    const isOfStep = plan.role !== 'reviewer' || run.stall === 'network';
    return isOfStep ? failure : { ...failure, recovery: 'try again' };
  }
  return failedBy ?? (plan.role === 'initializer' ? missingSteps(list) : null);
}

/**
 * Notes whether the session made progress. A failure unrelated to the step says nothing about the step; a tick says
 * that what failed before is over.
 */
function moving(
  run: Run,
  plan: SessionPlan,
  { list, failure }: { list: ListLook; failure: Failure | null },
): Run {
  if (plan.role !== 'executor' || list.kind !== 'read') return run;
  const saysSomething = failure === null || run.stall !== null;
  const before = tickedBefore(run);
  const hasTicked = before !== null && list.done > before;
  const ladder = saysSomething || hasTicked ? ladderAfter(run, list.done) : run.ladder;
  return { ...run, ...(hasTicked ? noFailures : null), ladder };
}

const noFailures = { failuresInARow: 0, unexplainedInARow: 0, freshInARow: 0 };

function afterSuccess(before: Run, at: number): Next {
  const run: Run = {
    ...before,
    ...noFailures,
    waitingSince: null,
    missingSince: null,
    additions: additionsAfter(null),
  };
  if (!run.settings.autoContinue || sessionsUsedUp(run)) {
    return ended(run, stoppedEnding(run, at));
  }
  if (run.ladder.rung >= rungThatNeedsUser) return askAboutStep(run, at);
  const hasClimbed = run.ladder.rung > 0 && run.ladder.sessionsWithoutTick === 0;
  const { restMs } = run.settings;
  const next = hasClimbed ? { ...run, ...onRung(run, run.ladder.rung) } : run;
  const resting = rest(next, { until: at + restMs, because: null });
  return after([{ do: 'say', announcement: { kind: 'rest', delayMs: restMs } }], resting);
}

function announced(plan: SessionPlan, failure: Failure | null, list: ListLook): Effect[] {
  const effects: Effect[] = [];
  if (failure === null) {
    effects.push({ do: 'say', announcement: { kind: 'session complete', role: plan.role } });
  }
  if (list.kind === 'read' && list.total > 0) {
    effects.push({
      do: 'say',
      announcement: { kind: 'progress', done: list.done, total: list.total },
    });
  }
  return effects;
}

function missingSteps(list: ListLook): Failure | null {
  return hasSteps(list) ? null : noChecklist;
}
