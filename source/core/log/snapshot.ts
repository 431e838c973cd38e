// What is known of a log at one moment: the entries around the place where one looks, and what surrounds them.

import type { Entry } from './entry.ts';
import { everything, type LogFilter } from './filter.ts';
import type { SearchQuery } from '../search/query.ts';
import type { Sleep } from './sleep.ts';

/** Which piece of the log is held, in bytes. */
export type LogExtent = {
  readonly from: number;
  readonly to: number;
  /** Nothing stands before it, or behind it. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
};

export const wholeLog: LogExtent = { from: 0, to: Infinity, atStart: true, atEnd: true };

/** Epoch ms. */
export type TimeSpan = { readonly from: number; readonly to: number };

export type LogPicture = {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly extent: LogExtent;
  /** What the entries were picked by. */
  readonly filter: LogFilter;
  /** The session under way where the entries begin. */
  readonly lead: Entry | null;
  /** Sessions of all the log, as far as it is known. */
  readonly landmarks: readonly Entry[];
  /** Of the machine. */
  readonly sleeps: readonly Sleep[];
  /** How many entries came after the one at `offset`; as far as they are held. */
  newerThan(this: void, offset: number): number;
  /** Where the first line stands that was written then or later, epoch ms; null when nobody knows. */
  offsetAt(this: void, at: number): number | null;
  /** From when to when it is known when lines were written, epoch ms; null where nobody knows. */
  timesKnown(this: void): TimeSpan | null;
  /** The error or failed command that comes next; null when there is none (that is known). */
  errorFrom(this: void, offset: number, by: 1 | -1): number | null;
  /** Null when all of the log is known; else the share of it that is, from 0 to 1. */
  readonly reading: number | null;
  readonly search: SearchResults | null;
  /** Why the log can't be read, one sentence. */
  readonly problem: string | null;
};

/** Places in the log where the text was found, in its order. */
export type SearchResults = {
  readonly query: SearchQuery;
  readonly count: number;
  /** Null when all was searched; else the share that was, from 0 to 1. */
  readonly searching: number | null;
  /** Why it was given up, a few words; null when it was not. */
  readonly problem: string | null;
  /** Of the line that matches next behind `offset`, or before it; null when there is none (yet). */
  after(this: void, offset: number): number | null;
  before(this: void, offset: number): number | null;
  /** Which one it is, from 1; null when none is there. */
  rank(this: void, offset: number): number | null;
};

/** What somebody wants to see. */
export type LogWish = {
  /** The entry that stands at the top, by its place in the log; or the newest. */
  readonly at: number | 'end';
  readonly filter: LogFilter;
  readonly search: SearchQuery | null;
  /** Keys of entries that are opened, and of those whose JSON is shown. */
  readonly opened: ReadonlySet<string>;
  readonly raw: ReadonlySet<string>;
};

export const theEnd: LogWish = {
  at: 'end',
  filter: everything,
  search: null,
  opened: new Set(),
  raw: new Set(),
};
