// What a fact about a session does to a run.

import { mustHoldBack } from '../limits/hold-back.ts';
import { isReached, onLimitTime, tokensCounted } from '../limits/limit-time.ts';
import { withVerdict } from '../review/run-review.ts';
import { settle } from '../stage/settling.ts';
import { afterFailure } from './decision/after-failure.ts';
import { decideAfterStage } from './decision/after-session.ts';
import { keptWaiting, planAnew, startNow } from './decision/queue.ts';
import { withoutDiskSpace } from './disk-space.ts';
import type { SessionFact } from './fact.ts';
import { offlineChanged } from './network.ts';
import { after, ended, failing, fatalEnding, note, pausedEnding, same, wakeAt } from './next.ts';
import type { Effect, Next, Run, SessionPlan } from './run.ts';
import { close, stop } from './stop.ts';

/** A session's fact counts only for the run's current session, and only in the phase that it belongs to. */
export function stepSession(run: Run, fact: SessionFact, at: number): Next {
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
export function work(run: Run, plan: SessionPlan, at: number): Next {
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
