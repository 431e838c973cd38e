// All entries of a log in their order, one after the other: for a file or a pipe. What is held at a time is bounded,
// however long the log is.

import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries } from '../../core/log/entries.ts';
import { sizeOfBody } from '../../core/log/entry-store.ts';
import type { Entry } from '../../core/log/entry.ts';
import { lineKinds } from '../../core/log/line-kinds.ts';
import { linesWanted, passesFilter, type LogFilter } from '../../core/log/filter.ts';
import type { LogIndex } from '../../system/log/log-index.ts';
import { createLandmarks, type LogLandmarks } from './landmarks.ts';

export type LogStreamDoors = {
  index: LogIndex;
  project: string;
  timeOf(offset: number): number | null;
};

/** Lines are folded so many at a time, or so many bytes: whatever comes first. One line there is always. */
const linesAtOnce = 200;
const bytesAtOnce = 4 * 1024 * 1024;
/** So many entries may still change, and so many characters: an item that runs while others come. */
const mayChange = 100;
const mayChangeCharacters = 8 * 1024 * 1024;
/** A clipboard or a file has room for all of it. */
const maxOutput = 4 * 1024 * 1024;

/** Reads the index to its end first; it is one that tells its landmarks. */
export async function* entriesOfLog(
  doors: LogStreamDoors,
  filter: LogFilter,
): AsyncGenerator<Entry> {
  const { index, project, timeOf } = doors;
  const sessions = await sessionsOf(doors);
  const entries = createEntries({ projectPath: project, maxOutput });
  let told = -1;
  const ready = (list: readonly Entry[]): readonly Entry[] => {
    const fresh = list.filter(({ offset }) => offset > told);
    told = fresh.at(-1)?.offset ?? told;
    return fresh
      .filter((entry) => passesFilter(entry, filter))
      .map((entry) => wholeSession(entry, sessions));
  };
  for (const batch of batchesOf(index, filter)) {
    for (const { offset, bytes, text } of await index.textOf(batch)) {
      const event =
        text === null
          ? { type: 'noise' as const, text: `a line of ${bytes} bytes, too long to read` }
          : readLogLine(text);
      entries.push(event, { offset, at: timeOf(offset) });
    }
    // Before so much more comes that the oldest have to go.
    yield* ready(settled(entries.list()));
  }
  yield* ready(entries.list());
}

async function sessionsOf({ index, timeOf }: LogStreamDoors): Promise<LogLandmarks> {
  const sessions = createLandmarks(timeOf);
  for (;;) {
    const { reset, atEnd, landmarks } = await index.read();
    if (reset) sessions.clear();
    sessions.push(landmarks);
    if (atEnd) return sessions;
  }
}

/** A session is told before its end is read, so that is taken from what the whole log tells of it. */
function wholeSession(entry: Entry, sessions: LogLandmarks): Entry {
  if (entry.body.kind !== 'session') return entry;
  const known = sessions.sessionAt(entry.offset);
  return known?.offset === entry.offset ? { ...known, key: entry.key } : entry;
}

function* batchesOf(index: LogIndex, filter: LogFilter): Generator<number[]> {
  const { lines } = index;
  const wanted = linesWanted(filter.kind);
  // What failed is told with where it began.
  const isWanted = (line: number) =>
    wanted[lines.kindAt(line)] === true ||
    (filter.kind === 'failed commands' && lines.kindAt(line) === lineKinds.command);
  const { session } = filter;
  const first = session === null ? 0 : Math.max(0, lines.lineAt(session.from));
  const end = session === null ? lines.count : lines.lineAt(session.to - 1) + 1;
  let batch: number[] = [];
  let bytes = 0;
  for (let line = first; line < end; line++) {
    if (!isWanted(line)) continue;
    const next = line + 1 < lines.count ? lines.offsetAt(line + 1) : index.endOffset();
    const size = next - lines.offsetAt(line);
    if (batch.length === linesAtOnce || (batch.length > 0 && bytes + size > bytesAtOnce)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  yield batch;
}

/** All but the last ones, which may still change. */
function settled(list: readonly Entry[]): readonly Entry[] {
  let first = list.length;
  let characters = 0;
  while (first > 0 && list.length - first < mayChange && characters < mayChangeCharacters) {
    first--;
    const entry = list[first];
    if (entry !== undefined) characters += sizeOfBody(entry.body);
  }
  return list.slice(0, first);
}
