// Copies what Codex writes, from a file that the agent cannot write, to session.log. How much was copied is found by
// comparing the two, never stored, so a runner may die at any moment. Nothing that is decided depends on session.log.

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { brokenLine, hasEnd, restOfEnd, type EndLines } from '../../core/copy/log-copy.ts';
import { appendWhole, endOf, type FileEnd } from '../files/append-whole.ts';
import { statOf } from '../files/growing-file.ts';
import type { OutputFiles } from '../state/files/output-files.ts';
import type { TaskDirectory } from '../state/task-directory.ts';
import { lengthOf, ownOutput, portionBytes } from './own-output.ts';
import { copyPlaces, maxEndBytes, readLog, type Place } from './place.ts';

export type LogCopy = {
  /** Copies what Codex has written since the last call. The first call begins with the session's start line. */
  copyOn(): Promise<void>;
  /** Call when no process of the session lives: copies the rest, and writes the end behind it unless it is there. */
  end(lines: (endOfOutput: FileEnd) => EndLines): Promise<CopiedLog>;
  close(): Promise<void>;
};

/** A session's part of session.log. */
type CopiedLog = {
  offset: number;
  length: number;
  /** Null if another process wrote there: then it is not what Codex wrote. */
  sha256: string | null;
};

/** Whether an earlier runner may have written the session's end. While Codex is alive, only the agent can have. */
export type Found = 'alive' | 'dead';

/** What is copied: `offset` is where the session's first line begins in session.log. */
export type CopiedSession = { uuid: string; offset: number; startLine: string };

export function copyLog(
  {
    task,
    state,
  }: {
    task: Pick<TaskDirectory, 'openLogForCopy'>;
    state: Pick<OutputFiles, 'openOutputForReading'>;
  },
  { uuid, offset, startLine }: CopiedSession,
  found: Found,
): LogCopy {
  const start = Buffer.from(`${startLine}\n`);
  const own = ownOutput(state, uuid);
  const { locate, compared, isIntact, streamFrom } = copyPlaces(own, { uuid, offset, start });
  let place: Place | null = null;
  /** Held open between two looks, as long as its name is still that of the same file. */
  let held: FileHandle | null = null;

  async function copyOn(): Promise<void> {
    const size = await own.size();
    if (place !== null && place.copied >= lengthOf(place.stream, size)) return;
    held = await task.openLogForCopy(held);
    await copyInto(held);
  }

  async function end(lines: (endOfOutput: FileEnd) => EndLines): Promise<CopiedLog> {
    const log = await task.openLogForCopy();
    try {
      const isOver = found === 'dead' && (await isEnded(log));
      const output = await own.file();
      if (!isOver && output === null) await appendEnd(log, lines('line end'));
      else if (!isOver && output !== null) await writeEnd(log, lines(await endOf(output)));
      await log.sync();
      return await judge(log);
    } finally {
      await log.close();
    }
  }

  async function writeEnd(log: FileHandle, lines: EndLines): Promise<void> {
    const at = await copyInto(log);
    const after = await readLog(log, { position: at.begins + at.copied, length: maxEndBytes });
    const rest = (await isIntact(log, at, 'or longer'))
      ? restOfEnd(after.toString('utf8'), lines, uuid)
      : null;
    if (rest !== null) return void (await appendWhole(log, rest));
    await breakOff(log, at);
    await copyInto(log);
    await appendWhole(log, lines.before + lines.last);
  }

  /** The own file is gone, or never was, and nothing can be compared. */
  async function appendEnd(log: FileHandle, { before, last }: EndLines): Promise<void> {
    const newline = (await endOf(log)) === 'mid-line' ? '\n' : '';
    const found = await readLog(log, { position: offset, length: start.length });
    // Without it, readers of the log could not tell what ended.
    const first = found.equals(start) ? '' : start.toString();
    await appendWhole(log, newline + first + before + last);
  }

  async function copyInto(log: FileHandle): Promise<Place> {
    const size = await own.size();
    let at = (place ??= await locate(log));
    if (at.copied >= lengthOf(at.stream, size)) return at;
    if (!(await isIntact(log, at, 'exactly'))) at = await breakOff(log, at);
    while (at.copied < lengthOf(at.stream, size)) {
      const bytes = await own.readStream(at.stream, { position: at.copied, size });
      if (bytes.length === 0) break;
      await appendWhole(log, bytes, (written) => (at.copied += written));
    }
    return at;
  }

  /** The copy goes on at the beginning of a line, behind one that says so. */
  async function breakOff(log: FileHandle, { stream, copied }: Place): Promise<Place> {
    const from = await own.lineStart(Math.max(0, stream.from + copied - stream.prefix.length));
    const { size, dev, ino } = statOf(log);
    const newline = (await endOf(log)) === 'mid-line' ? '\n' : '';
    const line = Buffer.from(`${newline}${brokenLine(uuid, from)}\n`);
    await appendWhole(log, line);
    const begins = size + line.length;
    place = { stream: streamFrom(from), begins, copied: 0, device: dev, inode: ino };
    return place;
  }

  async function isEnded(log: FileHandle): Promise<boolean> {
    const { size } = statOf(log);
    const position = Math.max(0, size - maxEndBytes);
    return hasEnd((await readLog(log, { position, length: maxEndBytes })).toString('utf8'), uuid);
  }

  /** Reads the whole copy once more: the agent may have changed a byte in the middle. */
  async function judge(log: FileHandle): Promise<CopiedLog> {
    const first = await compared(log, { after: offset, own: 0 });
    const { size } = statOf(log);
    const length = Math.max(0, size - offset);
    // Nothing but the end follows: what was made longer than that, with holes, is not worth reading.
    const isWhole =
      (await own.file()) !== null &&
      first.copied >= lengthOf(first.stream, await own.size()) &&
      length - first.copied <= maxEndBytes;
    const hash = createHash('sha256');
    for (let done = 0; isWhole && done < length;) {
      const bytes = await readLog(log, { position: offset + done, length: portionBytes });
      if (bytes.length === 0) break;
      hash.update(bytes);
      done += bytes.length;
    }
    return { offset, length, sha256: isWhole ? hash.digest('hex') : null };
  }

  async function close(): Promise<void> {
    await held?.close();
    held = null;
    await own.close();
  }

  return { copyOn, end, close };
}
