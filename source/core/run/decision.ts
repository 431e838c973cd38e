// Decides what comes next, at two moments only: after a look at the checklist, and after a session. Everything
// else in a run leads from one of these moments to the other.

import type { Addition } from '../codex/prompt.ts';
import { diskFull, heldUp, noChecklist, type Failure } from '../failure/failure.ts';
import { after, ended, failedEnding, look, pausedEnding, fatalEnding } from './next.ts';
import type { Ending } from './run.ts';
import { additionsAfter, afterFailure, askAboutStep, askUser, rest } from './after-failure.ts';
import {
  ladderAfter,
  onRung,
  rungThatNeedsUser,
  stalledFailure,
  tickedBefore,
  unstuck,
  withWordOfRung,
} from './ladder.ts';
import { queue } from './queue.ts';
import {
  hasBaseline,
  hasChecks,
  hasSteps,
  isAllTicked,
  isProven,
  isReviewed,
  sessionsUsedUp,
} from './rules.ts';
import type { ListLook } from '../checklist/list-look.ts';
import type { Fact } from './fact.ts';
import type { ClosedSession, Effect, Next, Run, SessionPlan } from './run.ts';
import { holdBack } from '../limits/hold-back.ts';
import { limitEnding } from '../limits/limit-time.ts';
import { settle } from '../stage/settling.ts';
import { tellings } from '../stage/stage.ts';

type Looked = Extract<Fact, { kind: 'looked' }>;

/** A run gives a failing check to this many sessions that have nothing else to do, before it asks the user. */
const mostRepairs = 3;

/** After a stage: about the session that it followed, or by another look if it followed none. */
export function decideAfterStage(run: Run, closed: ClosedSession | null, at: number): Next {
  if (closed === null) return look(run);
  const { plan, of } = closed;
  // What follows a failure asks the phase which session it was.
  return afterSession({ ...run, phase: { name: 'closing', plan, of, heldUpBy: null } }, closed, at);
}

export function afterLook(run: Run, looked: Looked, at: number): Next {
  const { list, hasDescription, full } = looked;
  if (run.fatal !== null) return ended(run, fatalEnding(run.fatal, at));
  const lastList = list.kind === 'read' ? list : null;
  const seen = unstuck({ ...remembering(run, list), lastList }, lastList);
  const over = endingByList(seen, list, at);
  if (over !== null) return ended(seen, over);
  if (run.pause !== 'none') return ended(seen, pausedEnding(at));
  if (isAllTicked(list) && mustBeProven(seen)) return settleBefore(seen, 'final', at);
  if (sessionsUsedUp(run)) return ended(seen, stoppedEnding(run, at));
  const limited = limitEnding(seen, at);
  if (limited !== null) return limited;
  if (!hasSteps(list) && !hasDescription) {
    return ended(
      seen,
      failedEnding(
        'There is no usable task_list.md and no description to plan from: start with a description and --task-name',
        at,
      ),
    );
  }
  if (full !== null) return askUser(seen, diskFull(full), at);
  if (seen.held !== null) return askUser(seen, heldUp(seen.held), at);
  const isTriedAgain = seen.hasSettled ? (seen.unprepared ?? seen.notStarted) : null;
  if (isTriedAgain !== null) return tryStageLater(seen, isTriedAgain, at);
  if (seen.stuckAt !== null) return askAboutStep(seen, at);
  const back = holdBack(seen, looked, at);
  if (back !== null) return back;
  if (!hasSteps(list)) return start(seen, 'initializer');
  if (hasBaseline(seen) && !seen.hasSettled) return settleBefore(seen, 'baseline', at);
  if (!isAllTicked(list)) return start(seen, 'executor');
  return isProven(seen) && !isReviewed(seen) ? review(seen) : repair(seen, at);
}

