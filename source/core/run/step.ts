// step(run, fact) → the next state and the effects to carry out. It decides; the runner acts. Pure: the time comes
// with the fact, timers are effects with an epoch, and a timer of an earlier epoch is ignored. The law that
// everything depends on: from `start` to `closed` there is one session, and no second `start` comes in
// between, whatever the facts and their order.

import { afterFailure } from './after-failure.ts';
import { afterLook, decideAfterStage } from './decision.ts';
import { withVerdict } from '../review/run-review.ts';
import {
  after,
  ended,
  failing,
  fatalEnding,
  look,
  note,
  pausedEnding,
  same,
  wakeAt,
} from './next.ts';
import { offlineChanged } from './network.ts';
import { keptWaiting, leaveQueue, planAnew, startNow } from './queue.ts';
import { endOfWait, waitTooLong, withClockSet } from './wait.ts';
import { counted, isReached, onLimitTime, tokensCounted } from '../limits/limit-time.ts';
import { onSettings } from '../limits/changed-settings.ts';
import { lookFrom, mustHoldBack } from '../limits/hold-back.ts';
import { closeAgain, withoutDiskSpace } from './disk-space.ts';
import { hurryStage, resumeStage, settle, settled } from '../stage/settling.ts';
import { close, stop } from './stop.ts';
import { onControlRequest } from './on-control-request.ts';
import type { Fact, SessionFact } from './fact.ts';
import type { Effect, Next, Run, RunBeginning, SessionPlan, Fatal } from './run.ts';

