// The log of one task as entries, growing while one looks, at any size. Its end is read at once and followed; where
// all lines stand is found in the background; what surrounds any other place is read when somebody looks there.
// One thing at a time: whatever reads the file stands in one queue, so that no two of them see it differently.

import type { Entry } from '../core/entry.ts';
import { isFiltered, passesFilter } from '../core/log-filter.ts';
import { lineKinds } from '../core/line-kind.ts';
import { theEnd, type LogPicture, type LogWish } from '../core/log-picture.ts';
import { said } from '../core/said.ts';
import type { Clock } from '../system/clock.ts';
import type { IndexOptions, LogIndex } from '../system/log-index.ts';
import type { WithinTime } from '../system/time-limit.ts';
import type { LogTail, TailOptions } from '../system/log-tail.ts';
import { createLandmarks, isLandmark, lastAtOrBefore } from './log-landmarks.ts';
import { followEnd } from './log-end.ts';
import { createLogSearch } from './log-search.ts';
import { createLogTimes } from './log-times-known.ts';
import { readWindow, type LogWindow } from './log-window.ts';
import { createWholeEntries } from './whole-entries.ts';
import { serially } from './serially.ts';
import { createNotice } from './store.ts';

export type LogFeedDoors = {
  clock: Clock;
  project: string;
  logPath: string;
  directoryPath: string;
  tailLog(path: string, options: TailOptions): LogTail;
  indexLog(path: string, options: IndexOptions): LogIndex;
  withinTime: WithinTime;
  readTimes(): Promise<string>;
  watchDirectory(path: string, onHint: () => void): { close(): void };
};

export type LogFeed = {
  /** The same object as long as nothing changed. */
  picture(): LogPicture;
  /** What is to be seen from now on. */
  look(wish: LogWish): void;
  subscribe(listener: () => void): () => void;
  /** What was wanted to be seen is there. */
  onAnswer(listener: () => void): () => void;
  close(): void;
};

const lookEveryMs = 500;

/** Between two looks at what else is wanted. */
const atOnceMs = 8;

/** With fewer entries than these beside the place where one looks, more are read. */
const margin = 40;

