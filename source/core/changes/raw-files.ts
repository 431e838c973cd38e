// Reads what git says of the files between two trees: which ones differ (`--raw -z`), and by how many lines
// (`--numstat -z`). Paths have one character per byte, because a name need not be text.

import type { FileEntry } from '../checkpoint/undo-plan.ts';

export type RawFile = {
  readonly path: string;
  /** The path before, if it was renamed. */
  readonly renamedFrom: string | null;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
};

/** `:100644 100644 1f2… 3a4… M\0path\0`, a renamed file with two paths. What is cut is left out. */
export function rawFilesIn(output: string): RawFile[] {
  const parts = output.split('\0').slice(0, -1);
  const files: RawFile[] = [];
  for (let at = 0; at < parts.length;) {
    const [before = '', after = '', from = '', to = '', kind = ''] = (parts[at++] ?? '')
      .slice(1)
      .split(' ');
    const isRenamed = kind.startsWith('R');
    const first = parts[at++];
    const path = isRenamed ? parts[at++] : first;
    if (first === undefined || path === undefined) break;
    files.push({
      path,
      renamedFrom: isRenamed ? first : null,
      before: entryOf(before, from),
      after: entryOf(after, to),
    });
  }
  return files;
}

/** Null: git takes the file for binary. */
export type RawCounts = { readonly added: number; readonly removed: number } | null;

/** Call with one piece of the output after the other; answers what each piece completes, by path. */
export function createCountReader(): (output: string) => [string, RawCounts][] {
  let begun = '';
  return (output) => {
    const parts = (begun + output).split('\0');
    const counts: [string, RawCounts][] = [];
    let at = 0;
    // The last part has no end yet.
    for (; at + 1 < parts.length;) {
      const [, added = '', removed = '', named = ''] =
        /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(parts[at] ?? '') ?? [];
      // `3\t1\tpath\0`, or of a renamed file `3\t1\t\0old\0new\0`.
      if (named === '' && at + 3 >= parts.length) break;
      const path = named === '' ? (parts[at + 2] ?? '') : named;
      at += named === '' ? 3 : 1;
      counts.push([
        path,
        added === '-' || added === '' ? null : { added: Number(added), removed: Number(removed) },
      ]);
    }
    begun = parts.slice(at).join('\0');
    return counts;
  };
}

function entryOf(mode: string, id: string): FileEntry | null {
  return mode === '000000' ? null : { mode, id };
}
