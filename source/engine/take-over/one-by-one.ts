// The take-overs that one dashboard has begun: the key can be pressed again while the task still pauses.

import { refusals } from '../../core/take-over/words.ts';
import type { TakenOver } from './take-over.ts';

/** Carries out `begin`, unless a take-over of the task is under way here. */
type OneByOne = (task: string, begin: () => Promise<TakenOver>) => Promise<TakenOver>;

export function takeOversOneByOne(): OneByOne {
  const underWay = new Set<string>();
  return async (task, begin) => {
    if (underWay.has(task)) return { ok: false, sentence: refusals.hereAlready(task) };
    underWay.add(task);
    try {
      return await begin();
    } finally {
      underWay.delete(task);
    }
  };
}
