// step(run, fact) → the next state and the effects to carry out. It decides; the runner acts. Pure: the time comes
// with the fact, timers are effects with an epoch, and a timer of an earlier epoch is ignored. The law that
// everything depends on: from `start` to `closed` there is one session, and no second `start` comes in
// between, whatever the facts and their order.

import { onSettings } from '../limits/changed-settings.ts';
import { lookFrom } from '../limits/hold-back.ts';
import { counted, onLimitTime, tokensCounted } from '../limits/limit-time.ts';
import { hurryStage, settled } from '../stage/settling.ts';
import { afterLook } from './decision/after-look.ts';
import { decideAfterStage } from './decision/after-session.ts';
import { leaveQueue } from './decision/queue.ts';
import { closeAgain } from './disk-space.ts';
import type { Fact } from './fact.ts';
import { ended, failing, fatalEnding, look, same, wakeAt } from './next.ts';
import { onControlRequest } from './on-control-request.ts';
import type { Fatal, Next, Run } from './run.ts';
import { stepSession } from './session-facts.ts';
import { stop } from './stop.ts';
import { endOfWait, waitTooLong, withClockSet } from './wait.ts';

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