/** The run's first state. A session that another runner left open is adopted or closed before anything starts. */
export function beginRun(beginning: RunBeginning, at: number): Next {
  const { open, stage, wasDone, ...rest } = beginning;
  const run: Run = {
    ...rest,
    phase: { name: 'looking' },
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

/** Applies a fact to a run; a run that has ended never changes. `at` is the wall clock, epoch ms. */
export function step(run: Run, fact: Fact, at: number): Next {
  return run.phase.name === 'ended' ? same(run) : counted(stepped(run, fact, at), at);
}

function stepped(run: Run, fact: Fact, at: number): Next {
  switch (fact.kind) {
    case 'looked': {
      const { name } = run.phase;
      const isAwaited = name === 'looking' || name === 'waiting';
      return isAwaited ? afterLook(tokensCounted(run, fact.tokens), fact, at) : same(run);
    }
    case 'limit time':
      return onLimitTime(run, at);
    case 'settled':
      return settled(run, fact, { decide: decideAfterStage, at });
    case 'control request':
      return onControlRequest(run, fact.want, at);
    case 'settings':
      return onSettings(run, fact.changed, at);
    case 'time':
      return fact.epoch === run.epoch ? timeIsUp(run, at) : same(run);
    case 'clock set':
      return same(withClockSet(run, fact.byMs));
    case 'fatal':
      return endedFatally(run, failing(fact.sentence), at);
    case 'directory gone':
      return endedFatally(run, { kind: 'interrupted', sentence: fact.sentence }, at);
    default:
      return stepSession(run, fact, at);
  }
}

/** A session's fact counts only for the run's current session, and only in the phase that it belongs to. */
function stepSession(run: Run, fact: SessionFact, at: number): Next {
  const { phase } = run;
  if (!('plan' in phase) || phase.plan.number !== fact.session) return same(run);
  const { plan } = phase;
  const lives = phase.name !== 'closing' && phase.name !== 'queued';
  switch (fact.kind) {
    case 'kept waiting':
      return phase.name === 'queued' ? keptWaiting(run, fact.wait, at) : same(run);
    case 'permit given':
      if (phase.name !== 'queued') return same(run);
      return mustHoldBack(run, at) ? planAnew(run) : startNow(run, plan);
    case 'tokens':
      return lives ? onLimitTime(tokensCounted(run, fact.tokens), at) : same(run);
    case 'started':
      return phase.name === 'starting' ? work(run, plan, at) : same(run);
    case 'start failed':
      return phase.name === 'starting' ? startFailed(run, fact, at) : same(run);
    case 'disk full':
      return withoutDiskSpace(run, fact.sentence, at);
    case 'stalled':
      return phase.name === 'working'
        ? stop({ ...run, stall: fact.stall }, plan, { signal: 'SIGINT', at })
        : same(run);
    case 'offline':
      return lives ? offlineChanged(run, fact.isOffline, at) : same(run);
    case 'thread started':
      return phase.name === 'queued' ? same(run) : threadStarted(run, plan, fact.threadId);
    case 'answered':
      return lives ? same({ ...run, waitingSince: null }) : same(run);
    case 'turn over':
      return phase.name === 'working'
        ? wakeAt({ ...run, offline: false }, at + run.settings.lingerMs)
        : same(run);
    case 'turn goes on':
      return phase.name === 'working' ? same({ ...run, epoch: run.epoch + 1 }) : same(run);
    case 'exited':
      // Even before `started`: when Codex exits at once, that fact may arrive first.
      return lives ? close(run, plan, 'this run') : same(run);
    case 'closed':
      return phase.name === 'closing' ? sessionClosed(run, fact, at) : same(run);
    case 'close failed':
      return phase.name === 'closing'
        ? ended(run, fatalEnding(run.fatal ?? failing(fact.sentence), at))
        : same(run);
    default:
      return fact satisfies never;
  }
}

function sessionClosed(
  run: Run,
  { failure, list, tokens, message = null }: Extract<SessionFact, { kind: 'closed' }>,
  at: number,
): Next {
  if (run.phase.name !== 'closing') return same(run);
  const { plan, of } = run.phase;
  const closed = { plan, of, failure, list };
  const counted = tokensCounted(run, tokens);
  const { run: judged, notes } = withVerdict(counted, closed, message);
  const next = settle(judged, { purpose: 'session', closed }, { decide: decideAfterStage, at });
  return after(notes.map(note), next);
}

/** Only the first start of a run may end it: later, an update may be replacing Codex. The session does not count. */
function startFailed(
  run: Run,
  { sentence, failure }: Extract<SessionFact, { kind: 'start failed' }>,
  at: number,
): Next {
  const sessionsStarted = run.sessionsStarted - 1;
  const isFirst = sessionsStarted === 0 && run.missingSince === null;
  if (failure === undefined || run.fatal !== null || isFirst) {
    return ended(run, fatalEnding(run.fatal ?? failing(sentence), at));
  }
  if (run.pause === 'now') return ended(run, pausedEnding(at));
  return afterFailure({ ...run, sessionsStarted }, failure, at);
}

/** The session runs; a pause or fatal problem that came while it was being started is acted on now. */
function work(run: Run, plan: SessionPlan, at: number): Next {
  const working: Run = { ...run, phase: { name: 'working', plan } };
  const mustStop =
    run.pause === 'now' || run.fatal !== null || run.tellsNow || isReached(working, at);
  return mustStop ? stop(working, plan, { signal: 'SIGINT', at }) : same(working);
}

function threadStarted(run: Run, plan: SessionPlan, threadId: string): Next {
  // The task's conversation stays the one that worked: nobody resumes a Reviewer.
  if (plan.role === 'reviewer') return same(run);
  const effects: Effect[] = [{ do: 'save thread', threadId }];
  if (plan.resumes !== null && plan.resumes !== threadId) {
    // Codex before 0.130 silently starts a new thread when it cannot find the requested one.
    effects.push(note('The conversation could not be resumed: this is a new one.'));
  }
  return { run: { ...run, thread: threadId }, effects };
}

function timeIsUp(run: Run, at: number): Next {
  const { phase } = run;
  switch (phase.name) {
    case 'working':
      if (run.offline) return waitOver(run, at);
      // Its turn is over but the process lingers: keep the result, stop the process.
      return stop(run, phase.plan, { signal: 'SIGINT', at });
    case 'stopping':
      return stop(run, phase.plan, { signal: phase.sent === 'SIGINT' ? 'SIGTERM' : 'SIGKILL', at });
    case 'resting':
      return look(run);
    case 'waiting':
      return lookFrom(run);
    case 'looking':
    case 'queued':
    case 'closing':
      return closeAgain(run);
    case 'starting':
    case 'settling':
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}

/** If the clock was set meanwhile, the timer may have fired too early. */
function waitOver(run: Run, at: number): Next {
  const endsAt = endOfWait(run);
  return endsAt !== null && endsAt > at
    ? wakeAt(run, endsAt)
    : endedFatally(run, failing(waitTooLong), at);
}

function endedFatally(run: Run, trouble: Fatal, at: number): Next {
  const { phase } = run;
  const inTrouble: Run = { ...run, fatal: run.fatal ?? trouble };
  switch (phase.name) {
    case 'working':
      return stop(inTrouble, phase.plan, { signal: 'SIGINT', at });
    case 'queued':
      return leaveQueue(ended(inTrouble, fatalEnding(trouble, at)));
    case 'looking':
    case 'resting':
    case 'waiting':
      return ended(inTrouble, fatalEnding(trouble, at));
    case 'settling':
      return hurryStage(inTrouble);
    case 'starting':
    case 'stopping':
    case 'closing':
      // Processes of the session may live: the run ends when none does any more.
      return same(inTrouble);
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}
