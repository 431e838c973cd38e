// From a step or a session to its place in the log.

import type { Entry } from '../core/entry.ts';
import type { TaskDetails } from '../core/task-details.ts';
import { ticksByStep } from '../core/ticks.ts';
import type { DetailTarget } from './rows/detail-line.ts';

export type Jump = { readonly kind: 'entry'; readonly key: string } | Refused;

type Refused = { readonly kind: 'refused'; readonly sentence: string };

export function jumpTo(
  target: DetailTarget,
  details: TaskDetails,
  entries: readonly Entry[],
): Jump {
  const entry =
    target.kind === 'session'
      ? sessionEntry(entries, target.number)
      : stepEntry(details, target.number, entries);
  return typeof entry === 'string'
    ? { kind: 'refused', sentence: entry }
    : { kind: 'entry', key: entry.key };
}

const notThere = 'That part of the log is not there any more';

function sessionEntry(entries: readonly Entry[], number: number): Entry | string {
  const found = entries.findLast(({ body }) => body.kind === 'session' && body.session === number);
  return found ?? notThere;
}

/** The last thing that was done before the step was seen ticked. */
function stepEntry(
  { ticks, steps }: TaskDetails,
  number: number,
  entries: readonly Entry[],
): Entry | string {
  const step = steps.find((one) => one.number === number);
  if (step?.done !== true) return `Step ${number} is not done yet`;
  const tick = ticksByStep(ticks).get(number);
  if (tick === undefined) return `Nobody saw when step ${number} was ticked`;
  const before = entries.findLast(({ startedAt }) => startedAt !== null && startedAt <= tick.at);
  return before ?? notThere;
}
