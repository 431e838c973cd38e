// How one looks at the log of one task: how far it is scrolled, what of it is shown, what is searched for.

import { everything, type LogFilter } from '../../../core/log/filter.ts';
import type { LogWish } from '../../../core/log/snapshot.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';

export type LogScroll =
  | { readonly follow: true }
  | {
      readonly follow: false;
      /** The entry at the top, and which of its rows comes first. Empty: the one at `offset`, which is sought. */
      readonly key: string;
      readonly line: number;
      /** Where that entry stands in the log: should it go, the one behind it takes its place. */
      readonly offset: number;
      /** The entry under the mark: the one that opens. */
      readonly cursor: string;
      /** Offset of the last entry when following ended; what came after it is new. */
      readonly newest: number;
      /** The row with the match is sought, in the entry under the mark. */
      readonly seeks?: 'match';
    };

export type LogSearchView = {
  readonly query: SearchQuery;
  readonly matcher: Matcher;
  /** Offset of the line of the match where one is; null before the first one was found. */
  readonly at: number | null;
  /** Where one was when it began: the nearest match from there is the first. */
  readonly from: number;
};

export type LogView = {
  readonly scroll: LogScroll;
  readonly opened: ReadonlySet<string>;
  /** Their JSON is shown. */
  readonly raw: ReadonlySet<string>;
  /** Opened for the sake of a match that stands in what is folded. */
  readonly peeked: string | null;
  readonly filter: LogFilter;
  readonly search: LogSearchView | null;
  readonly wrap: 'on' | 'off';
  /** Cells that it is scrolled to the right, where it is not wrapped. */
  readonly column: number;
};

export const followingLog: LogView = {
  scroll: { follow: true },
  opened: new Set(),
  raw: new Set(),
  peeked: null,
  filter: everything,
  search: null,
  wrap: 'on',
  column: 0,
};

export function isPlainlyFollowing(view: LogView): boolean {
  return (
    view.scroll.follow &&
    view.opened.size === 0 &&
    view.raw.size === 0 &&
    view.peeked === null &&
    view.filter === everything &&
    view.search === null &&
    view.wrap === 'on'
  );
}

/** Only what is the view's own, of something that holds more. */
export function logViewOf(log: LogView): LogView {
  const { scroll, opened, raw, peeked, filter, search, wrap, column } = log;
  return { scroll, opened, raw, peeked, filter, search, wrap, column };
}

/** What it takes to show it. */
export function wishOf({ scroll, opened, raw, peeked, filter, search }: LogView): LogWish {
  return {
    at: scroll.follow ? 'end' : scroll.offset,
    filter,
    search: search?.query ?? null,
    opened: peeked === null ? opened : new Set([...opened, peeked]),
    raw,
  };
}
