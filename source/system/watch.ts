// Hints that something changed. A hint may be late, doubled or missing (a full kernel queue loses it for good), so
// every user of hints must also look from time to time.
// Watching never throws and never keeps the process alive: without hints things are slower, not wrong.

import { watch as watchFiles } from 'node:fs';
import { relative, sep } from 'node:path';

/** Called with the name of what changed, or with null if it may have been anything. */
type OnHint = (name: string | null) => void;

/** Watches one directory for hints. */
export type WatchDirectory = (path: string, onHint: OnHint) => Watch;

/** `isActive`: false if the system gave no watch, so that no hint will ever come. */
type Watch = { isActive: boolean; close: () => void };

/**
 * Hints for the entries of one directory, within a millisecond; during a flood, fifty times a second. The watch is
 * active when this returns. It ends silently if the directory is removed; a new directory needs a new watch.
 */
export function watchDirectory(path: string, onHint: OnHint): Watch {
  const { hint, stop } = paced(onHint);
  try {
    const watcher = watchFiles(path, { persistent: false }, (_event, name) => hint(name));
    const close = (): void => {
      stop();
      watcher.close();
    };
    watcher.on('error', close);
    return { isActive: true, close };
  } catch {
    return { isActive: false, close: () => {} };
  }
}

const betweenHintsMs = 20;

/** With more names than this at once, one null is passed instead. */
const maxNames = 8;

/** Passes on the first hint at once, and those soon after it together, each name once. */
function paced(onHint: OnHint): { hint: OnHint; stop: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let names = new Set<string | null>();
  const tell = (): void => {
    timer = null;
    if (names.size === 0) return;
    const told = names.size > maxNames ? [null] : names;
    names = new Set();
    rest();
    for (const name of told) onHint(name);
  };
  const rest = (): void => {
    timer = setTimeout(tell, betweenHintsMs).unref();
  };
  return {
    hint: (name) => {
      if (timer !== null) return void (names.size <= maxNames && names.add(name));
      rest();
      onHint(name);
    },
    stop: () => clearTimeout(timer ?? undefined),
  };
}

/** The files in a task's directory that affect the list of tasks; its log would only be noise here. */
const hintedFiles: ReadonlySet<string> = new Set(['task_list.md', 'session.id']);

/**
 * Hints for `.autonomous/`: directories that come and go, and their `task_list.md` and `session.id`, by relative path.
 * The directory itself may come and go. The first hint is null and means that the watch is active: earlier changes
 * are not reported, so look once then.
 */
export function watchTree(path: string, onHint: OnHint): { close: () => Promise<void> } {
  let isClosed = false;
  const hint: OnHint = (name) => {
    if (!isClosed) onHint(name);
  };
  // If it cannot watch (for example, a strange CHOKIDAR_* in the environment), there are no hints.
  const watching = startWatchingTree(path, hint).catch(() => null);
  return {
    close: async () => {
      isClosed = true;
      await (await watching)?.close();
    },
  };
}

async function startWatchingTree(path: string, hint: OnHint) {
  // Loaded only here: a runner watches one directory and does not need it.
  const { watch } = await import('chokidar');
  const watcher = watch(path, {
    // Not `depth: 1`: chokidar 6.0 counts from the parent while the root is missing, and is then one level short.
    ignored: (candidate) => !concernsTasks(relative(path, candidate)),
    // The same on every system: one watch per directory, never recursive.
    backend: 'native',
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    persistent: false,
    // `atomic` would delay removals, to merge an editor's remove and rename into one change.
    atomic: false,
  });
  watcher.on('error', () => {});
  watcher.on('ready', () => hint(null));
  watcher.on('all', (_event, changed) => hint(nameWithin(path, changed)));
  return watcher;
}

/** Null for the root itself and anything above it: then everything may have changed. */
function nameWithin(root: string, changed: string): string | null {
  const name = relative(root, changed);
  return name === '' || isAbove(name) ? null : name;
}

function isAbove(within: string): boolean {
  return within.split(sep)[0] === '..';
}

/** `within` is a path below the tree's root: '', 'build-docs', 'build-docs/task_list.md'. */
function concernsTasks(within: string): boolean {
  const [, file, ...deeper] = within.split(sep);
  if (isAbove(within) || deeper.length > 0) return false;
  return file === undefined || hintedFiles.has(file);
}
