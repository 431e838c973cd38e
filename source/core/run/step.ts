// step(run, fact) → what the run is now, and what to do. It decides, the runner does. Pure: the time comes
// with the fact, timers are effects with an epoch, and a timer of an earlier epoch is ignored. The law that
// everything hangs on: from `start` to `closed` there is one session, and no second `start` comes in
// between, whatever the facts and their order.

import { decide } from './decision.ts';
import { ended, failing, look, note, same, troubledEnding, wakeAt } from './next.ts';
import { offlineChanged } from './network.ts';
import { keptWaiting, leaveQueue, startNow } from './queue.ts';
import { endOfWait, waitTooLong, withClockSet } from './wait.ts';
import { closeAgain, withoutRoom } from './disk-space.ts';
import { close, stop } from './stop.ts';
import { wished } from './on-control-request.ts';
import type {
  Effect,
  Fact,
  Next,
  Run,
  RunBeginning,
  SessionFact,
  SessionPlan,
  Trouble,
} from './run.ts';

/** The run's first state: a session that another runner left open is adopted before anything is started. */
export function beginRun(beginning: RunBeginning, at: number): Next {
  const { open, ...rest } = beginning;
  const run: Run = {
    ...rest,
    phase: { name: 'looking' },
    epoch: 0,
    lastList: null,
    stuckAt: null,
    stall: null,
    freshInARow: 0,
    offline: false,
    thread: null,
    waitingSince: null,
    trouble: null,
  };
  if (open === null) return { run, effects: [{ do: 'look' }] };
  if (open.is !== 'alive') {
    return close(run, open.plan, open.is === 'dead' ? 'this run' : 'a run before');
  }
  return work(run, open.plan, at);
}

/** What a fact makes of a run: nothing, once it has ended. `at` is the wall clock, epoch ms. */
export function step(run: Run, fact: Fact, at: number): Next {
  if (run.phase.name === 'ended') return same(run);
  switch (fact.kind) {
    case 'looked':
      return run.phase.name === 'looking' ? decide(run, { fact, at }) : same(run);
    case 'wish':
      return wished(run, fact.want, at);
    case 'time':
      return fact.epoch === run.epoch ? timeIsUp(run, at) : same(run);
    case 'clock set':
      return same(withClockSet(run, fact.byMs));
    case 'trouble':
      return troubled(run, failing(fact.sentence), at);
    case 'directory gone':
      return troubled(run, { kind: 'interrupted', sentence: fact.sentence }, at);
    default:
      return stepSession(run, fact, at);
  }
}

/** Facts about a session count only while it is the run's own, and only where its life has come so far. */
function stepSession(run: Run, fact: SessionFact, at: number): Next {
  const { phase } = run;
  if (!('plan' in phase) || phase.plan.number !== fact.session) return same(run);
  const { plan } = phase;
  const lives = phase.name !== 'closing' && phase.name !== 'queued';
  switch (fact.kind) {
    case 'kept waiting':
      return phase.name === 'queued' ? keptWaiting(run, fact.wait, at) : same(run);
    case 'leave given':
      return phase.name === 'queued' ? startNow(run, plan) : same(run);
    case 'started':
      return phase.name === 'starting' ? work(run, plan, at) : same(run);
    case 'start failed':
      return phase.name === 'starting'
        ? ended(run, troubledEnding(run.trouble ?? failing(fact.sentence), at))
        : same(run);
    case 'no room':
      return withoutRoom(run, fact.sentence, at);
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
      // Even before `started`: one that ends at once may be told of first.
      return lives ? close(run, plan, 'this run') : same(run);
    case 'closed':
      return phase.name === 'closing' ? decide(run, { fact, at }) : same(run);
    case 'close failed':
      return phase.name === 'closing'
        ? ended(run, troubledEnding(run.trouble ?? failing(fact.sentence), at))
        : same(run);
    default:
      return fact satisfies never;
  }
}

/** The session runs; what was asked for while it was being started is done now. */
function work(run: Run, plan: SessionPlan, at: number): Next {
  const working: Run = { ...run, phase: { name: 'working', plan } };
  const mustStop = run.pause === 'now' || run.trouble !== null;
  return mustStop ? stop(working, plan, { signal: 'SIGINT', at }) : same(working);
}

function threadStarted(run: Run, plan: SessionPlan, threadId: string): Next {
  const effects: Effect[] = [{ do: 'save thread', threadId }];
  if (plan.resumes !== null && plan.resumes !== threadId) {
    // Codex before 0.130 starts a new thread without a word when it can't find the one asked for.
    effects.push(note('The conversation could not be resumed: this is a fresh one.'));
  }
  return { run: { ...run, thread: threadId }, effects };
}

function timeIsUp(run: Run, at: number): Next {
  const { phase } = run;
  switch (phase.name) {
    case 'working':
      if (run.offline) return waitOver(run, at);
      // Its turn is over and it lingers: the result counts, the process goes.
      return stop(run, phase.plan, { signal: 'SIGINT', at });
    case 'stopping':
      return stop(run, phase.plan, { signal: phase.sent === 'SIGINT' ? 'SIGTERM' : 'SIGKILL', at });
    case 'resting':
      return look(run);
    case 'looking':
    case 'queued':
    case 'closing':
      return closeAgain(run);
    case 'starting':
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}

/** Where the clock was set forth it is over too soon. */
function waitOver(run: Run, at: number): Next {
  const endsAt = endOfWait(run);
  return endsAt !== null && endsAt > at
    ? wakeAt(run, endsAt)
    : troubled(run, failing(waitTooLong), at);
}

function troubled(run: Run, trouble: Trouble, at: number): Next {
  const { phase } = run;
  const inTrouble: Run = { ...run, trouble: run.trouble ?? trouble };
  switch (phase.name) {
    case 'working':
      return stop(inTrouble, phase.plan, { signal: 'SIGINT', at });
    case 'queued':
      return leaveQueue(ended(inTrouble, troubledEnding(trouble, at)));
    case 'looking':
    case 'resting':
      return ended(inTrouble, troubledEnding(trouble, at));
    case 'starting':
    case 'stopping':
    case 'closing':
      // Something of the session may live: the run ends when nothing does any more.
      return same(inTrouble);
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}
