// An index of the program's own, kept in the state directory between two trees: what is staged there is compared by
// size and time, so that only changed files are read. It begins as HEAD and never holds a submodule: git would look into
// it. The user's index is only read.

import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileState } from '../files/file-state.ts';
import { makePrivateDirectory } from '../files/safe-file.ts';
import { git, type GitAnswer, type GitCall } from './command.ts';

export type OwnIndex = GitCall & { index: string };

/** Fills an index with HEAD; with nothing where there is no commit yet. */
export async function beginIndex(call: OwnIndex): Promise<GitAnswer> {
  await discardIndex(call);
  await makePrivateDirectory(dirname(call.index));
  const head = await git(call, {
    arguments: ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'],
  });
  const from = head.kind === 'ok' ? 'HEAD' : '--empty';
  const read = await git(call, { arguments: ['read-tree', from] });
  if (read.kind === 'failed') return read;
  const links = await submodulesIn(call);
  if ('problem' in links) return { kind: 'failed', problem: links.problem };
  const begun = links.size === 0 ? read : await removeFromIndex(call, [...links.keys()]);
  // Notes the size and time of what is as in HEAD, so that it is not staged anew. It fails where something differs.
  if (begun.kind === 'ok') await git(call, { arguments: ['update-index', '-q', '--refresh'] });
  return begun;
}

/** The index as git left it in this process. */
let knownWhole: string | null = null;

/** Call when git has read or written an index without a problem: as long as it is that file, it is whole. */
export async function noteWholeIndex({ index }: Pick<OwnIndex, 'index'>): Promise<void> {
  knownWhole = await nameOf(index);
}

async function nameOf(index: string): Promise<string | null> {
  const file = await stat(index, { bigint: true }).catch(() => null);
  if (file === null) return null;
  const { dev, ino, size, mtimeNs, ctimeNs } = file;
  return [index, dev, ino, size, mtimeNs, ctimeNs].join(':');
}

/** False for an index that is missing or torn, as after a power cut: git itself would not notice. */
export async function isWholeIndex({ index }: Pick<OwnIndex, 'index'>): Promise<boolean> {
  const name = await nameOf(index);
  if (name === null) return false;
  if (name === knownWhole) return true;
  const bytes = await readFile(index).catch(() => null);
  if (bytes === null) return false;
  return (['sha1', 'sha256'] as const).some((name) => {
    const digest = (end: number): Buffer =>
      createHash(name).update(bytes.subarray(0, end)).digest();
    const length = name === 'sha1' ? 20 : 32;
    return bytes.length > length && bytes.subarray(-length).equals(digest(bytes.length - length));
  });
}

export async function discardIndex({ index }: Pick<OwnIndex, 'index'>): Promise<void> {
  // A git that was killed leaves its lock.
  for (const path of [index, `${index}.lock`]) await rm(path, { force: true });
}

/** Each submodule of the user's index, by its path, with the commit that is recorded for it. */
export async function usersSubmodules(
  call: GitCall,
): Promise<ReadonlyMap<string, string> | { problem: string }> {
  const path = join(call.gitDir, 'index');
  const state = await fileState(path);
  // Git makes it with the first file that is added.
  if (state === 'absent') return new Map();
  if (state !== null && lastRead?.state === state) return lastRead.links;
  const links = await submodulesIn(call);
  const isUnchanged = state !== null && (await fileState(path)) === state;
  if (!('problem' in links) && isUnchanged) lastRead = { state, links };
  return links;
}

/** The user's index changes seldom, and has a line for each file. */
let lastRead: { state: string; links: ReadonlyMap<string, string> } | null = null;

/** Each submodule of an index, by its path, with the commit that is recorded for it. */
async function submodulesIn(
  call: GitCall,
): Promise<ReadonlyMap<string, string> | { problem: string }> {
  const answer = await git(call, { arguments: ['ls-files', '--stage', '-z'] });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const links = new Map<string, string>();
  for (const [, commit = '', path = ''] of answer.output.matchAll(
    /(?<=^|\0)160000 ([0-9a-f]+) \d\t([^\0]*)/g,
  )) {
    links.set(path, commit);
  }
  return links;
}

/** Files that a sparse checkout leaves away are not deleted. */
export async function keepSparseFiles(call: OwnIndex, users: GitCall): Promise<GitAnswer> {
  const answer = await git(users, { arguments: ['ls-files', '-t', '-z'] });
  if (answer.kind === 'failed') return answer;
  const away = pathsIn(answer.output).filter((entry) => entry.startsWith('S '));
  if (away.length === 0) return answer;
  return git(call, {
    arguments: ['update-index', '-z', '--skip-worktree', '--stdin'],
    input: away.map((entry) => `${entry.slice(2)}\0`).join(''),
  });
}

export async function removeFromIndex(
  call: OwnIndex,
  paths: readonly string[],
): Promise<GitAnswer> {
  return git(call, {
    arguments: ['update-index', '-z', '--force-remove', '--stdin'],
    input: paths.map((path) => `${path}\0`).join(''),
  });
}

/** Takes them as they are on disk: changed ones, new ones, and those that are gone. Git is started at once. */
export async function stageFiles(
  call: OwnIndex,
  paths: Promise<readonly string[]>,
): Promise<GitAnswer> {
  return git(call, {
    arguments: ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'],
    input: paths.then((known) => known.map((path) => `${path}\0`).join('')),
  });
}

export function pathsIn(output: string): string[] {
  return output.split('\0').filter((path) => path !== '');
}
