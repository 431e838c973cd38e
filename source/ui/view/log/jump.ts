// Finds the place in the log of a time, a session, a step or an error. The log is read from its beginning, so a place
// that is not found yet may still turn up, and the view waits for it.

import type { Entry } from '../../../core/log/entry.ts';
import type { TimeSpan } from '../../../core/log/snapshot.ts';
import { stepTimesByStep } from '../../../core/checklist/step-times.ts';
import type { JumpTarget } from '../jump-target.ts';
import type { Scene } from '../panes.ts';

type JumpPosition =
  | { readonly kind: 'found'; readonly offset: number }
  /** The log is still being read. */
  | { readonly kind: 'unread' }
  /** One sentence that says why. */
  | { readonly kind: 'nowhere'; readonly why: string };

type JumpContext = Pick<Scene, 'log' | 'details'>;

export function positionOf(known: JumpContext, target: JumpTarget): JumpPosition {
  const isReading = known.log?.reading != null;
  // The nearest error above is known only once everything above has been read.
  if (isReading && target.kind === 'error' && target.by === -1) return { kind: 'unread' };
  const place = knownPosition(known, target);
  if (typeof place === 'number') return { kind: 'found', offset: place };
  return isReading ? { kind: 'unread' } : { kind: 'nowhere', why: place };
}

/** The time span in which the log was written, as far as known; otherwise up to now. */
export function timesOf({ log }: Pick<JumpContext, 'log'>, now: number): TimeSpan {
  const times = timesTold(log);
  // While the log is being read, its end is unknown.
  if (times.length === 0 || log?.reading != null) times.push(now);
  return {
    from: times.reduce((a, b) => Math.min(a, b)),
    to: times.reduce((a, b) => Math.max(a, b)),
  };
}

/** A byte offset, or a sentence that says why there is none. */
function knownPosition({ log, details }: JumpContext, target: JumpTarget): number | string {
  const landmarks = log?.landmarks ?? [];
  switch (target.kind) {
    case 'session':
      return sessionPosition(landmarks, target.number);
    case 'step':
      return stepPosition({ log, details }, target.number);
    case 'time': {
      return timePosition(log, target.at) ?? whyNoTime(log);
    }
    case 'error': {
      const none = target.by === 1 ? 'No error further down' : 'No error further up';
      return log?.errorFrom?.(target.from, target.by) ?? none;
    }
    default:
      return target satisfies never;
  }
}

function sessionPosition(landmarks: readonly Entry[], number: number): number | string {
  const found = landmarks.findLast(
    ({ body }) => body.kind === 'session' && body.session === number,
  );
  return found?.offset ?? `No session ${number} in this log`;
}

/** The first log line at or after the time at which the step was ticked. */
function stepPosition({ log, details }: JumpContext, number: number): number | string {
  const step = details?.steps.find((one) => one.number === number);
  if (step?.done === false) return `Step ${number} is not done yet`;
  const tick = stepTimesByStep(details?.ticks ?? []).get(number);
  const place = tick === undefined ? null : (log?.offsetAt?.(tick.at) ?? null);
  return place ?? `No time recorded for step ${number}`;
}

function whyNoTime(log: JumpContext['log']): string {
  return timesTold(log).length === 0 ? 'This log has no times' : 'The log ends before that time';
}

function timesTold(log: JumpContext['log']): number[] {
  const noted = log?.timesKnown?.() ?? null;
  return [
    ...(noted === null ? [] : [noted.from, noted.to]),
    ...(log?.landmarks ?? []).flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]),
  ].filter((at) => at !== null);
}

/** Sessions have times, too: the recorded times of lines may begin later than the first session. */
function timePosition(log: JumpContext['log'], at: number): number | null {
  const noted = log?.offsetAt?.(at) ?? null;
  const session = (log?.landmarks ?? []).find(
    ({ startedAt, endedAt }) => (endedAt ?? startedAt ?? -Infinity) >= at,
  );
  if (session === undefined || noted === null) return session?.offset ?? noted;
  const { offset, lastOffset, startedAt } = session;
  if ((startedAt ?? at) >= at) return Math.min(noted, offset);
  // The session was under way at that time: only a recorded time within it is closer.
  return noted > offset && noted <= lastOffset ? noted : offset;
}
