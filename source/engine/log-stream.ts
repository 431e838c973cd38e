// All entries of a log in their order, one after the other: for a file or a pipe. What is held at a time is bounded,
// however long the log is.

import { readLogLine } from '../core/codex-event.ts';
import { createEntries } from '../core/entries.ts';
import type { Entry } from '../core/entry.ts';
import { lineKinds } from '../core/line-kind.ts';
import { linesWanted, passesFilter, type LogFilter } from '../core/log-filter.ts';
import type { LogIndex } from '../system/log-index.ts';

export type LogStreamDoors = {
  index: LogIndex;
  project: string;
  timeOf(offset: number): number | null;
};

const linesAtOnce = 200;
/** So many entries may still change: an item that runs while others come. */
const mayChange = 100;
/** A clipboard or a file has room for all of it. */
const maxOutput = 4 * 1024 * 1024;

/** Reads the index to its end first. */
export async function* entriesOfLog(
  { index, project, timeOf }: LogStreamDoors,
  filter: LogFilter,
): AsyncGenerator<Entry> {
  while (!(await index.read()).atEnd);
  const { lines } = index;
  const wanted = linesWanted(filter.kind);
  // What failed is told with where it began.
  const isWanted = (line: number) =>
    wanted[lines.kindAt(line)] === true ||
    (filter.kind === 'failed commands' && lines.kindAt(line) === lineKinds.command);
  const entries = createEntries({ projectPath: project, maxOutput });
  let told = -1;
  let batch: number[] = [];
  const fold = async () => {
    for (const { offset, bytes, text } of await index.textOf(batch)) {
      const event =
        text === null
          ? { type: 'noise' as const, text: `a line of ${bytes} bytes, too long to read` }
          : readLogLine(text);
      entries.push(event, { offset, at: timeOf(offset) });
    }
    batch = [];
  };
  const ready = (keep: number): readonly Entry[] => {
    const list = entries.list();
    const fresh = list
      .slice(0, Math.max(0, list.length - keep))
      .filter(({ offset }) => offset > told);
    told = fresh.at(-1)?.offset ?? told;
    return fresh.filter((entry) => passesFilter(entry, filter));
  };
  const { session } = filter;
  const first = session === null ? 0 : Math.max(0, lines.lineAt(session.from));
  const end = session === null ? lines.count : lines.lineAt(session.to - 1) + 1;
  for (let line = first; line < end; line++) {
    if (isWanted(line)) batch.push(line);
    if (batch.length < linesAtOnce) continue;
    await fold();
    yield* ready(mayChange);
  }
  await fold();
  yield* ready(0);
}
