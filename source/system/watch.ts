// Hints that something changed. A hint may be late, doubled or missing (an overflowing queue of the kernel
// loses them for good), so whoever takes hints also looks from time to time by itself.
// Watching never throws and never keeps the process alive: without hints things are slower, not wrong.

import { watch as watchFiles } from 'node:fs';
import { relative, sep } from 'node:path';

/** Called with the name of what changed, or with null where it may have been anything. */
export type OnHint = (name: string | null) => void;

/**
 * Hints for the entries of one directory, within a millisecond; in a flood fifty times a second. The watch stands
 * when this returns. It ends silently when the directory goes; one made anew has to be watched anew.
 */
export function watchDirectory(path: string, onHint: OnHint): { close: () => void } {
  const { hint, stop } = paced(onHint);
  try {
    const watcher = watchFiles(path, { persistent: false }, (_event, name) => hint(name));
    const close = (): void => {
      stop();
      watcher.close();
    };
    watcher.on('error', close);
    return { close };
  } catch {
    return { close: () => {} };
  }
}

const betweenHintsMs = 20;

/** Of more names than these at once none is told. */
const maxNames = 8;

/** The first hint at once, those that follow soon after together, each name once. */
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

/** The files in a task's directory that concern the list of tasks; its log would be nothing but noise here. */
const hintedFiles: ReadonlySet<string> = new Set(['task_list.md', 'session.id']);

/**
 * Hints for `.autonomous/`: its directories as they come and go, and their `task_list.md` and `session.id`, by
 * the path within. It may come, go and come back. The first hint is null and says that the watch stands: what
 * changed before is not told, so look once then.
 */
export function watchTree(path: string, onHint: OnHint): { close: () => Promise<void> } {
  let isClosed = false;
  const hint: OnHint = (name) => {
    if (!isClosed) onHint(name);
  };
  // Whatever keeps it from watching (a strange CHOKIDAR_* in the environment): then there are no hints.
  const watching = startWatchingTree(path, hint).catch(() => null);
  return {
    close: async () => {
      isClosed = true;
      await (await watching)?.close();
    },
  };
}

async function startWatchingTree(path: string, hint: OnHint) {
  // Loaded only here: a runner watches one directory and does without it.
  const { watch } = await import('chokidar');
  const watcher = watch(path, {
    // Not `depth: 1`: chokidar 6.0 counts from the parent while the root is missing, and is one short then.
    ignored: (candidate) => !concernsTasks(relative(path, candidate)),
    // The same on every system: one watch a directory, none that reaches below them.
    backend: 'native',
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    persistent: false,
    // Delays the news of a removal, to make one change of an editor's remove and rename.
    atomic: false,
  });
  watcher.on('error', () => {});
  watcher.on('ready', () => hint(null));
  watcher.on('all', (_event, changed) => hint(nameWithin(path, changed)));
  return watcher;
}

/** Null for the root itself and for what is above it: then everything may be different. */
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
