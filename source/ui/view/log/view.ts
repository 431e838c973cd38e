// The view of one task's log: how far it is scrolled, which entries it shows, what it searches for.

import { everything, type LogFilter } from '../../../core/log/filter.ts';
import type { LogQuery } from '../../../core/log/snapshot.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';

export type LogScroll =
  | { readonly follow: true }
  | {
      readonly follow: false;
      /** The entry at the top, and which of its rows comes first. Empty: go to the entry at `offset`. */
      readonly key: string;
      readonly line: number;
      /** Byte offset of that entry in the log: if the entry goes, the next one takes its place. */
      readonly offset: number;
      /** The entry under the mark: the one that Enter opens. */
      readonly cursor: string;
      /** Offset of the last entry when following ended; later entries are new. */
      readonly newest: number;
      /** Set: scroll to the row with the match in the entry under the mark. */
      readonly seeks?: 'match';
    };

type LogSearchView = {
  readonly query: SearchQuery;
  readonly matcher: Matcher;
  /** Offset of the line with the current match; null before the first match is found. */
  readonly at: number | null;
  /** The offset where the search began; Infinity: the log followed its end. */
  readonly from: number;
  /** Where the last step continued when there was no other match in its direction. */
  readonly wrapped?: 'to the top' | 'to the bottom';
  /** Set while the query is typed: what was shown before, for Esc. */
  readonly before?: Pick<LogView, 'scroll' | 'peeked' | 'search'>;
};

export type LogView = {
  readonly scroll: LogScroll;
  readonly opened: ReadonlySet<string>;
  /** Entries shown as JSON. */
  readonly raw: ReadonlySet<string>;
  /** An entry that was opened only because its folded part has the match. */
  readonly peeked: string | null;
  readonly filter: LogFilter;
  readonly search: LogSearchView | null;
  readonly wrap: 'on' | 'off';
  /** How many cells the log is scrolled to the right when lines are not wrapped. */
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

/** Only the fields of the view, from an object that has more. */
export function logViewOf(log: LogView): LogView {
  const { scroll, opened, raw, peeked, filter, search, wrap, column } = log;
  return { scroll, opened, raw, peeked, filter, search, wrap, column };
}

/** The log query that this view needs. */
export function queryOf({ scroll, opened, raw, peeked, filter, search }: LogView): LogQuery {
  return {
    at: scroll.follow ? 'end' : scroll.offset,
    filter,
    search: search?.query ?? null,
    ...(search === null || search.from === Infinity ? {} : { searchFrom: search.from }),
    opened: peeked === null ? opened : new Set([...opened, peeked]),
    raw,
  };
}
