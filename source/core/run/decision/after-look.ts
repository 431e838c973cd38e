// Decides what comes next after a look at the checklist: an ending, a wait, a part of the stage, or a session.

import { diskFull, heldUp } from '../../failure/failure.ts';
import { holdBack } from '../../limits/hold-back.ts';
import { limitEnding } from '../../limits/limit-time.ts';
import { settle } from '../../stage/settling.ts';
import type { Fact } from '../fact.ts';
import { ended, failedEnding, fatalEnding, pausedEnding } from '../next.ts';
import type { Next, Run } from '../run.ts';
import { askAboutStep, askUser } from './after-failure.ts';
import { decideAfterStage } from './after-session.ts';
import { endingByList, remembering, stoppedEnding } from './ending-by-list.ts';
import { unstuck } from './ladder.ts';
import { planReview, planSession } from './plan-session.ts';
import {
  hasBaseline,
  hasChecks,
  hasSteps,
  isAllTicked,
  isProven,
  isReviewed,
  sessionsUsedUp,
} from './rules.ts';

type Looked = Extract<Fact, { kind: 'looked' }>;

/** A run gives a failing check to this many sessions that have nothing else to do, before it asks the user. */
const mostRepairs = 3;

export function afterLook(run: Run, looked: Looked, at: number): Next {
  const next = decided(run, looked, at);
  const { phase, pause } = next.run;
  // A pause waits for a session that is told something now, and for nothing else.
  const isHeld = phase.name === 'resting' || phase.name === 'waiting';
  return isHeld && pause !== 'none' ? ended(next.run, pausedEnding(at)) : next;
}

function decided(run: Run, looked: Looked, at: number): Next {
  const { list, hasDescription, full } = looked;
  if (run.fatal !== null) return ended(run, fatalEnding(run.fatal, at));
  const lastList = list.kind === 'read' ? list : null;
  const seen = unstuck({ ...remembering(run, list), lastList, tellsNow: false }, lastList);
  const over = endingByList(seen, list, at);
  if (over !== null) return ended(seen, over);
  const isToldFirst = run.tellsNow && run.pause === 'after session';
  if (run.pause !== 'none' && !isToldFirst) return ended(seen, pausedEnding(at));
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
  if (!hasSteps(list)) return planSession(seen, 'initializer');
  if (hasBaseline(seen) && !seen.hasSettled) return settleBefore(seen, 'baseline', at);
  if (!isAllTicked(list)) return planSession(seen, 'executor');
  return isProven(seen) && !isReviewed(seen) ? planReview(seen) : repair(seen, at);
}

/** The next look finds nothing known of worktree and checks: they come again before anything else does. */
function tryStageLater(run: Run, sentence: string, at: number): Next {
  return askUser({ ...run, proof: null, hasSettled: false }, heldUp(sentence), at);
}

/** All steps are ticked, and only a failing check stands against the end. */
function repair(run: Run, at: number): Next {
  const unmet = run.proof?.unmet ?? 'its checks have not passed';
  if (run.repairs >= mostRepairs) return askUser({ ...run, held: unmet }, heldUp(unmet), at);
  return planSession({ ...run, repairs: run.repairs + 1 }, 'executor');
}

/** No session of this run has been looked at: what is known of the checks is from before. */
function mustBeProven(run: Run): boolean {
  return hasChecks(run) && run.proof === null && run.held === null;
}

function settleBefore(run: Run, purpose: 'baseline' | 'final', at: number): Next {
  return settle(run, { purpose, closed: null }, { decide: decideAfterStage, at });
}
