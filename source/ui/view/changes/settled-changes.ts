// Normalises the page "What it changed" against what was read: the sought file may be there, a search may have led to a
// line, the last line may be known. Idempotent.

import { patchOf } from './lines.ts';
import { changesViewOf, type ChangesPane, type ChangesSearch, type ChangesView } from './view.ts';

/** The same object if nothing has to change. */
export function settledChanges(view: ChangesView, pane: ChangesPane): ChangesView {
  const opened = withSought(view, pane);
  const found = withFound(opened, pane);
  const total = patchOf({ ...pane, ...changesViewOf(found) })?.total ?? null;
  if (total === null || found.line < total) return found;
  const line = Math.max(0, total - 1);
  return line === found.line ? found : { ...found, line };
}

function withSought(view: ChangesView, { snapshot }: ChangesPane): ChangesView {
  const files = snapshot?.files ?? null;
  if (view.sought === null || files === null) return view;
  const file = files.find(({ label }) => label === view.sought);
  if (file === undefined) return { ...view, sought: null };
  return { ...view, sought: null, path: file.path, at: 'lines', line: 0 };
}

function withFound(view: ChangesView, pane: ChangesPane): ChangesView {
  const { search } = view;
  const found = pane.snapshot?.found ?? null;
  if (search?.state !== 'seeking' || found?.seek !== search.seek) return view;
  const { line } = found;
  if (line !== null) {
    const state = found.wrapped ? 'wrapped' : 'found';
    return { ...view, line, search: { ...search, at: line, state } };
  }
  const none: ChangesSearch = { ...search, at: null, state: 'none' };
  // What was typed so far matches nothing.
  return { ...view, line: search.before?.line ?? view.line, search: none };
}
