// What of the user's own a merge would overwrite in the files of the branch it goes into: changes that are not committed,
// and anything in the place of a new file, ignored or not.

import { lstat, readdir } from 'node:fs/promises';
import { changesIn, type FileChange } from '../../core/checkpoint/undo-plan.ts';
import { isMissing } from '../files/plain-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { pathsIn } from '../git/own-index.ts';

type Problem = { problem: string };

/** What differs between two commits or trees, renames as one file gone and another new. */
export async function changesBetween(
  call: GitCall,
  from: string,
  to: string,
): Promise<{ changes: readonly FileChange[] } | Problem> {
  const answer = await git(call, {
    arguments: ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to, '--'],
  });
  if (answer.kind === 'failed') return { problem: answer.problem };
  return answer.isCut ? { problem: 'too many files' } : { changes: changesIn(answer.output) };
}

/** `call`: with a copy of the user's index, which is written. Answers paths of `changes`. */
export async function overwritten(
  call: GitCall,
  old: string,
  changes: readonly FileChange[],
): Promise<{ paths: readonly string[] } | { unmerged: readonly string[] } | Problem> {
  const refreshed = await git(call, {
    arguments: ['update-index', '-q', '--unmerged', '--ignore-submodules', '--refresh'],
    alsoOk: 1,
  });
  if (refreshed.kind === 'failed') return { problem: refreshed.problem };
  const unmerged = await names(call, ['ls-files', '-z', '--unmerged']);
  if ('problem' in unmerged) return unmerged;
  if (unmerged.paths.length > 0) {
    const paths = unmerged.paths.map((entry) => entry.slice(entry.indexOf('\t') + 1));
    return { unmerged: [...new Set(paths)] };
  }
  const own = new Set<string>();
  for (const words of [
    ['diff-index', '--cached', '-z', '--name-only', '--no-renames', old, '--'],
    ['diff-files', '-z', '--name-only', '--ignore-submodules=all', '--'],
  ]) {
    const found = await names(call, words);
    if ('problem' in found) return found;
    for (const path of found.paths) own.add(path);
  }
  const gone = new Set(changes.filter(({ to }) => to === null).map(({ path }) => path));
  const found: string[] = [];
  for (const { path, from } of changes) {
    const isInTheWay = own.has(path) || (from === null && (await isTaken(call, path, gone)));
    if (isInTheWay) found.push(path);
  }
  return { paths: found };
}

/** Whether something that git does not know stands at the path of a new file, or on the way to it. */
async function isTaken(call: GitCall, path: string, gone: ReadonlySet<string>): Promise<boolean> {
  const steps = path.split('/');
  for (let end = 1; end <= steps.length; end++) {
    const way = steps.slice(0, end).join('/');
    const at = bytesOf(call.workTree, way);
    const stat = await lstat(at).catch(unlessMissing);
    if (stat === null) return false;
    if (end < steps.length) {
      // A file that the merge removes makes way for the directory.
      if (!stat.isDirectory()) return !gone.has(way);
      continue;
    }
    if (!stat.isDirectory()) return true;
    // One whose files the merge removes makes way; git looks whether others are in it.
    const makesWay = [...gone].some((one) => one.startsWith(`${path}/`));
    return !makesWay && (await readdir(at)).length > 0;
  }
  return false;
}

async function names(
  call: GitCall,
  words: readonly string[],
): Promise<{ paths: readonly string[] } | Problem> {
  const answer = await git(call, { arguments: words });
  return answer.kind === 'ok' ? { paths: pathsIn(answer.output) } : { problem: answer.problem };
}

function bytesOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}

function unlessMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
