// A run that reaches a limit: no session starts any more, one that runs is interrupted, and then the run ends. Checks
// are no sessions: those that are due after the last one still run.

import { ended, note, after, same } from '../run/next.ts';
import { leaveQueue } from '../run/decision/queue.ts';
import { stop } from '../run/stop.ts';
import type { Next, Phase, Run } from '../run/run.ts';
import { countWork, isBudget, reachedLimit, spentWords } from './limits.ts';

export function isReached({ settings, spent }: Run, at: number): boolean {
  return reachedLimit(settings.limits, spent, at) !== null;
}

/** Time or tokens may have reached a limit. */
export function onLimitTime(run: Run, at: number): Next {
  const { phase } = run;
  if (!isReached(run, at)) return same(run);
  switch (phase.name) {
    case 'working':
      return stop(run, phase.plan, { signal: 'SIGINT', at });
    case 'queued':
      return leaveQueue(limitEnding(run, at) ?? same(run));
    case 'resting':
    case 'waiting':
      return limitEnding(run, at) ?? same(run);
    case 'looking':
    case 'starting':
    case 'stopping':
    case 'closing':
    case 'settling':
    case 'ended':
      // What follows looks at the limits itself.
      return same(run);
    default:
      return phase satisfies never;
  }
}

/** The end of a run whose limit is reached; null while none is. */
export function limitEnding(run: Run, at: number): Next | null {
  const { limits } = run.settings;
  const sentence = reachedLimit(limits, run.spent, at);
  if (sentence === null) return null;
  const used = spentWords(limits, run.spent, at);
  const notes = isBudget(sentence)
    ? [note(`The budget is spent: ${used}. A larger one goes on.`)]
    : [];
  return after(notes, ended(run, { kind: 'stopped', sentence, at }));
}

export function tokensCounted(run: Run, tokens: number | undefined): Run {
  return tokens === undefined || tokens === run.spent.tokens
    ? run
    : { ...run, spent: { ...run.spent, tokens } };
}

/** Time counts while a session runs, and while what follows it does. */
export function counted({ run, effects }: Next, at: number): Next {
  const spent = countWork(run.spent, isAtWork(run.phase), at);
  return { run: spent === run.spent ? run : { ...run, spent }, effects };
}

function isAtWork(phase: Phase): boolean {
  switch (phase.name) {
    case 'starting':
    case 'working':
    case 'stopping':
    case 'settling':
      return true;
    case 'closing':
      return phase.heldUpBy === null;
    case 'looking':
    case 'queued':
    case 'resting':
    case 'waiting':
    case 'ended':
      return false;
    default:
      return phase satisfies never;
  }
}
