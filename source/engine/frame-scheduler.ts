// Decides when the screen is drawn; its only scheduler. A key is drawn at once, data about eight times a second at
// most, animations at every animation frame while visible. With nothing to draw there is no timer, so a quiet night is
// free.

import type { Clock } from '../system/clock.ts';
import { everySoOften } from './turns.ts';

export type FrameScheduler = {
  /** Draws when the caller is done: all keys of one read reach the screen together. */
  now(): void;
  /** Draws now, or when it is the turn of data again. */
  soon(): void;
  close(): void;
};

/** What the frame just drawn says about the next one. */
export type Outlook = {
  readonly isMoving: boolean;
  /** When the screen next changes without any event, epoch ms; null if it does not. */
  readonly changesAt: number | null;
};

/** A spinner turns once in about a second; a night of it costs a fifth less CPU than at ten frames a second. */
export const animationFrameMs = 120;

export function createFrameScheduler(clock: Clock, draw: () => Outlook): FrameScheduler {
  const newsTurns = everySoOften(clock, animationFrameMs);
  let isDue = false;
  let isDrawing = false;
  let isClosed = false;
  let stopTicking: (() => void) | null = null;
  /** Cancels the next frame, scheduled for data or for a change by itself. */
  let stopWaiting: (() => void) | null = null;
  let waitsForNews = false;

  function frame(): void {
    isDue = false;
    if (isClosed) return;
    rest();
    isDrawing = true;
    const { isMoving, changesAt } = draw();
    isDrawing = false;
    if (isClosed) return;
    if (isMoving) {
      stopTicking ??= clock.every(animationFrameMs, frame);
      return;
    }
    stopTicking?.();
    stopTicking = null;
    if (changesAt !== null) stopWaiting = clock.wakeAt(changesAt, frame);
  }

  function rest(): void {
    stopWaiting?.();
    stopWaiting = null;
    waitsForNews = false;
  }

  function now(): void {
    // What drawing itself corrects is already in the frame.
    if (isDue || isDrawing) return;
    isDue = true;
    queueMicrotask(frame);
  }

  /** Restarts the animation interval: data and animation together need no more frames than either alone. */
  function news(): void {
    newsTurns.take();
    stopTicking?.();
    stopTicking = null;
    rest();
    now();
  }

  function soon(): void {
    if (isDue || isDrawing || waitsForNews) return;
    const turnIn = newsTurns.nextIn();
    if (turnIn === 0) return news();
    // The next animation frame will draw the data too.
    if (stopTicking !== null) return;
    rest();
    waitsForNews = true;
    stopWaiting = clock.every(turnIn, news);
  }

  return {
    now,
    soon,
    close: () => {
      isClosed = true;
      rest();
      stopTicking?.();
    },
  };
}
