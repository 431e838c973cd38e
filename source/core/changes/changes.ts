// What a task changed, as the page "What it changed" shows it: over which range, which files, and the lines of one of
// them. All texts have passed clean(), except the paths that git is asked by.

import type { FileEntry } from '../checkpoint/undo-plan.ts';

export type ChangesRange =
  /** From before the first session to the files as they are now. */
  | { readonly kind: 'task' }
  /** From the files as the user last looked at them. */
  | { readonly kind: 'since' }
  | { readonly kind: 'session'; readonly session: number };

export type ChangedFile = {
  /** From the repository's root, one character per byte; the key. Not safe to print. */
  readonly path: string;
  /** From the project, as it is in the log. */
  readonly label: string;
  /** The label before; null if it was not renamed. */
  readonly renamedFrom: string | null;
  /** Null: there was none, or there is none any more. */
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
  /** The task that worked in the same files meanwhile and may have changed this one; null: it is the task's own. */
  readonly meanwhile: string | null;
};

export type FileCounts =
  | { readonly kind: 'lines'; readonly added: number; readonly removed: number }
  /** Git compares no lines of these. Sizes in bytes; null: there is no such file. */
  | {
      readonly kind: 'binary' | 'large';
      readonly before: number | null;
      readonly after: number | null;
    };

export type PatchLine = {
  readonly kind: 'hunk' | 'added' | 'removed' | 'same' | 'note';
  /** Without its sign; may have tabs. */
  readonly text: string;
  /** In the file as it is after; of a removed line, before. Null: it is not a line of the file. */
  readonly number: number | null;
};

/** The lines of one file's patch that are in memory. */
export type PatchSnapshot = {
  readonly path: string;
  /** Number of lines before the first one held. */
  readonly from: number;
  readonly lines: readonly PatchLine[];
  /** All lines of the patch; null until its end was read. */
  readonly total: number | null;
  readonly problem: string | null;
};

/** The line that a search led to. */
export type FoundLine = {
  /** The question that this answers. */
  readonly seek: SeekLine;
  /** Null: no line matches. */
  readonly line: number | null;
  readonly wrapped: boolean;
};

export type SeekLine = {
  readonly isIn: (text: string) => boolean;
  /** The line to look from, which is not looked at itself unless `by` is 0. */
  readonly from: number;
  readonly by: 1 | -1 | 0;
};

/** What the page asks for. */
export type ChangesQuery = {
  readonly task: string;
  /** Another number is another visit: everything is read anew. */
  readonly visit: number;
  readonly range: ChangesRange;
  /** Whose lines are shown; null: the first file's. */
  readonly path: string | null;
  /** The line in view, and how many rows there are for lines. */
  readonly line: number;
  readonly height: number;
  readonly seek: SeekLine | null;
};

export type ChangesSnapshot = {
  readonly task: string;
  readonly visit: number;
  readonly range: ChangesRange;
  /** What the user can go through, the oldest session first, the whole task last; empty while it is read. */
  readonly ranges: readonly ChangesRange[];
  /** When the user last looked, epoch ms. */
  readonly lookedAt: number | null;
  /** The task whose sessions worked in the same files at the same time; null: none did. */
  readonly sharedWith: string | null;
  /** Null while they are read. */
  readonly files: readonly ChangedFile[] | null;
  /** There are more. */
  readonly isCut: boolean;
  /** By path, as far as they are counted. */
  readonly counts: ReadonlyMap<string, FileCounts>;
  readonly patch: PatchSnapshot | null;
  readonly found: FoundLine | null;
  /** Why there is nothing to show, and what to do. */
  readonly problem: string | null;
};

export function isSameRange(a: ChangesRange, b: ChangesRange): boolean {
  if (a.kind === 'session' && b.kind === 'session') return a.session === b.session;
  return a.kind === b.kind;
}

/** The range before or after this one; the same where there is none. */
export function neighbourRange(
  ranges: readonly ChangesRange[],
  range: ChangesRange,
  by: 1 | -1,
): ChangesRange {
  const at = ranges.findIndex((one) => isSameRange(one, range));
  return (at === -1 ? undefined : ranges[at + by]) ?? range;
}

/** Of all files whose lines are counted. */
export function totalsOf(counts: ReadonlyMap<string, FileCounts>): {
  added: number;
  removed: number;
} {
  let [added, removed] = [0, 0];
  for (const count of counts.values()) {
    if (count.kind !== 'lines') continue;
    added += count.added;
    removed += count.removed;
  }
  return { added, removed };
}
