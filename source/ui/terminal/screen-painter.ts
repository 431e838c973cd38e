// Paints rows on the terminal, past Ink: one write per screen buffer, with only the changes. Ink lays out the space;
// whenever Ink has written something itself, everything is painted again. A terminal that cannot keep up gets the
// newest buffer as soon as it can, and skips those in between.

import type { ScreenSize } from '../view/layout.ts';
import { paint, bufferOf, type ScreenBuffer } from './painter.ts';
import type { Row } from '../rows/row.ts';
import type { Theme } from '../look/theme.ts';
import { watchedStream } from './watched-stream.ts';

export type ScreenPainter = {
  /** The stream that Ink writes to. */
  readonly inkStream: NodeJS.WriteStream;
  /** Paints the screen, and paints it again whenever needed. */
  show(screen: PaintedScreen): void;
  /** Lends the terminal to another program while `use` runs; afterwards everything is painted again. */
  lend(use: () => Promise<void>): Promise<void>;
  /** Something else may be on the terminal: all of it is painted again. */
  paintAll(): void;
  /** Stops painting until a screen is shown again. */
  stop(): void;
};

type PaintedScreen = {
  readonly rows: readonly Row[];
  readonly size: ScreenSize;
  readonly theme: Theme;
};

/** Synchronised update: a terminal that supports it shows no half-painted screen; others ignore it. */
const begin = '\u001B[?2026h\u001B7';
const end = '\u001B8\u001B[?2026l';
const plainLook = '\u001B[m';

export function createScreenPainter(stream: NodeJS.WriteStream): ScreenPainter {
  let wanted: PaintedScreen | null = null;
  /** What is on the terminal; null if unknown. */
  let shown: ScreenBuffer | null = null;
  let isDue = false;
  let isBackedUp = false;
  let isLent = false;

  function paintNow(): void {
    if (wanted === null || isLent || isBackedUp) return;
    if (stream.destroyed || !isOfSize(stream, wanted)) return;
    if (stream.writableNeedDrain) {
      isBackedUp = true;
      stream.once('drain', () => {
        isBackedUp = false;
        paintNow();
      });
      return;
    }
    const after = bufferOf(wanted.rows, wanted.theme, shown);
    const bytes = (shown === null ? plainLook : '') + paint(shown, after);
    shown = after;
    if (bytes !== '') stream.write(begin + bytes + end);
  }

  function paintAllSoon(): void {
    shown = null;
    if (isDue) return;
    isDue = true;
    // Ink writes a frame in several pieces; all of them are written by then.
    queueMicrotask(() => {
      isDue = false;
      paintNow();
    });
  }

  return {
    inkStream: watchedStream(stream, paintAllSoon),
    show: (screen) => {
      if (wanted === null) stream.on('resize', paintAllSoon);
      wanted = screen;
      paintNow();
    },
    lend: async (work) => {
      isLent = true;
      try {
        await work();
      } finally {
        isLent = false;
        paintAllSoon();
      }
    },
    paintAll: paintAllSoon,
    stop: () => {
      stream.off('resize', paintAllSoon);
      wanted = null;
      shown = null;
    },
  };
}

/** After a resize, nothing is painted until rows of the new size come: the old ones would wrap and scroll. */
function isOfSize({ columns, rows }: NodeJS.WriteStream, { size }: PaintedScreen): boolean {
  // Some terminals do not know their size; then Ink's guess counts.
  return !columns || !rows || (columns === size.columns && rows === size.rows);
}
