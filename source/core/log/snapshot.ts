// A snapshot of a log: the entries around the position in view, and what is known about the rest of the log.

import type { Entry } from './entry.ts';
import { everything, type LogFilter } from './filter.ts';
import type { SearchQuery } from '../search/query.ts';
import type { SessionSummary } from './session-summary.ts';
import type { Sleep } from './sleep.ts';

/** Which part of the log is loaded, in bytes. */
export type LogExtent = {
  readonly from: number;
  readonly to: number;
  /** Whether it reaches the start and the end of the log. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
};

export const wholeLog: LogExtent = { from: 0, to: Infinity, atStart: true, atEnd: true };

/** Epoch ms. */
export type TimeSpan = { readonly from: number; readonly to: number };

export type LogSnapshot = {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly extent: LogExtent;
  /** The filter that the entries passed. */
  readonly filter: LogFilter;
  /** The session that the first entries belong to. */
  readonly lead: Entry | null;
  /** Sessions of the whole log, as far as it was read. */
  readonly landmarks: readonly Entry[];
  /** The same for the Sessions page; null until the whole log was read once. */
  readonly sessions: readonly SessionSummary[] | null;
  /** Numbers of ended sessions that are not in the log any more. */
  readonly missing: readonly number[];
  /** When the machine slept. */
  readonly sleeps: readonly Sleep[];
  /** How many of the loaded entries come after the one at `offset`. */
  newerThan(this: void, offset: number): number;
  /** The offset of the first line written at or after `at`, epoch ms; null when unknown. */
  offsetAt(this: void, at: number): number | null;
  /** The time span in which the times of lines are known; null when none are. */
  timesKnown(this: void): TimeSpan | null;
  /** The next error or failed command; null when none is known. */
  errorFrom(this: void, offset: number, by: 1 | -1): number | null;
  /** Null when the whole log was read; else the share that was, from 0 to 1. */
  readonly reading: number | null;
  readonly search: SearchResults | null;
  /** Why the log cannot be read, one sentence. */
  readonly problem: string | null;
};

/** The matches of a search, in log order. */
export type SearchResults = {
  readonly query: SearchQuery;
  readonly count: number;
  /** Null when the whole log was searched; else the share that was, from 0 to 1. */
  readonly searching: number | null;
  /** Why the search gave up, a few words; null when it did not. */
  readonly problem: string | null;
  /** The offset of the next matching line after `offset`, or before it; null when there is none (yet). */
  after(this: void, offset: number): number | null;
  before(this: void, offset: number): number | null;
  /** The number of the match at `offset`, from 1; null when there is none. */
  rank(this: void, offset: number): number | null;
};

/** A log query: what the view asks for. */
export type LogQuery = {
  /** Byte offset of the entry at the top; 'end' follows the newest. */
  readonly at: number | 'end';
  readonly filter: LogFilter;
  readonly search: SearchQuery | null;
  /** Byte offset of the entry from which the search looks first, downwards. Default: from the end, upwards. */
  readonly searchFrom?: number;
  /** Keys of expanded entries, and of entries whose JSON is shown. */
  readonly opened: ReadonlySet<string>;
  readonly raw: ReadonlySet<string>;
  /** All: those of the whole log are shown, beside the log. */
  readonly sessions?: 'all';
};

export const theEnd: LogQuery = {
  at: 'end',
  filter: everything,
  search: null,
  opened: new Set(),
  raw: new Set(),
};
