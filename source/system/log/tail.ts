// A growing file → whole lines, across truncation, rotation and restarts. Pull-based: callers with a hint or a timer
// call read(); nothing here watches. Each line is reported once and in order, and from the beginning after a reset: a
// batch with a reset contains only lines from after it.
// An idle log costs one stat per read. See kept-handles.ts for which files stay open.

import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { systemClock } from '../clock.ts';
import { statOf, statOfName } from '../files/growing-file.ts';
import { keepHandle, takeHandle } from '../files/handle-pool.ts';
import { defaultMaxLineBytes, type TailLine } from './line-splitter.ts';
import { LogCursor, positionCursor, type TailPosition, type TailStart } from './cursor.ts';
import { nullIfMissing } from '../files/plain-file.ts';
import { openLog } from './open-log.ts';

export type TailBatch = {
  lines: readonly TailLine[];
  /**
   * Why everything reported before is void: the file was truncated, another file has its name, or the name is gone
   * (reported once; a file that comes back is read from its start without another reset).
   */
  reset: 'none' | 'truncated' | 'replaced' | 'gone';
  /** False if there is more, so that read() is worth calling again at once. */
  atEnd: boolean;
};

export type LogTail = {
  /**
   * Reads up to `maxBytes` (1 MiB) more. Calls wait for each other; after close() there are no more lines.
   * Rejects with UnsafeFileError if the name is not a plain file's, and with the errors of opening and reading; the
   * next read() tries again.
   */
  read(options?: { maxBytes?: number }): Promise<TailBatch>;
  /**
   * Where a later tail can continue: the start of the unfinished last line. Null if there is no such position: a later
   * tail then starts over, and what was reported before no longer counts.
   */
  position(): TailPosition | null;
  /** Bytes of the unfinished last line read so far. */
  partialBytes(): number;
  close(): Promise<void>;
};

export type TailOptions = { from?: TailStart; maxLineBytes?: number };

export function tailLog(path: string, options: TailOptions = {}): LogTail {
  return new PathTail(path, options);
}

const defaultMaxBytes = 1024 * 1024;

/** How old a change must be before an equal stat proves there was none since: file system clocks are coarse. */
const settledAfterMs = 2000;

const nothingNew: TailBatch = { lines: [], reset: 'none', atEnd: true };

class PathTail implements LogTail {
  readonly #path: string;
  readonly #maxLineBytes: number;
  #from: TailStart;
  #cursor: LogCursor | null = null;
  /** A file whose lines were reported has lost its name, and the consumer does not know yet. */
  #lost = false;
  #settled: { size: number; ctimeMs: number } | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(path: string, options: TailOptions) {
    this.#path = path;
    this.#from = options.from ?? 'start';
    this.#maxLineBytes = options.maxLineBytes ?? defaultMaxLineBytes;
    // A position proves that there was a file: if it is missing now, it is gone.
    this.#lost = typeof this.#from === 'object' && 'offset' in this.#from && this.#from.offset > 0;
  }

  read({ maxBytes = defaultMaxBytes }: { maxBytes?: number } = {}): Promise<TailBatch> {
    return this.#inTurn(() => (this.#closed ? nothingNew : this.#readNow(maxBytes)));
  }

  position(): TailPosition | null {
    return this.#cursor?.position() ?? null;
  }

  partialBytes(): number {
    return this.#cursor?.partialBytes ?? 0;
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#closed = true;
      await takeHandle(this)?.close();
    });
  }

  #inTurn<Result>(act: () => Result | Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #readNow(maxBytes: number): Promise<TailBatch> {
    const there = statOfName(this.#path);
    if (this.#cursor !== null && !this.#cursor.isOf(there)) {
      const rest = await this.#readRestOfLostFile(maxBytes);
      if (rest !== null) return rest;
    }
    if (there === null) return this.#tellGone();
    if (this.#isSettledAt(there)) return nothingNew;
    return this.#readNamedFile(maxBytes);
  }

  /** What is left of a file whose name is gone or taken by another; null if nothing is left. */
  async #readRestOfLostFile(maxBytes: number): Promise<TailBatch | null> {
    const handle = takeHandle(this);
    // Without the file we cannot know how its half line ended, and a torn line is worse than none.
    if (handle === null) return this.#loseFile(null);
    const batch = await this.#keepAfter(handle, () => this.#readHandle(handle, maxBytes));
    if (!batch.atEnd) return batch;
    await takeHandle(this)?.close();
    const halfLine = this.#cursor?.finish() ?? null;
    const lines = halfLine === null ? batch.lines : [...batch.lines, halfLine];
    return this.#loseFile(lines.length === 0 ? null : { ...batch, lines, atEnd: false });
  }

  #loseFile(last: TailBatch | null): TailBatch | null {
    this.#cursor = null;
    this.#settled = null;
    this.#lost = true;
    return last;
  }

  #tellGone(): TailBatch {
    const reset = this.#lost ? 'gone' : 'none';
    this.#lost = false;
    this.#from = 'start';
    return { ...nothingNew, reset };
  }

  async #readNamedFile(maxBytes: number): Promise<TailBatch> {
    const handle = takeHandle(this) ?? (await openUnlessMissing(this.#path));
    // Gone between the stat and the open: the next read finds out what happened.
    if (handle === null) return { ...nothingNew, atEnd: false };
    return this.#keepAfter(handle, () => this.#readHandle(handle, maxBytes));
  }

  async #readHandle(handle: FileHandle, maxBytes: number): Promise<TailBatch> {
    const stat = statOf(handle);
    const { cursor, reset } = await this.#cursorIn(handle, stat);
    const progress = await cursor.readOn(handle, {
      size: stat.size,
      blocks: stat.blocks,
      maxBytes,
    });
    if (progress === 'changed') {
      this.#cursor = new LogCursor(stat, this.#maxLineBytes);
      return { lines: [], reset: 'truncated', atEnd: false };
    }
    const isSettled = progress.atEnd && systemClock.now() - stat.ctimeMs > settledAfterMs;
    this.#settled = isSettled ? { size: stat.size, ctimeMs: stat.ctimeMs } : null;
    return { ...progress, reset };
  }

  async #cursorIn(handle: FileHandle, stat: Stats): Promise<PositionedCursor> {
    if (this.#cursor?.isOf(stat)) return { cursor: this.#cursor, reset: 'none' };
    // Replaced between the stat of the name and the open.
    if (this.#cursor !== null) this.#loseFile(null);
    const placed = await positionCursor(handle, stat, {
      from: this.#from,
      maxLineBytes: this.#maxLineBytes,
    });
    const reset = this.#from === 'start' && this.#lost ? 'replaced' : placed.reset;
    this.#cursor = placed.cursor;
    this.#from = 'start';
    this.#lost = false;
    return { cursor: placed.cursor, reset };
  }

  #isSettledAt(there: Stats): boolean {
    return this.#settled?.size === there.size && this.#settled.ctimeMs === there.ctimeMs;
  }

  async #keepAfter<Result>(handle: FileHandle, act: () => Promise<Result>): Promise<Result> {
    const result = await act().catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    keepHandle(this, handle);
    return result;
  }
}

type PositionedCursor = { cursor: LogCursor; reset: TailBatch['reset'] };

async function openUnlessMissing(path: string): Promise<FileHandle | null> {
  return openLog(path).catch(nullIfMissing);
}
