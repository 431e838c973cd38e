// Paints rows on the terminal, past Ink: one write a picture, of what changed in it. Ink lays out the space, and
// whenever it has written something itself, all of it is painted again. A terminal that can't keep up gets the
// newest picture as soon as it can, and none of those in between.

import type { ScreenSize } from '../view/layout.ts';
import { paint, pictureOf, type Picture } from './painter.ts';
import type { Row } from '../rows/row.ts';
import type { Theme } from '../look/theme.ts';
import { watchedStream } from './watched-stream.ts';

export type ScreenPainter = {
  /** For Ink to write on. */
  readonly inkStream: NodeJS.WriteStream;
  /** Paints, and paints again whenever that is needed. */
  show(screen: PaintedScreen): void;
  /** While `use` runs the terminal is somebody else's: nothing is painted, and then everything. */
  lend(use: () => Promise<void>): Promise<void>;
  /** Nothing is painted until a screen is shown again. */
  stop(): void;
};

export type PaintedScreen = {
  readonly rows: readonly Row[];
  readonly size: ScreenSize;
  readonly theme: Theme;
};

/** Synchronised update: a terminal that knows it shows nothing half done, the others ignore it. */
const begin = '\u001B[?2026h\u001B7';
const end = '\u001B8\u001B[?2026l';
const plainLook = '\u001B[m';

export function createScreenPainter(stream: NodeJS.WriteStream): ScreenPainter {
  let wanted: PaintedScreen | null = null;
  /** What is on the terminal; null when nobody knows. */
  let shown: Picture | null = null;
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
    const after = pictureOf(wanted.rows, wanted.theme, shown);
    const bytes = (shown === null ? plainLook : '') + paint(shown, after);
    shown = after;
    if (bytes !== '') stream.write(begin + bytes + end);
  }

  function paintAllSoon(): void {
    shown = null;
    if (isDue) return;
    isDue = true;
    // Ink writes a frame in several pieces; they are all out by then.
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
    stop: () => {
      stream.off('resize', paintAllSoon);
      wanted = null;
      shown = null;
    },
  };
}

/** Between a change of size and the screen that follows it, nothing is painted: it would wrap and scroll. */
function isOfSize({ columns, rows }: NodeJS.WriteStream, { size }: PaintedScreen): boolean {
  // A terminal may not know its size; then Ink's guess is as good as any.
  return !columns || !rows || (columns === size.columns && rows === size.rows);
}
