// What an undo does with each file, decided by three states: before the session, after it, and now. A file that is as the
// session left it goes back to what it was before. One that anyone changed since stays as it is, and is named.

/** What git records of a file. `mode`: 100644, 100755, 120000 (a link) or 160000 (a submodule). */
export type FileEntry = { mode: string; id: string };

/** `path` has one character per byte. Null: there is no such file. */
export type FileChange = { path: string; from: FileEntry | null; to: FileEntry | null };

export type UndoPlan = {
  /** Each goes from `to`, which it is, to `from`. */
  changes: readonly FileChange[];
  /** Paths that stay. */
  left: readonly string[];
  /** Paths that stay because another task may have changed them: its sessions worked in the same files meanwhile. */
  meanwhile: readonly MaybeOthers[];
};

export type MaybeOthers = { path: string; by: string };

/** `:100644 000000 1f2 000 D\0path\0`, as `diff-tree -r -z --raw --no-renames` prints it. */
export function changesIn(raw: string): FileChange[] {
  const parts = raw.split('\0');
  const changes: FileChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [before = '', after = '', from = '', to = ''] = (parts[at] ?? '').slice(1).split(' ');
    changes.push({
      path: parts[at + 1] ?? '',
      from: entryOf(before, from),
      to: entryOf(after, to),
    });
  }
  return changes;
}

type Changes = {
  /** What is to be taken back. */
  did: readonly FileChange[];
  /** From then until now. */
  since: readonly FileChange[];
  /** Paths that the user changed between the sessions that are to be taken back. */
  between: ReadonlySet<string>;
  /** Who else may have made a change that is to be taken back; null: nobody. */
  by(path: string): string | null;
};

export function planUndo({ did, since, between, by }: Changes): UndoPlan {
  const later = new Map(since.map((change) => [change.path, change]));
  const changes: FileChange[] = [];
  const left: string[] = [];
  const meanwhile: MaybeOthers[] = [];
  for (const change of did) {
    const { path, from, to } = change;
    const now = later.get(path);
    // An undo that was cut short, or somebody else, has done it.
    if (now !== undefined && isSame(now.to, from)) continue;
    const isSubmodule = from?.mode === '160000' || to?.mode === '160000';
    const other = by(path);
    if (other !== null) meanwhile.push({ path, by: other });
    else if (now !== undefined || between.has(path) || isSubmodule) left.push(path);
    else changes.push(change);
  }
  return { changes, left, meanwhile };
}

function isSame(one: FileEntry | null, other: FileEntry | null): boolean {
  return one?.id === other?.id && one?.mode === other?.mode;
}

function entryOf(mode: string, id: string): FileEntry | null {
  return mode === '000000' ? null : { mode, id };
}
