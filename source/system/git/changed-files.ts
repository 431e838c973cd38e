// What differs between an index and the files, sorted by what a tree may take. Git says which files differ; whether one
// may be read is decided here: no pipe or device, nothing behind a link, nothing that a filter would have to read.

import { lstatSync, type Stats } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import { git } from './command.ts';
import { filtersOf } from './filters.ts';
import { crowdedDirectories, directoryAround, type NewFile, type TreeLimits } from './left-out.ts';
import type { RepositoryConfiguration } from './neutral-configuration.ts';
import { pathsIn, type OwnIndex } from './own-index.ts';
import type { LeftOut } from './tree-kind.ts';

/** Paths have one character per byte. */
export type ChangedFiles = {
  /** To be staged as they are on disk. */
  staged: readonly string[];
  /** Recorded files in whose place is nothing that can be recorded. */
  gone: readonly string[];
  /** Directories that hold a repository of their own. */
  nested: readonly string[];
  leftOut: readonly LeftOut[];
};

export type ChangeSearch = { limits: TreeLimits } & Pick<
  RepositoryConfiguration,
  'hasLfs' | 'namesAttributes'
>;

const filesBetweenBreaths = 2000;

export async function changedFiles(
  call: OwnIndex,
  search: ChangeSearch,
): Promise<ChangedFiles | { problem: string }> {
  const [touched, others] = await Promise.all([
    // By size and time alone: what differs is read when it is staged, once for each time that it was written.
    git(call, { arguments: ['diff-files', '-z', '--name-only', '--no-renames'] }),
    git(call, { arguments: ['ls-files', '-z', '--others', '--exclude-standard'] }),
  ]);
  if (touched.kind === 'failed') return { problem: touched.problem };
  if (others.kind === 'failed') return { problem: others.problem };
  const recorded = pathsIn(touched.output).filter((path) => !isOfTasks(path));
  const { fresh, nested } = sorted(others.output);
  const filters = await filtersOf(call, [...recorded, ...fresh], search);
  if ('problem' in filters) return filters;

  const { limits } = search;
  const leftOut: LeftOut[] = [];
  const staged: string[] = [];
  const gone: string[] = [];
  const news: NewFile[] = [];
  const isBehindLink = linksIn(call.workTree);
  let looked = 0;
  const take = (path: string, isNew: boolean): void => {
    const stat = isNew || !isBehindLink(path) ? statOf(call.workTree, path) : null;
    if (stat === null || !(stat.isFile() || stat.isSymbolicLink())) {
      if (!isNew) gone.push(path);
      return;
    }
    const reason = whyNot(stat, filters.get(path), search);
    if (reason !== null) leftOut.push({ path: shownPath(path), reason });
    else if (isNew) news.push({ path, sizeBytes: stat.size });
    else staged.push(path);
  };
  for (const [paths, isNew] of [
    [recorded, false],
    [fresh, true],
  ] as const) {
    for (const path of paths) {
      take(path, isNew);
      if (++looked % filesBetweenBreaths === 0) await breath();
    }
  }
  const crowded = crowdedDirectories(news, limits);
  for (const { path } of news) {
    if (directoryAround(path, crowded) === null) staged.push(path);
  }
  leftOut.push(
    ...[...crowded].map((path): LeftOut => ({
      path: shownPath(path),
      reason: 'too many new files',
    })),
  );
  return { staged, gone, nested, leftOut };
}

export function shownPath(path: string): string {
  return Buffer.from(path, 'latin1').toString();
}

/** Tasks' own files are no part of the work. */
function isOfTasks(path: string): boolean {
  return (
    path === '.autonomous' || path.startsWith('.autonomous/') || path.includes('/.autonomous/')
  );
}

function sorted(output: string): Record<'fresh' | 'nested', string[]> {
  const fresh: string[] = [];
  const nested: string[] = [];
  for (const path of pathsIn(output)) {
    if (isOfTasks(path)) continue;
    if (path.endsWith('/')) nested.push(path.slice(0, -1));
    else fresh.push(path);
  }
  return { fresh, nested };
}

function whyNot(
  stat: Stats,
  filter: string | undefined,
  { limits, hasLfs }: ChangeSearch,
): LeftOut['reason'] | null {
  if (stat.isSymbolicLink()) return null;
  if (filter !== undefined && !(filter === 'lfs' && hasLfs)) return 'filter';
  if (stat.size > limits.maxFileBytes) return 'too big';
  const user = process.geteuid?.() ?? stat.uid;
  const isOwn = stat.uid === user;
  // Others' files may be readable in many ways; the user's own without this bit are not.
  return user !== 0 && isOwn && (stat.mode & 0o400) === 0 ? 'unreadable' : null;
}

function statOf(root: string, path: string): Stats | null {
  return lstatSync(bytesOf(root, path), { throwIfNoEntry: false }) ?? null;
}

/** Whether a directory above the path is a link, or no directory. */
function linksIn(root: string): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const isLink = (directory: string): boolean => {
    const answer = known.get(directory);
    if (answer !== undefined) return answer;
    const end = directory.lastIndexOf('/');
    const above = end === -1 ? false : isLink(directory.slice(0, end));
    const isOne = above || statOf(root, directory)?.isDirectory() !== true;
    known.set(directory, isOne);
    return isOne;
  };
  return (path) => {
    const end = path.lastIndexOf('/');
    return end !== -1 && isLink(path.slice(0, end));
  };
}

function bytesOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}
