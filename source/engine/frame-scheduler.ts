// When the screen is drawn; the only scheduler of it. A key is drawn at once, data at most eight times a second, what
// moves at every tick as long as it is in sight. Nothing to draw: no timer, so that a quiet night costs nothing.

import type { Clock } from '../system/clock.ts';

export type Frames = {
  /** Draws when the caller is done: all keys of one read come to the screen together. */
  now(): void;
  /** Draws now, or a tick after the last frame that was drawn for such news. */
  soon(): void;
  close(): void;
};

/** What the frame that was drawn says about the next one. */
export type Outlook = {
  readonly isMoving: boolean;
  /** Something on the screen is another then although nothing happens, epoch ms. */
  readonly changesAt: number | null;
};

/** A spinner turns in a calm second, and a night of it costs a fifth less than at ten frames a second. */
export const tickMs = 120;

export function createFrames(clock: Clock, draw: () => Outlook): Frames {
  /** Of the last frame that news were drawn with. */
  let lastNewsAt = -Infinity;
  let isDue = false;
  let isDrawing = false;
  let isClosed = false;
  let stopTicking: (() => void) | null = null;
  /** Of the frame that comes when something is due, or has to change by itself. */
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
      stopTicking ??= clock.every(tickMs, frame);
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
    // What drawing itself puts right is in the frame already.
    if (isDue || isDrawing) return;
    isDue = true;
    queueMicrotask(frame);
  }

  /** The next tick is a whole one later: news and ticks together are no more frames than either alone. */
  function news(): void {
    lastNewsAt = clock.monotonic();
    stopTicking?.();
    stopTicking = null;
    rest();
    now();
  }

  function soon(): void {
    if (isDue || isDrawing || waitsForNews) return;
    const since = clock.monotonic() - lastNewsAt;
    if (since >= tickMs) return news();
    // What moves is drawn within a tick anyhow, and the news with it.
    if (stopTicking !== null) return;
    rest();
    waitsForNews = true;
    stopWaiting = clock.every(tickMs - since, news);
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
