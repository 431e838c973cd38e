// From a time, a session, a step or an error to its place in the log, wherever in it that is. A log is read from its
// beginning: what is not found yet may come, and is waited for.

import type { Entry } from '../../../core/log/entry.ts';
import type { TimeSpan } from '../../../core/log/snapshot.ts';
import { ticksByStep } from '../../../core/checklist/step-times.ts';
import type { JumpTarget } from '../jump-target.ts';
import type { Scene } from '../panes.ts';

export type JumpPlace =
  | { readonly kind: 'found'; readonly offset: number }
  /** The log is still being read. */
  | { readonly kind: 'unread' }
  /** Why, one sentence. */
  | { readonly kind: 'nowhere'; readonly why: string };

type Known = Pick<Scene, 'log' | 'details'>;

export function placeOf(known: Known, target: JumpTarget): JumpPlace {
  const isReading = known.log?.reading != null;
  // The nearest above is only known where everything above is.
  if (isReading && target.kind === 'error' && target.by === -1) return { kind: 'unread' };
  const place = placeKnown(known, target);
  if (typeof place === 'number') return { kind: 'found', offset: place };
  return isReading ? { kind: 'unread' } : { kind: 'nowhere', why: place };
}

/** From when to when the log was written, as far as anybody knows; up to now where nobody does. */
export function timesOf({ log }: Pick<Known, 'log'>, now: number): TimeSpan {
  const times = timesTold(log);
  // As long as it is read nobody knows how far it goes.
  if (times.length === 0 || log?.reading != null) times.push(now);
  return {
    from: times.reduce((a, b) => Math.min(a, b)),
    to: times.reduce((a, b) => Math.max(a, b)),
  };
}

/** A byte offset, or why there is none. */
function placeKnown({ log, details }: Known, target: JumpTarget): number | string {
  const landmarks = log?.landmarks ?? [];
  switch (target.kind) {
    case 'session':
      return sessionPlace(landmarks, target.number);
    case 'step':
      return stepPlace({ log, details }, target.number);
    case 'time': {
      return timePlace(log, target.at) ?? whyNoTime(log);
    }
    case 'error': {
      const none = target.by === 1 ? 'No error further down' : 'No error further up';
      return log?.errorFrom?.(target.from, target.by) ?? none;
    }
    default:
      return target satisfies never;
  }
}

function sessionPlace(landmarks: readonly Entry[], number: number): number | string {
  const found = landmarks.findLast(
    ({ body }) => body.kind === 'session' && body.session === number,
  );
  return found?.offset ?? `There is no session ${number} in this log`;
}

/** Where the runner told of the tick, else what came then. */
function stepPlace({ log, details }: Known, number: number): number | string {
  const step = details?.steps.find((one) => one.number === number);
  if (step?.done === false) return `Step ${number} is not done yet`;
  const tick = ticksByStep(details?.ticks ?? []).get(number);
  const place = tick === undefined ? null : (log?.offsetAt?.(tick.at) ?? null);
  return place ?? `Nobody saw when step ${number} was ticked`;
}

function whyNoTime(log: Known['log']): string {
  return timesTold(log).length === 0
    ? 'Nobody noted when this log was written'
    : 'The log holds nothing from then on';
}

function timesTold(log: Known['log']): number[] {
  const noted = log?.timesKnown?.() ?? null;
  return [
    ...(noted === null ? [] : [noted.from, noted.to]),
    ...(log?.landmarks ?? []).flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]),
  ].filter((at) => at !== null);
}

/** Sessions tell their times, too: what was noted may begin later than they do. */
function timePlace(log: Known['log'], at: number): number | null {
  const noted = log?.offsetAt?.(at) ?? null;
  const session = (log?.landmarks ?? []).find(
    ({ startedAt, endedAt }) => (endedAt ?? startedAt ?? -Infinity) >= at,
  );
  if (session === undefined || noted === null) return session?.offset ?? noted;
  const { offset, lastOffset, startedAt } = session;
  if ((startedAt ?? at) >= at) return Math.min(noted, offset);
  // It was under way then: only what was noted in it is nearer.
  return noted > offset && noted <= lastOffset ? noted : offset;
}
