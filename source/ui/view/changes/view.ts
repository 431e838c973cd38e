// The view of what a task changed: over which range, which file, and which of its lines.

import {
  isSameRange,
  type ChangedFile,
  type ChangesRange,
  type ChangesSnapshot,
  type SeekLine,
} from '../../../core/changes/changes.ts';
import type { Matcher, SearchQuery } from '../../../core/search/query.ts';
import type { FilePlaces } from '../../rows/file-place.ts';
import type { PaneName } from '../layout.ts';

export type ChangesSearch = {
  readonly query: SearchQuery;
  readonly matcher: Matcher;
  /** What is looked for now, or was last. */
  readonly seek: SeekLine;
  /** The line with the current match; null until one is found. */
  readonly at: number | null;
  readonly state: 'seeking' | 'found' | 'wrapped' | 'none';
  /** Set while the query is typed: what was shown before, for Esc. */
  readonly before?: Pick<ChangesView, 'line' | 'search'>;
};

export type ChangesView = {
  readonly task: string;
  /** Another number is another visit: everything is read anew. */
  readonly visit: number;
  readonly range: ChangesRange;
  /** Which part has the keys. */
  readonly at: 'files' | 'lines';
  /** The selected file; null: the first. */
  readonly path: string | null;
  /** The marked line of its patch; Infinity: the last one, until it is known. */
  readonly line: number;
  /** How many cells the lines are scrolled to the right. */
  readonly column: number;
  readonly search: ChangesSearch | null;
  /** The label of a file to open as soon as the files are read. */
  readonly sought: string | null;
  /** The pane that gets the keys back. */
  readonly cameFrom: PaneName;
};

export function openedChanges(
  of: Pick<ChangesView, 'task' | 'visit' | 'range' | 'cameFrom'>,
): ChangesView {
  const { task, visit, range, cameFrom } = of;
  return {
    task,
    visit,
    range,
    cameFrom,
    at: 'files',
    path: null,
    line: 0,
    column: 0,
    search: null,
    sought: null,
  };
}

/** What the page draws. */
export type ChangesPane = ChangesView & {
  /** Null while nothing of this range is read. */
  readonly snapshot: ChangesSnapshot | null;
  /** What the user can go through, the oldest session first; empty while it is read. */
  readonly ranges: readonly ChangesRange[];
  /** When the user last looked, epoch ms. */
  readonly lookedAt: number | null;
  /** The task, safe to print. */
  readonly label: string;
  /** Default: its files are where the dashboard was opened. */
  readonly places?: FilePlaces;
  /** The number of its session that runs now; null if none does. */
  readonly running: number | null;
  readonly width: number;
  /** With the title. */
  readonly height: number;
  readonly now: number;
};

/** Only the fields of the view, from an object that has more. */
export function changesViewOf(view: ChangesView): ChangesView {
  const { task, visit, range, at, path, line, column, search, sought, cameFrom } = view;
  return { task, visit, range, at, path, line, column, search, sought, cameFrom };
}

/** What was read for this view: the ranges of its visit, and what is in the one that it shows. */
export function readFor(
  { task, visit, range }: ChangesView,
  last: ChangesSnapshot | null,
): Pick<ChangesPane, 'snapshot' | 'ranges' | 'lookedAt'> {
  if (last?.task !== task || last.visit !== visit) {
    return { snapshot: null, ranges: [], lookedAt: null };
  }
  const { ranges, lookedAt } = last;
  return { snapshot: isSameRange(last.range, range) ? last : null, ranges, lookedAt };
}

type Files = Pick<ChangesPane, 'snapshot' | 'path'>;

/** The index of the selected file; -1 if there is none. */
export function selectedIndex({ snapshot, path }: Files): number {
  const files = snapshot?.files ?? [];
  if (files.length === 0) return -1;
  return Math.max(
    0,
    files.findIndex((file) => file.path === path),
  );
}

export function selectedFile(pane: Files): ChangedFile | null {
  return pane.snapshot?.files?.[selectedIndex(pane)] ?? null;
}
