// The log of one task as entries, growing while it is shown, at any size. Its end is read at once and followed; an
// index of all lines is built in the background; the surroundings of any other place are read when the user goes there.
// All readers of the file share one queue, so that no two of them see it differently.

import { theEnd, type LogSnapshot, type LogQuery } from '../../core/log/snapshot.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Clock } from '../../system/clock.ts';
import type { IndexOptions, LogIndex } from '../../system/log/log-index.ts';
import type { WithinTime } from '../../system/time-limit.ts';
import type { LogTail, TailOptions } from '../../system/log/tail.ts';
import { createCopyCheck, type CopyDeps } from './copy-check.ts';
import { createLandmarks, isLandmark } from './landmarks.ts';
import { followEnd } from './end.ts';
import { createLogSnapshots } from './snapshots.ts';
import { createLogSearch } from '../search/search.ts';
import { isRepeatedLine } from './repeated-warnings.ts';
import { createLogShown } from './shown.ts';
import { createLogTimes } from './times.ts';
import { keepLooking } from '../pace.ts';
import { createWholeEntries } from './whole-entries.ts';
import { serially } from '../serially.ts';
import { createNotifier } from '../notifier.ts';

type LogFeedDeps = {
  clock: Clock;
  project: string;
  logPath: string;
  /** Of the log, and of what a running session writes. */
  directoryPaths: readonly string[];
  tailLog(path: string, options: TailOptions): LogTail;
  indexLog(path: string, options: IndexOptions): LogIndex;
  withinTime: WithinTime;
  readTimes(): Promise<string>;
  copies: CopyDeps;
  /** A text that changes when the file may have changed; null if that cannot be told. */
  fingerprint(): string | null;
  watchDirectory(path: string, onHint: () => void): { close(): void };
  /** Nothing is read before; to be resolved by the time the feed is closed. Absent: the file may be read at once. */
  untilThere?: Promise<void>;
};

export type LogFeed = {
  /** The same object until something changes. */
  snapshot(): LogSnapshot;
  /** Sets what is shown from now on. */
  look(query: LogQuery): void;
  subscribe(listener: () => void): () => void;
  /** Called when the result of the log query is there. */
  onAnswer(listener: () => void): () => void;
  close(): void;
};

/** How long to index before checking what else is wanted. */
const atOnceMs = 8;

const gone = 'The log is gone: session.log was removed. New entries will appear here';

export function followLog(deps: LogFeedDeps): LogFeed {
  const { clock, project } = deps;
  const notifier = createNotifier(clock);
  const answerListeners = new Set<() => void>();
  const index = deps.indexLog(deps.logPath, { isLandmark });
  const times = createLogTimes(deps);
  const landmarks = createLandmarks(times.of);
  const place = { index, project, timeOf: times.of, landmarks };
  const end = followEnd({ ...deps, times, landmarks });
  const shown = createLogShown(place, end);
  const whole = createWholeEntries({ index, project });
  const search = createLogSearch({
    clock,
    index,
    withinTime: deps.withinTime,
    isHidden: (event, offset) => isRepeatedLine(event, offset, landmarks.warnings),
  });
  const copyCheck = createCopyCheck({
    ...deps.copies,
    clock,
    fingerprint: deps.fingerprint,
    found: (session, copy) => {
      // A frame that shows nothing new would delay the one for the next line.
      if (landmarks.noteCopy(session, copy)) notifier.due();
    },
    missing: (sessions) => {
      if (landmarks.noteMissing(sessions)) notifier.due();
    },
  });
  const snapshots = createLogSnapshots({ index, times, landmarks, end, shown, whole, search });
  let query: LogQuery = theEnd;
  let isIndexed = false;
  let wasIndexed = false;
  let isClosed = false;
  let problem: string | null = null;
  /** The file's fingerprint before the next read; null if a hint causes the read: then the file has changed. */
  let seenAs: string | null = null;
  /** The fingerprint with which it was last read to its end. */
  let readAs: string | null = null;

  const readOn = serially(async () => {
    await deps.untilThere;
    const before = problem;
    const fingerprint = seenAs;
    seenAs = null;
    readAs = null;
    try {
      while (!isClosed && (await step()) === 'more');
      problem = end.isGone() ? gone : null;
      readAs = fingerprint;
    } catch (error) {
      problem = `The log cannot be read: ${errorMessage(error)}`;
    }
    if (problem !== before) notifier.due();
    checkCopies();
  });

  function checkCopies(): void {
    if (!isIndexed || isClosed) return;
    const window = shown.window();
    const lead = window.lead();
    const seen = lead === null ? window.list() : [lead, ...window.list()];
    if (query.sessions === 'all') copyCheck.look(landmarks.list(), 'all');
    else copyCheck.look(seen, 'some');
  }

  async function step(): Promise<'more' | 'done'> {
    const news = await end.read();
    if (isClosed) return 'done';
    if (news.reset) forget();
    shown.push(news.lines);
    if (news.reset || news.lines.length > 0) notifier.due();
    await indexOn();
    if (isClosed) return 'done';
    if (await shown.answer(() => query, isIndexed)) tellAnswer();
    if (await whole.read(query, shown.window().list())) tellAnswer();
    const foundBefore = search.results()?.count ?? 0;
    const isSearching = isIndexed && (await search.goOn());
    if (foundBefore === 0 && (search.results()?.count ?? 0) > 0) tellAnswer();
    if (isSearching) notifier.due();
    return isIndexed && !isSearching ? 'done' : 'more';
  }

  /** Indexes for a few milliseconds. */
  async function indexOn(): Promise<void> {
    const until = clock.monotonic() + atOnceMs;
    do {
      const before = isIndexed;
      const { reset, atEnd, landmarks: found } = await index.read();
      if (reset) {
        wasIndexed = false;
        landmarks.clear();
        search.forget();
        shown.forget();
      }
      times.noteEnds(found);
      landmarks.push(found);
      isIndexed = atEnd;
      wasIndexed ||= atEnd;
      if (found.length > 0 || reset || before !== isIndexed) notifier.due();
    } while (!isIndexed && !isClosed && clock.monotonic() < until);
  }

  function forget(): void {
    isIndexed = false;
    wasIndexed = false;
    landmarks.clear();
    shown.forget();
    whole.forget();
    search.forget();
  }

  /** A result that the user waits for is not held back by the notification rate. */
  function tellAnswer(): void {
    for (const listener of answerListeners) listener();
    notifier.now();
  }

  function hurry(): void {
    pace.hurry();
    void readOn();
  }

  // Hints come at once, but some get lost.
  const pace = keepLooking(clock, () => {
    if (times.lookForSleep()) notifier.due();
    checkCopies();
    const fingerprint = deps.fingerprint();
    if (readAs !== null && fingerprint === readAs) return;
    seenAs = fingerprint;
    hurry();
  });
  const watchers = deps.directoryPaths.map((path) => deps.watchDirectory(path, hurry));
  hurry();
  return {
    snapshot: () => snapshots({ isIndexed, wasIndexed, problem }),
    look: (next) => {
      if (next === query) return;
      query = next;
      search.want(next.search, next.searchFrom ?? 'end');
      hurry();
    },
    subscribe: notifier.subscribe,
    onAnswer: (listener) => {
      answerListeners.add(listener);
      return () => void answerListeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      pace.stop();
      copyCheck.close();
      for (const watcher of watchers) watcher.close();
      search.forget();
      void readOn().finally(() => Promise.all([end.close(), index.close()]).catch(() => {}));
    },
  };
}