export function followLog(doors: LogFeedDoors): LogFeed {
  const { clock, project } = doors;
  const notice = createNotice(clock);
  const answerListeners = new Set<() => void>();
  const index = doors.indexLog(doors.logPath, { isLandmark });
  const times = createLogTimes(doors);
  const landmarks = createLandmarks(times.of);
  const place = { index, project, timeOf: times.of, sessionAt: landmarks.sessionAt };
  const end = followEnd({ ...doors, times, sessionAt: landmarks.sessionAt });
  const whole = createWholeEntries({ index, project });
  const search = createLogSearch({ index, withinTime: doors.withinTime });
  let wish: LogWish = theEnd;
  let shown: LogWindow | null = null;
  /** Where the shown window was read around: reading again there would give the same. */
  let centre: number | 'end' | null = null;
  let shownFilter = wish.filter;
  let isIndexed = false;
  let isClosed = false;
  let problem: string | null = null;
  let seen: { of: unknown[]; picture: LogPicture } | null = null;

  const readOn = serially(async () => {
    const before = problem;
    try {
      while (!isClosed && (await step()) === 'more');
      problem = null;
    } catch (error) {
      problem = `The log can't be read: ${said(error)}`;
    }
    if (problem !== before) notice.due();
  });

  async function step(): Promise<'more' | 'done'> {
    const news = await end.read();
    if (isClosed) return 'done';
    if (news.reset) forget();
    for (const { line, at } of news.lines) {
      if (shown?.atEnd === true && line.offset >= shown.to()) shown.push(line, at);
    }
    if (news.reset || news.lines.length > 0) notice.due();
    await indexOn();
    if (isClosed) return 'done';
    await answer();
    if (await whole.read(wish, entriesShown())) tellAnswer();
    const foundBefore = search.results()?.count ?? 0;
    const isSearching = isIndexed && (await search.goOn());
    if (foundBefore === 0 && (search.results()?.count ?? 0) > 0) tellAnswer();
    if (isSearching) notice.due();
    return isIndexed && !isSearching ? 'done' : 'more';
  }

  /** A few milliseconds' worth. */
  async function indexOn(): Promise<void> {
    const until = clock.monotonic() + atOnceMs;
    do {
      const wasIndexed = isIndexed;
      const { reset, atEnd, landmarks: found } = await index.read();
      if (reset) {
        landmarks.clear();
        search.forget();
        shown = null;
      }
      landmarks.push(found);
      isIndexed = atEnd;
      if (found.length > 0 || reset || wasIndexed !== isIndexed) notice.due();
    } while (!isIndexed && !isClosed && clock.monotonic() < until);
  }

  /** Reads the window that is wanted, as soon as it is known where its lines stand. */
  async function answer(): Promise<void> {
    const { at, filter } = wish;
    if (at === 'end' && !isFiltered(filter)) {
      const isOther = shown !== null || shownFilter !== filter;
      shown = null;
      centre = null;
      shownFilter = filter;
      if (isOther) tellAnswer();
      if (isIndexed && end.isProvisional()) await end.readAgain(place);
      return;
    }
    if (!isWanted(at)) return;
    const isKnown = at === 'end' ? isIndexed : isIndexed || at < index.endOffset();
    if (!isKnown) return;
    const asked = wish;
    const window = await readWindow({ ...place, log: end.log() }, { offset: at, filter });
    if (asked !== wish) return answer();
    shown = window;
    centre = at;
    shownFilter = filter;
    tellAnswer();
  }

  function isWanted(at: number | 'end'): boolean {
    if (shownFilter !== wish.filter) return true;
    if (at === 'end') return shown?.atEnd !== true;
    if (shown === null && isFiltered(wish.filter)) return true;
    const window = shown ?? end.window();
    if (isDeepIn(window, at)) return false;
    return shown === null || centre !== at;
  }

  function isDeepIn(window: LogWindow, at: number): boolean {
    const list = window.list();
    if (at < window.from() && !window.atStart()) return false;
    if (at >= window.to() && !window.atEnd) return false;
    const index = lastAtOrBefore(list, at);
    return (window.atStart() || index >= margin) && (window.atEnd || list.length - index > margin);
  }

  function forget(): void {
    shown = null;
    centre = null;
    isIndexed = false;
    landmarks.clear();
    whole.forget();
    search.forget();
  }

  function entriesShown(): readonly Entry[] {
    return (shown ?? end.window()).list();
  }

  function picture(): LogPicture {
    const window = shown ?? end.window();
    const list = whole.replaced(window.list());
    const { done, of } = index.progress();
    const reading = isIndexed ? null : Math.floor((100 * done) / (of || 1)) / 100;
    const results = search.results();
    const live = end.window().list();
    const of_ = [list, landmarks.list(), reading, results, problem, live, window.atEnd];
    if (seen !== null && seen.of.every((one, at) => one === of_[at])) return seen.picture;
    const filter = shownFilter;
    const next: LogPicture = {
      entries: list,
      extent: {
        from: window.from(),
        to: window.to(),
        atStart: window.atStart(),
        atEnd: window.atEnd,
      },
      filter,
      lead: filter.kind === null ? window.lead() : null,
      landmarks: landmarks.list(),
      newerThan: (offset) => countNewer(live, offset, (entry) => passesFilter(entry, filter)),
      offsetAt: times.offsetAt,
      errorFrom,
      reading,
      search: results,
      problem,
    };
    seen = { of: of_, picture: next };
    return next;
  }

  function errorFrom(offset: number, by: 1 | -1): number | null {
    const { lines } = index;
    const start = Math.min(lines.lineAt(offset), lines.count - 1);
    for (let line = start + by; line >= 0 && line < lines.count; line += by) {
      const kind = lines.kindAt(line);
      if (kind === lineKinds.error || kind === lineKinds.failedCommand) return lines.offsetAt(line);
    }
    return null;
  }

  /** What somebody waits for does not wait for the next notice. */
  function tellAnswer(): void {
    for (const listener of answerListeners) listener();
    notice.now();
  }

  const hurry = (): void => void readOn();
  const watcher = doors.watchDirectory(doors.directoryPath, hurry);
  const stopLooking = clock.every(lookEveryMs, hurry);
  hurry();
  return {
    picture,
    look: (next) => {
      if (next === wish) return;
      wish = next;
      search.want(next.search, next.at);
      hurry();
    },
    subscribe: notice.subscribe,
    onAnswer: (listener) => {
      answerListeners.add(listener);
      return () => void answerListeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      stopLooking();
      watcher.close();
      search.forget();
      void readOn().finally(() => Promise.all([end.close(), index.close()]).catch(() => {}));
    },
  };
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
