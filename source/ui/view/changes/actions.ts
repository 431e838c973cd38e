// What keys do to the page "What it changed". Pure; all facts are in the pane.

import { neighbourRange, type ChangesRange } from '../../../core/changes/changes.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';
import { steppedTo, type Move } from '../move.ts';
import { arrangementOf } from './arrangement.ts';
import { linesKnown, markedLine } from './lines.ts';
import {
  changesViewOf,
  openedChanges,
  selectedIndex,
  type ChangesPane,
  type ChangesView,
} from './view.ts';

export type ChangesAction =
  | { readonly type: 'range-moved'; readonly by: 1 | -1 }
  | { readonly type: 'range-chosen'; readonly range: ChangesRange }
  | { readonly type: 'read-again' }
  | { readonly type: 'turned-to'; readonly at: 'files' | 'lines' }
  | { readonly type: 'turned' }
  | { readonly type: 'column-moved'; readonly by: 1 | -1 }
  | {
      readonly type: 'searched';
      readonly query: SearchQuery;
      readonly matcher: Matcher;
      /** `typing`: more letters may follow, and Esc goes back. */
      readonly stage: 'typing' | 'done';
    }
  | { readonly type: 'search-cancelled' }
  | { readonly type: 'match-moved'; readonly by: 1 | -1 }
  | { readonly type: 'cleared' };

const columnStep = 16;

export function changedChanges(pane: ChangesPane, action: ChangesAction): ChangesView {
  const view = changesViewOf(pane);
  switch (action.type) {
    case 'range-moved': {
      const range = neighbourRange(pane.ranges, view.range, action.by);
      return range === view.range ? view : inRange(view, range);
    }
    case 'range-chosen':
      return inRange(view, action.range);
    case 'read-again':
      return { ...view, visit: Math.max(pane.now, view.visit + 1) };
    case 'turned-to':
      return { ...view, at: action.at };
    case 'turned':
      return { ...view, at: view.at === 'files' ? 'lines' : 'files' };
    case 'column-moved':
      return { ...view, column: Math.max(0, view.column + action.by * columnStep) };
    case 'searched':
      return searched(pane, action);
    case 'search-cancelled':
      return { ...view, ...view.search?.before };
    case 'match-moved':
      return matchMoved(pane, action.by);
    case 'cleared':
      return { ...view, search: null };
    default:
      return action satisfies never;
  }
}

/** The same file, if it changed there, too. */
function inRange(view: ChangesView, range: ChangesRange): ChangesView {
  const { path, at } = view;
  return { ...openedChanges({ ...view, range }), path, at };
}

/** Each letter searches from where the first one did. */
function searched(
  pane: ChangesPane,
  { query, matcher, stage }: Extract<ChangesAction, { type: 'searched' }>,
): ChangesView {
  const view = changesViewOf(pane);
  const { line, search } = view;
  const isSame = search?.query.text === query.text && search.query.form === query.form;
  if (stage === 'done') {
    if (search?.before === undefined || !isSame) return seeking(view, { query, matcher }, line);
    const { before: _, ...found } = search;
    return { ...view, at: 'lines', search: found };
  }
  if (isSame) return view;
  const before = search?.before ?? { line, search };
  const next = seeking(view, { query, matcher }, before.line);
  return { ...next, at: view.at, search: next.search && { ...next.search, before } };
}

function seeking(
  view: ChangesView,
  { query, matcher }: { query: SearchQuery; matcher: Matcher },
  line: number,
): ChangesView {
  const from = Number.isFinite(line) ? line : 0;
  const seek = { isIn: matcher.isIn, from, by: 0 } as const;
  return { ...view, at: 'lines', search: { query, matcher, seek, at: null, state: 'seeking' } };
}

function matchMoved(pane: ChangesPane, by: 1 | -1): ChangesView {
  const view = changesViewOf(pane);
  const { search } = view;
  if (search === null) return view;
  const seek = { isIn: search.matcher.isIn, from: markedLine(pane), by };
  return { ...view, at: 'lines', search: { ...search, seek, state: 'seeking' } };
}

export function movedChanges(pane: ChangesPane, move: Move): ChangesView {
  const view = changesViewOf(pane);
  const { files, lines } = arrangementOf(pane);
  if (view.at === 'files') {
    const all = pane.snapshot?.files ?? [];
    const page = Math.max(1, (files?.height ?? 2) - 1);
    const index = steppedTo(selectedIndex(pane), move, { page, last: all.length - 1 });
    const path = all[index]?.path ?? view.path;
    return path === view.path ? view : { ...view, path, line: 0, column: 0, search: null };
  }
  const page = Math.max(1, (lines?.height ?? 2) - 1);
  const last = pane.snapshot?.patch?.total == null ? Infinity : linesKnown(pane) - 1;
  return { ...view, line: steppedTo(markedLine(pane), move, { page, last }) };
}
