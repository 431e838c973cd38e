// The repository that a project lies in: its root and its git directory, found by reading files, never by git.
// `.git` may be a file that points elsewhere, and an agent that works at the root can swap it. So what it points to must
// point back, must not lie in the root itself, and must belong to the user; callers keep `identity` and compare it later.

import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorMessage } from '../../core/text/error-message.ts';
import { isInside } from '../files/inside.ts';
import { isMissing } from '../files/plain-file.ts';
import { readSmallFile } from '../files/safe-file.ts';

export type Repository = {
  /** The real path of the work tree's root. */
  root: string;
  gitDir: string;
  /** Device and inode of the git directory: another one is another repository. */
  identity: string;
};

/** `problem` is null where there is no repository. */
type FoundRepository = { repository: Repository } | { problem: string | null };

const maxBytes = 64 * 1024;

export async function findRepository(project: string): Promise<FoundRepository> {
  const start = await realpath(project);
  for (let root = start; ; root = dirname(root)) {
    const found = await lstat(join(root, '.git')).catch(() => null);
    // A directory of that name that holds no repository is passed over, as git does.
    if (found !== null && !(found.isDirectory() && !(await hasHead(join(root, '.git'))))) {
      return repositoryAt(root).catch((error: unknown) => ({
        problem: isMissing(error)
          ? '.git points to nothing'
          : `.git cannot be read: ${errorMessage(error)}`,
      }));
    }
    if (dirname(root) === root) return { problem: null };
  }
}

/** False for a HEAD that is a link or a pipe, too. */
async function hasHead(gitDir: string): Promise<boolean> {
  const head = await readSmallFile(join(gitDir, 'HEAD'), { maxBytes }).catch(() => null);
  return head !== null;
}

async function repositoryAt(root: string): Promise<FoundRepository> {
  const path = join(root, '.git');
  const { isFile, pointsTo } = await pointerAt(path);
  const gitDir = await realpath(pointsTo);
  if (isInside(gitDir, root) && gitDir !== path) {
    return { problem: '.git points into the project itself' };
  }
  const { dev, ino, uid } = await stat(gitDir);
  const user = process.geteuid?.() ?? uid;
  if (uid !== user || (await stat(root)).uid !== user) {
    return { problem: 'the repository belongs to another user' };
  }
  if (!(await hasHead(gitDir))) return { problem: '.git is not a git directory' };
  if (isFile && !(await pointsBack(gitDir, path))) {
    return { problem: '.git points to a repository that does not point back' };
  }
  return { repository: { root, gitDir, identity: `${dev}:${ino}` } };
}

async function pointerAt(path: string): Promise<{ isFile: boolean; pointsTo: string }> {
  const found = await stat(path);
  if (!found.isFile()) return { isFile: false, pointsTo: path };
  const file = await readSmallFile(await realpath(path), { maxBytes });
  const target = /^gitdir: (.*?)\r?\n?$/s.exec(file?.text ?? '')?.[1] ?? '';
  return { isFile: true, pointsTo: resolve(dirname(path), target) };
}

/** A worktree's directory names the `.git` file; a submodule's names the root in its configuration. */
async function pointsBack(gitDir: string, path: string): Promise<boolean> {
  const back = await readSmallFile(join(gitDir, 'gitdir'), { maxBytes });
  if (back !== null) return samePath(resolve(gitDir, back.text.trim()), path);
  const configuration = await readSmallFile(join(gitDir, 'config'), { maxBytes });
  const root = /^\s*worktree\s*=\s*"?(.*?)"?\s*$/m.exec(configuration?.text ?? '')?.[1];
  return root !== undefined && samePath(join(resolve(gitDir, root), '.git'), path);
}

async function samePath(one: string, other: string): Promise<boolean> {
  const realOf = async (path: string): Promise<string> =>
    join(await realpath(dirname(path)).catch(() => dirname(path)), '.git');
  return (await realOf(one)) === (await realOf(other));
}

/** Of a worktree, the directory of the repository that it is one of; else the git directory itself. */
export async function commonDirectory(gitDir: string): Promise<string> {
  const file = await readSmallFile(join(gitDir, 'commondir'), { maxBytes });
  return file === null ? gitDir : resolve(gitDir, file.text.trim());
}
