// Applies the user's control requests to a run. There are two kinds of pause: now, which cannot be taken back, and
// after this session, which can.

import { ended, look, pausedEnding, same } from './next.ts';
import { leaveQueue } from './decision/queue.ts';
import { heldBackNoMore } from '../limits/hold-back.ts';
import { fromTheBottom } from './decision/ladder.ts';
import { lookedAt } from '../review/review.ts';
import { closeAgain, isHeldUp } from './disk-space.ts';
import { hurryStage } from '../stage/settling.ts';
import { stop } from './stop.ts';
import type { Want } from './fact.ts';
import type { Next, Run } from './run.ts';

export function onControlRequest(run: Run, want: Want, at: number): Next {
  const { phase } = run;
  switch (want) {
    case 'pause after session':
      if (run.pause !== 'none') return same(run);
      if (phase.name === 'resting' || phase.name === 'waiting') return ended(run, pausedEnding(at));
      if (phase.name === 'queued') return leaveQueue(ended(run, pausedEnding(at)));
      if (isHeldUp(phase)) return ended(run, pausedEnding(at));
      return same({ ...run, pause: 'after session' });
    case 'go on':
      return run.pause === 'after session' ? same({ ...run, pause: 'none' }) : same(run);
    case 'try now':
      if (phase.name === 'queued') return { run, effects: [{ do: 'hurry permit' }] };
      if (phase.name === 'waiting') return look(heldBackNoMore(run, at));
      if (phase.name === 'resting') return look(wanted(run, at));
      // The look that was asked for is under way, and goes by what the user wants now.
      return phase.name === 'looking' ? same(wanted(run, at)) : closeAgain(run);
    case 'tell now':
      return tellNow(run, at);
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

/** A session that is not there yet has what was said in its prompt. */
function tellNow(run: Run, at: number): Next {
  const { phase } = run;
  if (phase.name === 'starting') return same({ ...run, tellsNow: true });
  return phase.name === 'working'
    ? stop({ ...run, tellsNow: true }, phase.plan, { signal: 'SIGINT', at })
    : same(run);
}

function pauseNow(run: Run, at: number): Next {
  switch (run.phase.name) {
    case 'working':
      return stop(run, run.phase.plan, { signal: 'SIGINT', at });
    case 'queued':
      return leaveQueue(ended(run, pausedEnding(at)));
    case 'looking':
    case 'resting':
    case 'waiting':
      return ended(run, pausedEnding(at));
    case 'settling':
      return hurryStage(run);
    case 'closing':
      // No process lives: the next run records the end of the session.
      return isHeldUp(run.phase) ? ended(run, pausedEnding(at)) : same(run);
    case 'starting':
    case 'stopping':
    case 'ended':
      return same(run);
    default:
      return run.phase satisfies never;
  }
}

/** The user wants the run to go on, whatever it was to be asked about. */
function wanted(run: Run, at: number): Run {
  return fromTheBottom(freed(heldBackNoMore(run, at)));
}

/** The user has had a look: what held the run up is tried again. */
function freed(run: Run): Run {
  return run.held === null
    ? run
    : { ...run, held: null, repairs: 0, proof: null, review: lookedAt(run.review) };
}
