// Which new files a tree leaves out, so that a session that unpacks a data set does not fill the repository: files that
// are too big, and directories with too many new files or bytes. A directory that holds too much loses its largest
// parts first, so that a new file elsewhere is still recorded.

export type TreeLimits = {
  /** Of a single file, in bytes. */
  maxFileBytes: number;
  /** New ones, of a directory with all below it. */
  maxNewFiles: number;
  maxNewBytes: number;
};

export const defaultTreeLimits: TreeLimits = {
  maxFileBytes: 50 * 1024 * 1024,
  maxNewFiles: 20_000,
  maxNewBytes: 500 * 1024 * 1024,
};

export type NewFile = { path: string; sizeBytes: number };

/** Directories whose new files are left out; '' is the root. Paths are as given, without a slash at the end. */
export function crowdedDirectories(
  files: readonly NewFile[],
  limits: TreeLimits,
): ReadonlySet<string> {
  const crowded = new Set<string>();
  const root = directoriesOf(files);
  countKept(root, limits, crowded);
  return crowded;
}

/** The outermost of these directories that the path lies in; null if in none. */
export function directoryAround(path: string, directories: ReadonlySet<string>): string | null {
  if (directories.size === 0) return null;
  if (directories.has('')) return '';
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const directory = path.slice(0, end);
    if (directories.has(directory)) return directory;
  }
  return null;
}

type Directory = { path: string; files: number; bytes: number; below: Map<string, Directory> };
type Kept = { path: string; files: number; bytes: number };

function directoriesOf(files: readonly NewFile[]): Directory {
  const root: Directory = { path: '', files: 0, bytes: 0, below: new Map() };
  for (const { path, sizeBytes } of files) {
    let directory = root;
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const inner = path.slice(0, end);
      const known = directory.below.get(inner);
      const next = known ?? { path: inner, files: 0, bytes: 0, below: new Map() };
      if (known === undefined) directory.below.set(inner, next);
      directory = next;
    }
    directory.files++;
    directory.bytes += sizeBytes;
  }
  return root;
}

function countKept(directory: Directory, limits: TreeLimits, crowded: Set<string>): Kept {
  const parts = [...directory.below.values()].map((inner) => countKept(inner, limits, crowded));
  const kept = { path: directory.path, files: directory.files, bytes: directory.bytes };
  if (isTooMuch(kept, limits)) {
    crowded.add(directory.path);
    return { ...kept, files: 0, bytes: 0 };
  }
  for (const part of parts) {
    kept.files += part.files;
    kept.bytes += part.bytes;
  }
  const largest = parts.toSorted((a, b) => share(b, limits) - share(a, limits));
  for (const part of largest) {
    if (!isTooMuch(kept, limits)) break;
    crowded.add(part.path);
    kept.files -= part.files;
    kept.bytes -= part.bytes;
  }
  return kept;
}

function isTooMuch({ files, bytes }: Kept, { maxNewFiles, maxNewBytes }: TreeLimits): boolean {
  return files > maxNewFiles || bytes > maxNewBytes;
}

function share({ files, bytes }: Kept, { maxNewFiles, maxNewBytes }: TreeLimits): number {
  return Math.max(files / maxNewFiles, bytes / maxNewBytes);
}
