// Combines what a log's readers know into one snapshot for the screen: the same object until something changes.

import type { Entry } from '../../core/log/entry.ts';
import { lineKinds } from '../../core/log/lines/line-kinds.ts';
import { passesFilter } from '../../core/log/filter.ts';
import type { LogSnapshot } from '../../core/log/snapshot.ts';
import type { LogIndex } from '../../system/log/log-index.ts';
import type { LogEnd } from './end.ts';
import type { LogLandmarks } from './landmarks.ts';
import type { LogSearch } from '../search/search.ts';
import type { LogShown } from './shown.ts';
import type { LogTimes } from './times.ts';
import type { WholeEntries } from './whole-entries.ts';

type LogReaders = {
  index: LogIndex;
  times: LogTimes;
  landmarks: LogLandmarks;
  end: LogEnd;
  shown: LogShown;
  whole: WholeEntries;
  search: LogSearch;
};

/** What the readers cannot know by themselves. */
type ReadingState = {
  isIndexed: boolean;
  /** The whole log was read once; what came since may be unread. */
  wasIndexed: boolean;
  problem: string | null;
};

export function createLogSnapshots(readers: LogReaders): (state: ReadingState) => LogSnapshot {
  const { index, times, landmarks, end, shown, whole, search } = readers;
  const errorFrom: LogSnapshot['errorFrom'] = (offset, by) => errorBeside(index, offset, by);
  let seen: { of: unknown[]; snapshot: LogSnapshot } | null = null;

  return ({ isIndexed, wasIndexed, problem }) => {
    const window = shown.window();
    const entries = whole.replaced(window.list());
    const { done, of: all } = index.progress();
    const reading = isIndexed ? null : Math.floor((100 * done) / (all || 1)) / 100;
    const results = search.results();
    const live = end.window().list();
    const sleeps = times.sleeps();
    const sessions = wasIndexed ? landmarks.sessions() : null;
    const parts = [sleeps, entries, landmarks.list(), sessions, results, live];
    const missing = landmarks.missing();
    const of = [...parts, missing, reading, problem, window.atEnd];
    if (seen !== null && seen.of.every((one, at) => one === of[at])) return seen.snapshot;
    const filter = shown.filter();
    const snapshot: LogSnapshot = {
      entries,
      extent: {
        from: window.from(),
        to: window.to(),
        atStart: window.atStart(),
        atEnd: window.atEnd,
      },
      filter,
      lead: filter.kind === null ? window.lead() : null,
      landmarks: landmarks.list(),
      sessions,
      missing,
      sleeps,
      newerThan: (offset) => countNewer(live, offset, (entry) => passesFilter(entry, filter)),
      offsetAt: times.offsetAt,
      timesKnown: times.span,
      errorFrom,
      reading,
      search: results,
      problem,
    };
    seen = { of, snapshot };
    return snapshot;
  };
}

/** From past the end, the search upwards begins with the last line. */
function errorBeside(index: LogIndex, offset: number, by: 1 | -1): number | null {
  const { lines } = index;
  const start = offset >= index.endOffset() ? lines.count : lines.lineAt(offset);
  for (let line = start + by; line >= 0 && line < lines.count; line += by) {
    const kind = lines.kindAt(line);
    if (kind === lineKinds.error || kind === lineKinds.failedCommand) return lines.offsetAt(line);
  }
  return null;
}

function countNewer(
  list: readonly Entry[],
  offset: number,
  isWanted: (entry: Entry) => boolean,
): number {
  let count = 0;
  for (let at = list.length - 1; at >= 0; at--) {
    const entry = list[at];
    if (entry === undefined || entry.offset <= offset) break;
    if (isWanted(entry)) count++;
  }
  return count;
}
