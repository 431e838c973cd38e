// Where the copy of a session stands in session.log, found by comparing the two.

import type { FileHandle } from 'node:fs/promises';
import { readGrown, statOf } from '../files/growing-file.ts';
import { commonLength, lastBrokenPlace, type BrokenPlace } from './compare-bytes.ts';
import { lengthOf, portionBytes, type OwnOutput, type Stream } from './own-output.ts';

/** `begins`: an offset in session.log. `copied`: how much of the stream follows there. */
export type Place = {
  stream: Stream;
  begins: number;
  copied: number;
  device: number;
  inode: number;
};

type CopyPlaces = {
  /** Where the copy stands in a session.log that an earlier runner wrote, or nobody yet. */
  locate(log: FileHandle): Promise<Place>;
  /** How much of the session follows behind such a line; with `own: 0`, of all of it. */
  compared(log: FileHandle, from: BrokenPlace): Promise<Place>;
  /** Whether session.log is the file that was written, and ends with what was written. */
  isIntact(log: FileHandle, at: Place, size: 'exactly' | 'or longer'): Promise<boolean>;
  /** The session from a byte of the own file on. With nothing copied, its start line may be missing, too. */
  streamFrom(own: number): Stream;
};

/** The end of a session: stderr's lines, whose characters JSON may write as six. */
export const maxEndBytes = 4 * 1024 * 1024;
const checkedBytes = 64;

/** `start`: the session's first line, which stands at `offset` in session.log. */
export function copyPlaces(
  own: OwnOutput,
  { uuid, offset, start }: { uuid: string; offset: number; start: Buffer },
): CopyPlaces {
  async function locate(log: FileHandle): Promise<Place> {
    const first = await compared(log, { after: offset, own: 0 });
    if (await isIntact(log, first, 'exactly')) return first;
    const isAllThere = first.copied >= lengthOf(first.stream, await own.size());
    const broken = isAllThere ? null : await lastBroken(log);
    return broken === null ? first : compared(log, broken);
  }

  async function compared(log: FileHandle, { after, own: from }: BrokenPlace): Promise<Place> {
    const { dev, ino } = statOf(log);
    const size = await own.size();
    const stream = streamFrom(from);
    let copied = 0;
    for (;;) {
      const wanted = await own.readStream(stream, { position: copied, size });
      const found = await readLog(log, { position: after + copied, length: wanted.length });
      const length = commonLength(wanted, found);
      copied += length;
      if (length === 0 || length < wanted.length) break;
    }
    return { stream, begins: after, copied, device: dev, inode: ino };
  }

  /** Behind such a line stands at most what the own file has, so the search is short, however long session.log is. */
  async function lastBroken(log: FileHandle): Promise<BrokenPlace | null> {
    const { size } = statOf(log);
    const least = Math.max(0, size - (await own.size()) - start.length - maxEndBytes);
    for (let to = size; to > least;) {
      const from = Math.max(least, to - portionBytes);
      // Some more at its end, for a line that began in this portion.
      const bytes = await readLog(log, { position: from, length: to - from + 4096 });
      const found = lastBrokenPlace(bytes, { uuid, offset: from });
      if (found !== null) return found;
      to = from;
    }
    return null;
  }

  async function isIntact(
    log: FileHandle,
    at: Place,
    size: 'exactly' | 'or longer',
  ): Promise<boolean> {
    const stat = statOf(log);
    const ends = at.begins + at.copied;
    if (stat.dev !== at.device || stat.ino !== at.inode) return false;
    if (size === 'exactly' ? stat.size !== ends : stat.size < ends) return false;
    const length = Math.min(checkedBytes, at.copied);
    const position = at.copied - length;
    const wanted = await own.readStream(at.stream, { position, length, size: await own.size() });
    return wanted.equals(await readLog(log, { position: ends - length, length }));
  }

  function streamFrom(from: number): Stream {
    return { prefix: from === 0 ? start : Buffer.alloc(0), from };
  }

  return { locate, compared, isIntact, streamFrom };
}

export function readLog(
  log: FileHandle,
  place: { position: number; length: number },
): Promise<Buffer> {
  return readGrown(log, Buffer.allocUnsafe(place.length), place);
}
