// What happened in a run, for those who are notified: read from the run's states, so that it is said once, however often
// the run looks again at what holds it up.

import type { Run } from '../run/run.ts';
import { isBudget } from '../limits/limits.ts';
import { reasonOf } from '../run/decision/queue.ts';
import type { Happening, NotifyEvent } from './events.ts';

/** What was said last of what can come again without anything having changed. */
export type Said = { needsYou: string | null; limitUntil: number | null };

export const nothingSaid: Said = { needsYou: null, limitUntil: null };

/** A limit that ends at about the same time is the same one. */
const sameLimitMs = 10 * 60_000;

export function happeningsBetween(
  before: Run,
  after: Run,
  said: Said,
): { happenings: readonly Happening[]; said: Said } {
  const happenings: Happening[] = [];
  const say = (event: NotifyEvent, sentence: string): void => {
    happenings.push({ event, sentence });
  };
  const check = newFailure(before, after);
  if (check !== null) say(isBeforeWork(before) ? 'baseline' : 'check', check);

  let { needsYou, limitUntil } = hasWorked(before, after) ? nothingSaid : said;
  const need = needOf(after);
  if (need !== null && need !== needsYou) say('needs you', need);
  needsYou = need ?? needsYou;

  const limit = limitOf(after);
  if (limit !== null) {
    const isKnown = limitUntil !== null && Math.abs(limit.until - limitUntil) < sameLimitMs;
    if (!isKnown) say('limit', limit.sentence);
    limitUntil = limit.until;
  }
  const ended = endingOf(before, after);
  if (ended !== null) happenings.push(ended);
  return { happenings, said: { needsYou, limitUntil } };
}

/** A session came to its end, or the user said something: what is said from now on is news. */
function hasWorked(before: Run, after: Run): boolean {
  const isOver =
    before.phase.name === 'closing' && after.phase.name !== 'closing' && after.failuresInARow === 0;
  return isOver || (before.held !== null && after.held === null);
}

/** Why the run needs the user; null if it does not. */
function needOf({ phase }: Run): string | null {
  if (phase.name === 'closing') return phase.heldUpBy?.sentence ?? null;
  if (phase.name !== 'resting' || phase.because?.recovery !== 'ask the user') return null;
  return phase.because.sentence;
}

function limitOf({ phase }: Run): { until: number; sentence: string } | null {
  if (phase.name !== 'queued' || phase.wait?.reason !== 'usage limit') return null;
  return { until: phase.wait.until ?? 0, sentence: `It waits for the ${reasonOf(phase.wait)}` };
}

/** The checks' first failure since they last passed. */
function newFailure(before: Run, after: Run): string | null {
  const unmet = after.proof?.unmet ?? null;
  return before.proof?.unmet == null ? unmet : null;
}

/** The checks ran before any session has worked on a step. */
function isBeforeWork({ phase }: Run): boolean {
  if (phase.name !== 'settling') return false;
  return phase.purpose === 'baseline' || phase.closed?.plan.role === 'initializer';
}

function endingOf(before: Run, { phase, lastList }: Run): Happening | null {
  if (phase.name !== 'ended' || before.phase.name === 'ended') return null;
  const { kind, sentence } = phase.ending;
  switch (kind) {
    case 'done':
      return { event: 'done', sentence: `All ${lastList?.total ?? 0} steps are done` };
    case 'failed':
      return { event: 'failed', sentence: sentence ?? 'It failed' };
    case 'stopped':
      return sentence !== null && isBudget(sentence)
        ? { event: 'budget', sentence: `It has stopped: ${sentence}` }
        : null;
    case 'paused':
    case 'interrupted':
      return null;
    default:
      return kind satisfies never;
  }
}
