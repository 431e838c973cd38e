// The mirror of a task's logs in a local file: what core/hub/log/mirror.ts says of the pieces that came. A piece that
// belongs at the end is appended; those that belong before something else are collected, and the file is then written
// anew with all of them.

import {
  compareParts,
  emptyMirror,
  endWith,
  logOf,
  missingOf,
  textBefore,
  type Extent,
  type MirrorEnd,
  type PartName,
} from '../../../core/hub/log/mirror.ts';
import type { LogName } from '../../../core/hub/log/log-subject.ts';
import type { LogPiece } from '../../../core/hub/log/log-piece.ts';
import type { MirrorBytes, MirrorFile } from '../../../system/hub/logs/mirror-file.ts';

/** `bytes`: what came late; else where they are in the file. */
type Kept = Extent & ({ at: number; bytes: null } | { at: null; bytes: Uint8Array });
type Part = { name: PartName; kept: Kept[] };

type LogMirror = {
  /** Call one after the other. Rejects with the system's error; the piece may then come again. */
  add(name: LogName, piece: LogPiece): Promise<void>;
  /** Puts in their place the pieces that came late. */
  settle(): Promise<void>;
  /** Whether there was too much: of a task with so many logs or holes, the rest is not shown. */
  isFull(): boolean;
};

/** Bounds for what a hostile machine can make of it. */
type MirrorBounds = { maxBytes: number; maxExtents: number; maxLateBytes: number };

const mirrorBounds: MirrorBounds = {
  maxBytes: 1024 * 1024 * 1024,
  maxExtents: 5000,
  maxLateBytes: 16 * 1024 * 1024,
};

const lineEnd = 0x0a;

export function mirrorLog(
  file: Pick<MirrorFile, 'append' | 'replace'>,
  { maxBytes, maxExtents, maxLateBytes }: MirrorBounds = mirrorBounds,
): LogMirror {
  /** In the order in which they are shown. */
  let parts: Part[] = [];
  let end = emptyMirror;
  let size = 0;
  let lateBytes = 0;
  let extents = 0;
  let isFull = false;

  async function add({ machine, log }: LogName, { epoch, offset, bytes }: LogPiece): Promise<void> {
    const name = { machine, log, epoch };
    const length = bytes.length;
    // Also if another part says so: a byte of a log is shown once.
    const there = parts
      .filter((part) => logOf(part.name) === logOf(name))
      .flatMap((part) => part.kept);
    there.sort((one, other) => one.offset - other.offset);
    for (const range of missingOf(there, { offset, length })) {
      if (extents >= maxExtents) await settle();
      if (extents >= maxExtents) {
        isFull = true;
        return;
      }
      const from = range.offset - offset;
      const fresh = bytes.subarray(from, from + range.length);
      const extent = { ...range, endsLine: fresh.at(-1) === lineEnd };
      const part = partOf(name);
      const isLast = part === parts.at(-1) && range.offset >= (endOf(part) ?? 0);
      if (isLast) await append(part, extent, fresh);
      else keepLate(part, extent, fresh);
    }
    if (lateBytes > maxLateBytes || size > maxBytes) await settle();
  }

  function partOf(name: PartName): Part {
    const found = parts.find((part) => compareParts(part.name, name) === 0);
    if (found !== undefined) return found;
    const made = { name, kept: [] };
    parts = [...parts, made].sort((one, other) => compareParts(one.name, other.name));
    return made;
  }

  async function append(part: Part, extent: Extent, bytes: Uint8Array): Promise<void> {
    const before = new TextEncoder().encode(textBefore(end, part.name, extent));
    const whole = new Uint8Array(before.length + bytes.length);
    whole.set(before);
    whole.set(bytes, before.length);
    const at = (await file.append(whole)) + before.length;
    size = at + bytes.length;
    end = endWith(end, part.name, extent);
    const last = part.kept.at(-1);
    const isNext =
      last !== undefined &&
      last.at !== null &&
      before.length === 0 &&
      last.offset + last.length === extent.offset &&
      last.at + last.length === at;
    if (isNext) {
      last.length += extent.length;
      last.endsLine = extent.endsLine;
      return;
    }
    part.kept.push({ ...extent, at, bytes: null });
    extents++;
  }

  function keepLate(part: Part, extent: Extent, bytes: Uint8Array): void {
    part.kept.push({ ...extent, at: null, bytes: bytes.slice() });
    part.kept.sort((one, other) => one.offset - other.offset);
    lateBytes += bytes.length;
    extents++;
  }

  async function settle(): Promise<void> {
    if (lateBytes === 0 && size <= maxBytes) return;
    const shown = size + lateBytes > maxBytes ? newestOf(parts, maxBytes / 2) : parts;
    const laid = layOut(shown);
    await file.replace(laid.bytes);
    ({ parts, end, size } = laid);
    lateBytes = 0;
    extents = parts.reduce((sum, { kept }) => sum + kept.length, 0);
  }

  return { add, settle, isFull: () => isFull };
}

function endOf({ kept }: Part): number | null {
  const last = kept.at(-1);
  return last === undefined ? null : last.offset + last.length;
}

/** The last ones, of at most so many bytes; what was before is missing then. */
function newestOf(parts: readonly Part[], maxBytes: number): Part[] {
  let left = maxBytes;
  const newest: Part[] = [];
  for (const { name, kept } of parts.toReversed()) {
    const fitting: Kept[] = [];
    for (const extent of kept.toReversed()) {
      if (left <= 0) break;
      fitting.unshift(extent.length > left ? lastOf(extent, left) : extent);
      left -= extent.length;
    }
    newest.unshift({ name, kept: fitting });
  }
  return newest.filter(({ kept }) => kept.length > 0);
}

function lastOf(extent: Kept, length: number): Kept {
  const cut = extent.length - length;
  const place = { offset: extent.offset + cut, length, endsLine: extent.endsLine };
  return extent.bytes === null
    ? { ...place, at: extent.at + cut, bytes: null }
    : { ...place, at: null, bytes: extent.bytes.subarray(cut) };
}

type Laid = { bytes: MirrorBytes[]; parts: Part[]; end: MirrorEnd; size: number };

/** The file with all parts in their order. */
function layOut(shown: readonly Part[]): Laid {
  const bytes: MirrorBytes[] = [];
  const parts: Part[] = [];
  let end = emptyMirror;
  let size = 0;
  const put = (next: MirrorBytes): number => {
    bytes.push(next);
    size += next.length;
    return size - next.length;
  };
  for (const { name, kept } of shown) {
    const laid: Kept[] = [];
    for (const extent of kept) {
      const { offset, length, endsLine } = extent;
      const before = textBefore(end, name, extent);
      if (before !== '') put(new TextEncoder().encode(before));
      const at = put(extent.bytes ?? { at: extent.at, length });
      end = endWith(end, name, extent);
      const last = laid.at(-1);
      if (last !== undefined && before === '') {
        last.length += length;
        last.endsLine = endsLine;
      } else laid.push({ offset, length, endsLine, at, bytes: null });
    }
    parts.push({ name, kept: laid });
  }
  return { bytes, parts, end, size };
}
