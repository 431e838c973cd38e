// From a time, a session or a step to its place in the log, wherever in it that is.

import type { Entry } from '../core/entry.ts';
import { ticksByStep } from '../core/ticks.ts';
import type { JumpTarget } from './jump-target.ts';
import type { Scene } from './panes.ts';

export const stillReading = 'The log is still being read: try again in a moment';

type Known = Pick<Scene, 'log' | 'details'>;

/** A byte offset, or why there is none, one sentence. */
export function placeOf(known: Known, target: JumpTarget): number | string {
  const place = placeKnown(known, target);
  return typeof place === 'string' && known.log?.reading != null ? stillReading : place;
}

function placeKnown({ log, details }: Known, target: JumpTarget): number | string {
  const landmarks = log?.landmarks ?? [];
  switch (target.kind) {
    case 'session':
      return sessionPlace(landmarks, target.number);
    case 'step':
      return stepPlace({ log, details }, target.number);
    case 'time': {
      const place = log?.offsetAt?.(target.at) ?? offsetByLandmark(landmarks, target.at);
      return place ?? 'The log holds nothing from then on';
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

/** Where nobody noted times, sessions tell theirs. */
function offsetByLandmark(landmarks: readonly Entry[], at: number): number | null {
  return landmarks.find(({ startedAt }) => startedAt !== null && startedAt >= at)?.offset ?? null;
}
