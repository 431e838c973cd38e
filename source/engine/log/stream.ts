// All entries of a log in order, one at a time, for a file or a pipe. Memory is bounded, however long the log is.

import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries } from '../../core/log/entries.ts';
import { sizeOfBody } from '../../core/log/entry-store.ts';
import type { Entry } from '../../core/log/entry.ts';
import { lineKinds } from '../../core/log/lines/line-kinds.ts';
import { linesWanted, passesFilter, type LogFilter } from '../../core/log/filter.ts';
import type { LineTimes } from '../../core/log/times.ts';
import type { LogIndex } from '../../system/log/log-index.ts';
import { copyState, type CopyDeps } from './copy-check.ts';
import { createLandmarks, type LogLandmarks } from './landmarks.ts';
import { withoutRepeated } from './repeated-warnings.ts';

export type LogStreamDeps = {
  index: LogIndex;
  project: string;
  times: LineTimes;
  copies: CopyDeps;
};

/** A batch ends at this many lines or bytes, whichever comes first; it has at least one line. */
const linesAtOnce = 200;
const bytesAtOnce = 4 * 1024 * 1024;
/** The last entries, up to this many or this many characters, may still change: an item can run while others come. */
const mayChange = 100;
const mayChangeCharacters = 8 * 1024 * 1024;
/** Large enough for whole outputs: a clipboard or a file takes all of it. */
export const wholeOutput = 4 * 1024 * 1024;

/** First reads the index to its end; the index must report its landmarks. */
export async function* entriesOfLog(deps: LogStreamDeps, filter: LogFilter): AsyncGenerator<Entry> {
  const { index, project, times } = deps;
  const sessions = await sessionsOf(deps);
  const copies = await deps.copies.readCopies();
  const judged = async (entry: Entry): Promise<Entry> => {
    if (entry.body.kind !== 'session') return entry;
    const copy = await copyState(deps.copies, { session: entry, copies, isWanted: () => true });
    return { ...entry, body: { ...entry.body, copy } };
  };
  const entries = createEntries({ projectPath: project, maxOutput: wholeOutput });
  let told = -1;
  const ready = (list: readonly Entry[]): readonly Entry[] => {
    const fresh = list.filter(({ offset }) => offset > told);
    told = fresh.at(-1)?.offset ?? told;
    return fresh
      .filter((entry) => passesFilter(entry, filter))
      .map((entry) => withoutRepeated(wholeSession(entry, sessions), sessions.warnings))
      .filter((entry) => entry !== null);
  };
  for (const batch of batchesOf(index, filter)) {
    for (const { offset, bytes, text } of await index.textOf(batch)) {
      const event =
        text === null
          ? { type: 'noise' as const, text: `a line of ${bytes} bytes, too long to read` }
          : readLogLine(text);
      entries.push(event, { offset, at: times.of({ offset, text }) });
    }
    // Hand these on before more lines push the oldest entries out.
    for (const entry of ready(settled(entries.list()))) yield await judged(entry);
  }
  for (const entry of ready(entries.list())) yield await judged(entry);
}

async function sessionsOf({ index, times }: LogStreamDeps): Promise<LogLandmarks> {
  const sessions = createLandmarks(times.of);
  for (;;) {
    const { reset, atEnd, landmarks } = await index.read();
    if (reset) sessions.clear();
    times.noteEnds(landmarks);
    sessions.push(landmarks);
    if (atEnd) return sessions;
  }
}

/** A session is handed on before its end is read, so its end comes from the landmarks of the whole log. */
function wholeSession(entry: Entry, sessions: LogLandmarks): Entry {
  if (entry.body.kind !== 'session') return entry;
  const known = sessions.sessionAt(entry.offset);
  return known?.offset === entry.offset ? { ...known, key: entry.key } : entry;
}

function* batchesOf(index: LogIndex, filter: LogFilter): Generator<number[]> {
  const { lines } = index;
  const wanted = linesWanted(filter.kind);
  // A failed command needs the line where it began, too.
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

/** All entries but the last ones, which may still change. */
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
