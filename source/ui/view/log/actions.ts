// What keys do to the view of a log: filter, search, wrapping, raw JSON. Pure; all facts about the log are in the pane.

import { everything, nextFilterKind, type LogFilter } from '../../../core/log/filter.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';
import { entryUnderMark, soughtAt } from './place.ts';
import { logViewOf, type LogView } from './view.ts';
import type { LogPane } from '../../rows/log/log-rows.ts';

export type LogAction =
  | { readonly type: 'filter-changed' }
  | { readonly type: 'session-alone' }
  | { readonly type: 'searched'; readonly query: SearchQuery; readonly matcher: Matcher }
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
    case 'searched': {
      const { query, matcher } = action;
      return {
        ...view,
        peeked: null,
        search: { query, matcher, at: null, from: markPosition(pane) },
      };
    }
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

/** The view at the first match that was found: the nearest above, otherwise below. Null: nothing to jump to yet. */
export function withFirstMatch(pane: LogPane): LogView | null {
  const { search, results } = pane;
  if (search?.at !== null || results?.query !== search.query) return null;
  const place =
    results.before(search.from + 1) ??
    (results.searching === null ? results.after(search.from) : null);
  return place === null ? null : atMatch(pane, place);
}

function matchMoved(pane: LogPane, by: 1 | -1): LogView {
  const { search, results } = pane;
  if (search === null || results?.query !== search.query) return logViewOf(pane);
  const from = search.at ?? search.from;
  const place =
    by === 1
      ? (results.after(from) ?? results.after(-1))
      : (results.before(from) ?? results.before(Infinity));
  return place === null ? logViewOf(pane) : atMatch(pane, place);
}

function atMatch(pane: LogPane, place: number): LogView {
  const view = logViewOf(pane);
  const sought = soughtAt(pane, place);
  return {
    ...view,
    scroll: sought.follow ? sought : { ...sought, seeks: 'match' },
    peeked: null,
    search: view.search && { ...view.search, at: place },
  };
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
