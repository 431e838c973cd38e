// A place at the hub that is opened when it is first needed.

import { systemClock } from '../clock.ts';
import type { HubError } from './hub-error.ts';

const refusedMs = 10_000;

/**
 * Opened once, however often it is asked for. What the hub refuses is asked for again after a while only: who follows looks
 * each second.
 */
export function openedOnce<Place>(
  open: () => Promise<Place>,
  fail: (error: unknown) => HubError,
): () => Promise<Place> {
  let opening: Promise<Place> | null = null;
  let refused: { error: HubError; at: number } | null = null;
  return () => {
    if (refused !== null && systemClock.monotonic() < refused.at + refusedMs) {
      return Promise.reject(refused.error);
    }
    opening ??= open().catch((caught: unknown) => {
      opening = null;
      const error = fail(caught);
      const isAnswer = error.problem !== 'no answer' && error.problem !== 'unreachable';
      refused = isAnswer ? { error, at: systemClock.monotonic() } : null;
      throw error;
    });
    return opening;
  };
}
