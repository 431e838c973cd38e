// step(run, fact) → what the run is now, and what to do. It decides, the runner does. Pure: the time comes
// with the fact, timers are effects with an epoch, and a timer of an earlier epoch is ignored. The law that
// everything hangs on: from `start` to `closed` there is one session, and no second `start` comes in
// between, whatever the facts and their order.

import { decide } from './run-decision.ts';
import {
  ended,
  failedEnding,
  note,
  pausedEnding,
  same,
  wakeAt,
  type Effect,
  type Fact,
  type Next,
  type Run,
  type RunBeginning,
  type SessionPlan,
  type StopSignal,
  type Want,
} from './run.ts';

/** The run's first state: a session that another runner left open is adopted before anything is started. */
export function beginRun(beginning: RunBeginning): Next {
  const { open, ...rest } = beginning;
  const run: Run = {
    ...rest,
    phase: { name: 'looking' },
    epoch: 0,
    trouble: null,
  };
  if (open === null) return { run, effects: [{ do: 'look' }] };
  if (!open.lives) return close(run, open.plan);
  const working: Run = { ...run, phase: { name: 'working', plan: open.plan } };
  return run.pause === 'now'
    ? stop(working, open.plan, { signal: 'SIGINT', at: 0 })
    : { run: working, effects: [] };
}

/** What a fact makes of a run. `at` is the wall clock, epoch ms. */
export function step(run: Run, fact: Fact, at: number): Next {
  switch (fact.kind) {
    case 'looked':
      return run.phase.name === 'looking' ? decide(run, { fact, at }) : same(run);
    case 'started':
      return started(run, at);
    case 'start failed':
      return run.phase.name === 'starting'
        ? ended(run, failedEnding(fact.sentence, at))
        : same(run);
    case 'thread started':
      return threadStarted(run, fact.threadId);
    case 'turn over':
      return run.phase.name === 'working' ? wakeAt(run, at + run.settings.lingerMs) : same(run);
    case 'exited':
      return run.phase.name === 'working' || run.phase.name === 'stopping'
        ? close(run, run.phase.plan)
        : same(run);
    case 'closed':
      return run.phase.name === 'closing' ? decide(run, { fact, at }) : same(run);
    case 'wish':
      return wished(run, fact.want, at);
    case 'time':
      return fact.epoch === run.epoch ? timeIsUp(run, at) : same(run);
    case 'trouble':
      return troubled(run, fact.sentence, at);
    default:
      return fact satisfies never;
  }
}

function started(run: Run, at: number): Next {
  if (run.phase.name !== 'starting') return same(run);
  const { plan } = run.phase;
  const working: Run = { ...run, phase: { name: 'working', plan } };
  const mustStop = run.pause === 'now' || run.trouble !== null;
  return mustStop ? stop(working, plan, { signal: 'SIGINT', at }) : { run: working, effects: [] };
}

function threadStarted(run: Run, threadId: string): Next {
  const { phase } = run;
  if (phase.name !== 'starting' && phase.name !== 'working' && phase.name !== 'stopping') {
    return same(run);
  }
  const effects: Effect[] = [{ do: 'save thread', threadId }];
  const { resumes } = phase.plan;
  if (resumes !== null && resumes !== threadId) {
    // Codex before 0.130 starts a new thread without a word when it can't find the one asked for.
    effects.push(note('The conversation could not be resumed: this is a fresh one.'));
  }
  return { run, effects };
}

function wished(run: Run, want: Want, at: number): Next {
  const { phase } = run;
  if (phase.name === 'ended') return same(run);
  switch (want) {
    case 'pause after session':
      if (run.pause !== 'none') return same(run);
      return phase.name === 'resting'
        ? ended(run, pausedEnding(at))
        : { run: { ...run, pause: 'after session' }, effects: [] };
    case 'go on':
      return run.pause === 'after session' ? same({ ...run, pause: 'none' }) : same(run);
    case 'try now':
      return phase.name === 'resting' ? look(run) : same(run);
    case 'pause now':
      return pauseNow({ ...run, pause: 'now' }, at);
    case 'end at once': {
      const pausing: Run = { ...run, pause: 'now' };
      return phase.name === 'working' || phase.name === 'stopping'
        ? stop(pausing, phase.plan, { signal: 'SIGKILL', at })
        : pauseNow(pausing, at);
    }
    default:
      return want satisfies never;
  }
}

function pauseNow(run: Run, at: number): Next {
  switch (run.phase.name) {
    case 'working':
      return stop(run, run.phase.plan, { signal: 'SIGINT', at });
    case 'looking':
    case 'resting':
      return ended(run, pausedEnding(at));
    case 'starting':
    case 'stopping':
    case 'closing':
    case 'ended':
      return same(run);
    default:
      return run.phase satisfies never;
  }
}

function timeIsUp(run: Run, at: number): Next {
  const { phase } = run;
  switch (phase.name) {
    case 'working':
      // Its turn is over and it lingers: the result counts, the process goes.
      return stop(run, phase.plan, { signal: 'SIGINT', at });
    case 'stopping':
      return stop(run, phase.plan, { signal: phase.sent === 'SIGINT' ? 'SIGTERM' : 'SIGKILL', at });
    case 'resting':
      return look(run);
    case 'looking':
    case 'starting':
    case 'closing':
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}

function troubled(run: Run, sentence: string, at: number): Next {
  const { phase } = run;
  const inTrouble: Run = { ...run, trouble: run.trouble ?? sentence };
  switch (phase.name) {
    case 'working':
      return stop(inTrouble, phase.plan, { signal: 'SIGINT', at });
    case 'looking':
    case 'resting':
    case 'closing':
      return ended(inTrouble, failedEnding(sentence, at));
    case 'starting':
    case 'stopping':
      return same(inTrouble);
    case 'ended':
      return same(run);
    default:
      return phase satisfies never;
  }
}

/** One rung of the stop ladder: signal the session's group, and look again after the rung's grace. */
function stop(run: Run, plan: SessionPlan, rung: { signal: StopSignal; at: number }): Next {
  const { signal, at } = rung;
  const { interruptGraceMs, terminateGraceMs } = run.settings;
  const graceMs = signal === 'SIGINT' ? interruptGraceMs : terminateGraceMs;
  const stopping: Run = { ...run, phase: { name: 'stopping', plan, sent: signal } };
  const timed = wakeAt(stopping, at + graceMs);
  return { run: timed.run, effects: [{ do: 'signal', signal }, ...timed.effects] };
}

function close(run: Run, plan: SessionPlan): Next {
  return {
    run: { ...run, phase: { name: 'closing', plan }, epoch: run.epoch + 1 },
    effects: [{ do: 'close', plan }],
  };
}

function look(run: Run): Next {
  return {
    run: { ...run, phase: { name: 'looking' }, epoch: run.epoch + 1 },
    effects: [{ do: 'look' }],
  };
}
