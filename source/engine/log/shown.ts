// Which part of a log is shown: its end as it grows, or a window around the user's position. It is read again only
// if too little is held around the wanted position.

import { isFiltered } from '../../core/log/filter.ts';
import { theEnd, type LogQuery } from '../../core/log/snapshot.ts';
import type { EndNews, LogEnd } from './end.ts';
import { lastAtOrBefore } from './landmarks.ts';
import { readWindow, type LogWindow, type WindowDeps } from './window.ts';

export type LogShown = {
  window(): LogWindow;
  /** The filter that chose its entries. */
  filter(): LogQuery['filter'];
  /** Adds what the end of the log has just reported. */
  push(lines: EndNews['lines']): void;
  /**
   * Reads the wanted window as soon as the index knows its lines (all lines are known when `isIndexed`); true if the
   * shown window changed.
   */
  answer(wanted: () => LogQuery, isIndexed: boolean): Promise<boolean>;
  /** What was read is no longer valid. */
  forget(): void;
};

/** With fewer entries than this on either side of the position, more are read. */
const margin = 40;

export function createLogShown(place: Omit<WindowDeps, 'log'>, end: LogEnd): LogShown {
  const { index } = place;
  /** Null: the end. */
  let shown: LogWindow | null = null;
  /** The position that the shown window was read around: reading there again would give the same. */
  let centre: number | 'end' | null = null;
  let filter = theEnd.filter;

  async function answer(wanted: () => LogQuery, isIndexed: boolean): Promise<boolean> {
    const query = wanted();
    if (query.at === 'end' && !isFiltered(query.filter)) return showEnd(query, isIndexed);
    if (!isWanted(query)) return false;
    const isKnown = isIndexed || (query.at !== 'end' && query.at < index.endOffset());
    if (!isKnown) return false;
    const window = await readWindow(
      { ...place, log: end.log() },
      { offset: query.at, filter: query.filter },
    );
    if (query !== wanted()) return answer(wanted, isIndexed);
    shown = window;
    centre = query.at;
    filter = query.filter;
    return true;
  }

  async function showEnd(query: LogQuery, isIndexed: boolean): Promise<boolean> {
    const isOther = shown !== null || filter !== query.filter;
    shown = null;
    centre = null;
    filter = query.filter;
    if (isIndexed && end.isProvisional()) await end.readAgain(place);
    return isOther;
  }

  function isWanted({ at, filter: wanted }: LogQuery): boolean {
    if (filter !== wanted) return true;
    if (at === 'end') return shown?.atEnd !== true;
    if (shown === null && isFiltered(wanted)) return true;
    if (isDeepIn(shown ?? end.window(), at)) return false;
    return shown === null || centre !== at;
  }

  return {
    window: () => shown ?? end.window(),
    filter: () => filter,
    push: (lines) => {
      if (shown?.atEnd !== true) return;
      for (const { line, at } of lines) if (line.offset >= shown.to()) shown.push(line, at);
    },
    answer,
    forget: () => {
      shown = null;
      centre = null;
    },
  };
}

function isDeepIn(window: LogWindow, at: number): boolean {
  if (at < window.from() && !window.atStart()) return false;
  if (at >= window.to() && !window.atEnd) return false;
  const list = window.list();
  const before = lastAtOrBefore(list, at);
  return (window.atStart() || before >= margin) && (window.atEnd || list.length - before > margin);
}