/** The next look finds nothing known of worktree and checks: they come again before anything else does. */
function tryStageLater(run: Run, sentence: string, at: number): Next {
  return askUser({ ...run, proof: null, hasSettled: false }, heldUp(sentence), at);
}

/** All steps are ticked, and only a failing check stands against the end. */
function repair(run: Run, at: number): Next {
  const unmet = run.proof?.unmet ?? 'its checks have not passed';
  if (run.repairs >= mostRepairs) return askUser({ ...run, held: unmet }, heldUp(unmet), at);
  return start({ ...run, repairs: run.repairs + 1 }, 'executor');
}

/** All that can be seen without reading says that the task is done. */
function review(run: Run): Next {
  return queue(run, {
    number: run.nextSession,
    role: 'reviewer',
    resumes: null,
    additions: [],
    round: run.review.round + 1,
  });
}

/** No session of this run has been looked at: what is known of the checks is from before. */
function mustBeProven(run: Run): boolean {
  return hasChecks(run) && run.proof === null && run.held === null;
}

function settleBefore(run: Run, purpose: 'baseline' | 'final', at: number): Next {
  return settle(run, { purpose, closed: null }, { decide: decideAfterStage, at });
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

  const over = endingByList(run, list, at);
  // Once the task's directory is gone, the list at its path is another one.
  const isDone = over?.kind === 'done' && run.fatal?.kind !== 'interrupted';
  if (run.fatal !== null && !isDone) {
    return after(effects, ended(run, fatalEnding(run.fatal, at)));
  }
  if (over !== null) return after(effects, ended(run, over));
  if (run.pause !== 'none') return after(effects, ended(run, pausedEnding(at)));
  const limited = limitEnding(run, at);
  if (limited !== null) return after(effects, limited);
  const moved = moving(run, plan, { list, failure });
  if (before.tellsNow && isCutShort(failure)) return after(effects, goOnTold(moved));
  return after(
    effects,
    failure === null
      ? afterSuccess(moved, at)
      : afterFailure(withoutRepair(moved, list), failure, at),
  );
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
  return { ...run, ...(hasTicked ? noFailures : null), ladder, lastList: list };
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

function start(before: Run, role: SessionPlan['role']): Next {
  // What was accepted is about to change.
  const run = { ...before, review: { ...before.review, accepted: false } };
  return queue(run, {
    number: run.nextSession,
    role,
    // A plan is resumed only if the user asked for it: a planning session that failed is better begun anew.
    resumes: role === 'executor' || run.sessionsStarted === 0 ? run.resume : null,
    additions: [
      ...(role === 'executor' ? withWordOfRung(run, run.additions) : run.additions),
      ...tellings(run.told).map((text): Addition => ({ kind: 'told', text })),
    ],
  });
}

/** Endings that the list alone decides: all steps ticked, unreadable, or gone after it once had steps. */
function endingByList(run: Run, list: ListLook, at: number): Ending | null {
  switch (list.kind) {
    case 'unreadable':
      return failedEnding(list.sentence, at);
    case 'missing':
      return run.hadSteps
        ? failedEnding(
            'task_list.md is gone: put it back, or delete the task directory to start over',
            at,
          )
        : null;
    case 'read':
      if (list.total === 0) {
        return run.hadSteps
          ? failedEnding(
              'task_list.md no longer has steps: put them back, or delete the task directory to start over',
              at,
            )
          : null;
      }
      return isAllTicked(list) && isProven(run) && isReviewed(run) && run.held === null
        ? { kind: 'done', sentence: null, at }
        : null;
    default:
      return list satisfies never;
  }
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

function remembering(run: Run, list: ListLook): Run {
  return run.hadSteps || !hasSteps(list) ? run : { ...run, hadSteps: true };
}

function stoppedEnding({ settings }: Run, at: number): Ending {
  const sentence = settings.autoContinue
    ? 'reached --max-sessions'
    : 'after one session (--no-auto-continue)';
  return { kind: 'stopped', sentence, at };
}
