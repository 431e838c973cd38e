// What keys do to the view of a log: filter, search, wrapping, raw JSON. Pure; all facts about the log are in the pane.

import { everything, nextFilterKind, type LogFilter } from '../../../core/log/filter.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';
import { entryUnderMark, soughtAt } from './place.ts';
import { logViewOf, type LogView } from './view.ts';
import type { LogPane } from '../../rows/log/log-rows.ts';

export type LogAction =
  | { readonly type: 'filter-changed' }
  | { readonly type: 'session-alone' }
  | {
      readonly type: 'searched';
      readonly query: SearchQuery;
      readonly matcher: Matcher;
      /** `typing`: more letters may follow, and Esc goes back. */
      readonly stage: 'typing' | 'done';
    }
  | { readonly type: 'search-cancelled' }
  | { readonly type: 'match-moved'; readonly by: 1 | -1 }
  | { readonly type: 'followed' }
  | { readonly type: 'wrap-toggled' }
  | { readonly type: 'column-moved'; readonly by: 1 | -1 }
  | { readonly type: 'raw-toggled' }
  | { readonly type: 'cleared' };

const columnStep = 16;

export function changedLog(pane: LogPane, action: LogAction): LogView {
  const view = logViewOf(pane);
  switch (action.type) {
    case 'filter-changed':
      return filtered(pane, { ...pane.filter, kind: nextFilterKind(pane.filter.kind) });
    case 'session-alone':
      return filtered(pane, {
        ...pane.filter,
        session: pane.filter.session === null ? sessionAtMark(pane) : null,
      });
    case 'searched':
      return searched(pane, action);
    case 'search-cancelled':
      return { ...view, ...view.search?.before };
    case 'match-moved':
      return matchMoved(pane, action.by);
    case 'followed':
      return { ...view, scroll: { follow: true }, peeked: null };
    case 'wrap-toggled':
      return { ...view, wrap: view.wrap === 'on' ? 'off' : 'on', column: 0 };
    case 'column-moved':
      return { ...view, column: Math.max(0, view.column + action.by * columnStep) };
    case 'raw-toggled': {
      const key = entryUnderMark(pane);
      if (key === null) return view;
      const raw = new Set(view.raw);
      if (!raw.delete(key)) raw.add(key);
      return { ...view, raw };
    }
    case 'cleared':
      return view.search === null
        ? filtered(pane, everything)
        : { ...view, search: null, peeked: null };
    default:
      return action satisfies never;
  }
}

/** Each letter searches from where the first one did. The last match stays in view until the next one is found. */
function searched(
  pane: LogPane,
  { query, matcher, stage }: Extract<LogAction, { type: 'searched' }>,
): LogView {
  const view = logViewOf(pane);
  const { scroll, peeked, search } = view;
  if (search?.before === undefined) {
    const found = { query, matcher, at: null, from: markPosition(pane) };
    return stage === 'typing'
      ? { ...view, search: { ...found, before: { scroll, peeked, search } } }
      : { ...view, peeked: null, search: found };
  }
  const { before, ...typed } = search;
  const isSame = query.text === typed.query.text && query.form === typed.query.form;
  const found = isSame ? typed : { query, matcher, at: null, from: typed.from };
  if (stage === 'done') return { ...view, search: found };
  return isSame ? view : { ...view, search: { ...found, before } };
}

/**
 * The view at the first match: the next one from the mark on or, while the log follows its end, the last one. Null:
 * nothing to jump to yet.
 */
export function withFirstMatch(pane: LogPane): LogView | null {
  const { search, results } = pane;
  if (search?.at !== null || results?.query !== search.query) return null;
  const { from } = search;
  const next = from === Infinity ? results.before(Infinity) : results.after(from - 1);
  if (next !== null) return atMatch(pane, next);
  if (results.searching !== null) return null;
  const first = results.after(-1);
  if (first !== null) return atMatch(pane, first, 'to the top');
  if (search.before === undefined) return null;
  // What was typed so far matches nothing.
  const { scroll, peeked } = search.before;
  return { ...logViewOf(pane), scroll, peeked };
}

function matchMoved(pane: LogPane, by: 1 | -1): LogView {
  const { search, results } = pane;
  if (search === null || results?.query !== search.query) return logViewOf(pane);
  const from = search.at ?? search.from;
  const next = by === 1 ? results.after(from) : results.before(from);
  if (next !== null) return atMatch(pane, next);
  const first = by === 1 ? results.after(-1) : results.before(Infinity);
  const wrapped = by === 1 ? 'to the top' : 'to the bottom';
  return first === null ? logViewOf(pane) : atMatch(pane, first, wrapped);
}

type Search = NonNullable<LogView['search']>;

function atMatch(pane: LogPane, place: number, wrapped?: Search['wrapped']): LogView {
  const view = logViewOf(pane);
  const sought = soughtAt(pane, place);
  return {
    ...view,
    scroll: sought.follow ? sought : { ...sought, seeks: 'match' },
    peeked: null,
    search: view.search && atPlace(view.search, place, wrapped),
  };
}

function atPlace(search: Search, at: number, wrapped?: Search['wrapped']): Search {
  const { wrapped: _, ...rest } = search;
  return { ...rest, at, ...(wrapped === undefined ? {} : { wrapped }) };
}

/** The byte offset of the entry under the mark; Infinity while the pane follows. */
function markPosition({ scroll, entries }: LogPane): number {
  if (scroll.follow) return Infinity;
  return entries.find(({ key }) => key === scroll.cursor)?.offset ?? scroll.offset;
}

function filtered(pane: LogPane, filter: LogFilter): LogView {
  const view = logViewOf(pane);
  const { scroll } = pane;
  if (scroll.follow) return { ...view, filter };
  return { ...view, filter, scroll: soughtAt(pane, markPosition(pane)) };
}

function sessionAtMark(pane: LogPane): LogFilter['session'] {
  const place = markPosition(pane);
  const sessions = (pane.landmarks ?? []).filter(({ body }) => body.kind === 'session');
  const at = sessions.findLastIndex(({ offset }) => offset <= place);
  const from = sessions[at]?.offset;
  if (from === undefined) return null;
  return { from, to: sessions[at + 1]?.offset ?? Infinity };
}
