// What follows a failed session: failure.ts gives every reason its recovery, and this file carries it out.

import { failureLine, type Failure } from '../../failure/failure.ts';
import { gettingNowhere, onRung, rungThatNeedsUser } from './ladder.ts';
import { after, ended, failedEnding, look, note, wakeAt } from '../next.ts';
import { sessionsUsedUp } from './rules.ts';
import { waitsTooLong } from '../wait.ts';
import type { Next, Run, SessionPlan } from '../run.ts';

/** The run gives up after this many unclassified failures in a row. */
const maxUnexplainedInARow = 5;
/** The run also gives up after this many failures in a row that each needed a fresh conversation. */
const maxFreshInARow = 5;
/** An update replaces Codex within this time. */
const codexIsReplacedMs = 120_000;
const longestWaitForCodexMs = 15_000;
/** 32 s: each try to resume a conversation that is in use is a session in the log. */
const writerDoublings = 6;

export function afterFailure(before: Run, failure: Failure, at: number): Next {
  // Nothing was done in it, or by a launcher without its Codex: it does not count.
  const isInUse = failure.reason === 'another writer';
  const isUncounted =
    isInUse || (failure.recovery === 'wait for Codex' && before.phase.name === 'closing');
  const isUnexplained = failure.recovery === 'try again';
  const run: Run = {
    ...before,
    sessionsStarted: isUncounted ? Math.max(0, before.sessionsStarted - 1) : before.sessionsStarted,
    failuresInARow: before.failuresInARow + 1,
    unexplainedInARow: isUnexplained ? before.unexplainedInARow + 1 : 0,
    freshInARow: failure.recovery === 'fresh thread' ? before.freshInARow + 1 : 0,
    waitingSince: before.waitingSince ?? at,
    missingSince: failure.recovery === 'wait for Codex' ? (before.missingSince ?? at) : null,
    additions: additionsAfter(failure),
  };
  // A session whose conversation was gone does not count, either: the requested one is still to come.
  const mayGoOn = run.settings.autoContinue || isInUse || failure.reason === 'conversation gone';
  if (!mayGoOn || sessionsUsedUp(run)) return giveUp(run, failure, at);
  switch (failure.recovery) {
    case 'try again':
      return run.unexplainedInARow >= maxUnexplainedInARow
        ? giveUp(run, failure, at)
        : backOff(run, failure, at);
    case 'back off':
    case 'wait for the network':
      return backOff(run, failure, at);
    case 'wait for Codex':
      // No conversation began: the next session is the one that was planned.
      return waitForCodex({ ...run, ...plannedBefore(before) }, failure, at);
    case 'wait for the writer':
      return backOff({ ...run, ...plannedBefore(before) }, failure, at);
    case 'wait for the reset':
      // The runner has recorded the limit for the whole account; the next session queues for its permit.
      return look(run);
    case 'fresh thread':
      return run.freshInARow >= maxFreshInARow
        ? giveUp(run, failure, at)
        : after(
            [note(`${failure.sentence}: starting a new one.`)],
            rest(run, { until: at, because: failure }),
          );
    case 'climb the ladder':
      return climb(run, failure, at);
    case 'ask the user':
      return askUser(run, failure, at);
    default:
      return failure.recovery satisfies never;
  }
}

/** Parks the run and looks again now and then; a run without a dashboard ends with the reason instead. */
export function askUser(run: Run, failure: Failure, at: number): Next {
  if (!run.settings.waitsForUser) return giveUp(run, failure, at);
  const until = at + run.settings.lookAgainMs;
  const parked: Run = { ...run, waitingSince: run.waitingSince ?? at };
  return (
    waitsTooLong(parked, until, at) ??
    after(
      [{ do: 'say', announcement: { kind: 'waits', reason: failureLine(failure), until } }],
      rest(parked, { until, because: failure }),
    )
  );
}

/** The same about a stuck step: each look checks whether the list has changed. */
export function askAboutStep(run: Run, at: number): Next {
  return askUser({ ...run, stuckAt: run.lastList }, gettingNowhere, at);
}

function climb(run: Run, failure: Failure, at: number): Next {
  const { rung } = run.ladder;
  const isNetwork = run.stall === 'network';
  if (!isNetwork && rung >= rungThatNeedsUser) return askAboutStep(run, at);
  const tooLong = isNetwork ? waitsTooLong(run, null, at) : null;
  if (tooLong !== null) return tooLong;
  const next: Run = { ...run, ...onRung(run, isNetwork ? 1 : rung) };
  return after([note(`${failure.sentence}.`)], rest(next, { until: at, because: failure }));
}

/** A Codex that is gone for longer than an update takes is for the user. */
function waitForCodex(run: Run, failure: Failure, at: number): Next {
  return at - (run.missingSince ?? at) >= codexIsReplacedMs
    ? askUser(run, { ...failure, recovery: 'ask the user' }, at)
    : backOff(run, failure, at);
}

function backOff(run: Run, failure: Failure, at: number): Next {
  const longestMs = failure.recovery === 'wait for Codex' ? longestWaitForCodexMs : Infinity;
  const { failuresInARow } = run;
  // A writer that the system shows is waited for before a session starts; of any other only Codex can tell.
  const doublings =
    failure.recovery === 'wait for the writer'
      ? Math.max(failuresInARow, writerDoublings)
      : failuresInARow;
  const delayMs = Math.min(backOffMs({ ...run, failuresInARow: doublings }, at), longestMs);
  return (
    waitsTooLong(run, at + delayMs, at) ??
    after(
      [{ do: 'say', announcement: { kind: 'back off', delayMs, failure, failuresInARow } }],
      rest(run, { until: at + delayMs, because: failure }),
    )
  );
}

/** 1 s, doubled with each failure in a row, ± a quarter so that tasks do not all retry at the same moment. */
export function backOffMs({ failuresInARow, settings }: Run, at: number): number {
  const doubled = 1000 * 2 ** Math.min(failuresInARow - 1, 30);
  const delayMs = Math.min(settings.longestBackOffMs, doubled);
  return Math.round(delayMs * (0.75 + 0.5 * scattered(at)));
}

/** Deterministic jitter in [0, 1): core must not call Math.random. */
function scattered(at: number): number {
  return (Math.imul(Math.floor(at) | 0, 2_654_435_761) >>> 0) / 2 ** 32;
}

export function rest(
  run: Run,
  { until, because }: { until: number; because: Failure | null },
): Next {
  return wakeAt({ ...run, phase: { name: 'resting', until, because } }, until);
}

function giveUp(run: Run, failure: Failure, at: number): Next {
  return ended(run, failedEnding(failureLine(failure), at));
}

function plannedBefore({ phase, resume, additions }: Run): Pick<Run, 'resume' | 'additions'> {
  if (!('plan' in phase)) return { resume, additions };
  return { resume: phase.plan.resumes, additions: phase.plan.additions };
}

/** What the next session must be told about the previous one. */
export function additionsAfter(failure: Failure | null): SessionPlan['additions'] {
  return failure === null ? [] : additionsAfterOutcome(failure.reason);
}

/** The same when only the recorded outcome word is known. */
export function additionsAfterOutcome(outcome: string): SessionPlan['additions'] {
  switch (outcome) {
    case 'completed':
      return [];
    case 'context full':
      return [{ kind: 'context-full' }];
    case 'conversation gone':
      return [{ kind: 'conversation-gone' }];
    case 'no checklist':
      return [{ kind: 'no-checklist' }];
    default:
      return [{ kind: 'interrupted' }];
  }
}
