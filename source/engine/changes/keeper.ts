// Keeps what the page "What it changed" shows: the visit, the files of one range, and the lines of one file. What is not
// looked at any more is ended.

import type {
  ChangedFile,
  ChangesQuery,
  ChangesRange,
  ChangesSnapshot,
  FileCounts,
  FoundLine,
  SeekLine,
} from '../../core/changes/changes.ts';
import { isSameRange } from '../../core/changes/changes.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { ReadChanges } from '../../system/changes/read-changes.ts';
import { openPatchWindow, type PatchWindow } from './patch-window.ts';
import { seekLine } from './seek-line.ts';

type Problem = { readonly problem: string };

export type ChangesVisit = {
  readonly ranges: readonly ChangesRange[];
  readonly lookedAt: number | null;
  read(range: ChangesRange): Promise<ReadChanges | Problem>;
  /** The user sees what the task changed until now. */
  looked(): Promise<void>;
};

/** `running`: the number of the session that runs now. */
export type VisitChanges = (task: string) => Promise<ChangesVisit | Problem>;

export type ChangesKeeper = {
  /** Null: the page is closed. */
  look(query: ChangesQuery | null): void;
  /** The same object until something changes. */
  changes(): ChangesSnapshot | null;
  /** What the range that is shown consists of; null until it was read. */
  read(): ReadChanges | null;
  /** `now`: the user waits for it. */
  subscribe(listener: (when: 'now' | 'soon') => void): () => void;
  close(): void;
};

type Asked = Pick<ChangesQuery, 'task' | 'visit' | 'range'>;

export function createChangesKeeper(visitChanges: VisitChanges): ChangesKeeper {
  const listeners = new Set<(when: 'now' | 'soon') => void>();
  let visit: { of: Pick<Asked, 'task' | 'visit'>; begun: Promise<ChangesVisit | Problem> } | null =
    null;
  let asked: Asked | null = null;
  let base: Omit<ChangesSnapshot, 'patch' | 'found'> | null = null;
  let read: ReadChanges | null = null;
  let stopCounting: (() => void) | null = null;
  let shown: { path: string; window: PatchWindow } | null = null;
  let sought: { seek: SeekLine; found: FoundLine | null; close(): void } | null = null;
  let seen: ChangesSnapshot | null = null;
  let last: ChangesQuery | null = null;

  function tell(when: 'now' | 'soon'): void {
    seen = null;
    for (const listener of listeners) listener(when);
  }

  function letGo(): void {
    stopCounting?.();
    shown?.window.close();
    sought?.close();
    [stopCounting, shown, sought, read] = [null, null, null, null];
  }

  function begin(query: ChangesQuery): void {
    letGo();
    const { task, visit: number, range } = query;
    const mine: Asked = { task, visit: number, range };
    asked = mine;
    const isSameVisit = visit?.of.task === task && visit.of.visit === number;
    base = {
      ...mine,
      ranges: isSameVisit ? (base?.ranges ?? []) : [],
      lookedAt: isSameVisit ? (base?.lookedAt ?? null) : null,
      sharedWith: null,
      files: null,
      isCut: false,
      counts: new Map(),
      problem: null,
    };
    if (visit === null || !isSameVisit) {
      const begun = visitChanges(task).catch((error: unknown) => ({
        problem: errorMessage(error),
      }));
      visit = { of: { task, visit: number }, begun };
    }
    void fill(mine, visit.begun);
  }

  async function fill(mine: Asked, begun: Promise<ChangesVisit | Problem>): Promise<void> {
    const found = await begun;
    if (asked !== mine || base === null) return;
    if ('problem' in found) {
      base = { ...base, problem: found.problem };
      return tell('now');
    }
    base = { ...base, ranges: found.ranges, lookedAt: found.lookedAt };
    const changes = await found
      .read(mine.range)
      .catch((error: unknown) => ({ problem: errorMessage(error) }));
    if (asked !== mine) return;
    if ('problem' in changes) {
      base = { ...base, problem: changes.problem };
      return tell('now');
    }
    read = changes;
    const { files, isCut, sharedWith } = changes;
    base = { ...base, files, isCut, sharedWith };
    if (last !== null) showPatch(last);
    tell('now');
    // A look at one session is not a look at all that changed.
    if (mine.range.kind !== 'session') void found.looked().catch(() => {});
  }

  /** Not before the first lines are there: git takes longer to count than the user wants to wait. */
  function countNow(changes: ReadChanges): void {
    stopCounting ??= changes.count((counts) => {
      if (read === changes) counted(counts);
    });
  }

  function counted(counts: ReadonlyMap<string, FileCounts>): void {
    if (base === null) return;
    base = { ...base, counts: new Map([...base.counts, ...counts]) };
    tell('soon');
  }

  function showPatch({ path, line, height, seek }: ChangesQuery): void {
    const changes = read;
    if (changes === null) return;
    const file = changes.files.find((one) => one.path === path) ?? changes.files[0];
    if (file === undefined) return;
    if (shown?.path !== file.path) {
      shown?.window.close();
      sought?.close();
      sought = null;
      shown = { path: file.path, window: windowOn(changes, file) };
    }
    shown.window.look(line, height);
    if (seek !== null && sought?.seek !== seek) startSeeking(changes, file, seek);
  }

  function windowOn(changes: ReadChanges, file: ChangedFile): PatchWindow {
    return openPatchWindow({
      path: file.path,
      open: () => changes.patch(file),
      onChange: (news) => {
        if (read !== changes) return;
        if (shown?.path === file.path) tell(news === 'first' ? 'now' : 'soon');
        countNow(changes);
      },
    });
  }

  function startSeeking(changes: ReadChanges, file: ChangedFile, seek: SeekLine): void {
    sought?.close();
    const patch = changes.patch(file);
    const mine = { seek, found: null, close: patch.close };
    sought = mine;
    void seekLine(patch, seek).then((found) => {
      if (sought !== mine || found === null) return;
      sought = { ...mine, found };
      tell('now');
    });
  }

  function close(): void {
    letGo();
    [visit, asked, base, seen, last] = [null, null, null, null, null];
  }

  return {
    look: (query) => {
      if (query === null) {
        if (last !== null) close();
        return;
      }
      last = query;
      const isSame =
        asked?.task === query.task &&
        asked.visit === query.visit &&
        isSameRange(asked.range, query.range);
      if (!isSame) {
        begin(query);
        tell('now');
      } else showPatch(query);
    },
    changes: () => {
      if (base === null) return null;
      const patch = shown?.window.snapshot() ?? null;
      return (seen ??= { ...base, patch, found: sought?.found ?? null });
    },
    read: () => read,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

/** Default: nothing can be compared. */
export const noChanges: VisitChanges = () =>
  Promise.resolve({ problem: 'What a task changed cannot be read here' });
