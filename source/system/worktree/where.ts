// Where a task's worktree lies: <worktrees>/<project>-<hash>/<task>, outside of the project, where the user can `cd`.

import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, relative } from 'node:path';
import type { TaskWorktree } from '../../core/worktree/task-worktree.ts';
import { isInside } from '../files/inside.ts';
import { isMissing } from '../files/plain-file.ts';
import { makePrivateDirectory } from '../files/safe-file.ts';
import { findRepository } from '../git/repository.ts';
import { pathKey, type Environment } from '../state/state-files.ts';

/** A relative XDG_DATA_HOME is ignored, as XDG requires. */
export function defaultWorktrees(environment: Environment): string {
  const home = environment['XDG_DATA_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.local', 'share');
  return join(base, 'autonomous-tui', 'worktrees');
}

/** Where a task's sessions work: the project, or its directory in the worktree, since it may lie below the root. */
export async function workplaceOf(worktree: TaskWorktree | null, project: string): Promise<string> {
  if (worktree === null) return project;
  const { path } = worktree;
  const found = await findRepository(project);
  return 'problem' in found ? path : join(path, relative(found.repository.root, project));
}

type Where = { worktrees: string; project: string; root: string; task: string };

/** Makes the directories above it. The user may have made a link of `worktrees` itself; nothing below may be one. */
export async function placeFor({
  worktrees,
  project,
  root,
  task,
}: Where): Promise<{ path: string } | { problem: string }> {
  await makePrivateDirectory(worktrees);
  const real = await realpath(worktrees);
  if (isInside(real, root)) {
    return {
      problem: `The worktrees would lie in ${real}, inside the project: set worktreesDirectory in your configuration to a directory outside`,
    };
  }
  const name = basename(project).replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const parent = join(real, `${name}-${pathKey(project)}`);
  await mkdir(parent, { mode: 0o700 }).catch(unlessThere);
  const found = await lstat(parent);
  if (!found.isDirectory()) return { problem: `${parent} is not a directory: remove it` };
  if (found.uid !== (process.geteuid?.() ?? found.uid)) {
    return { problem: `${parent} belongs to another user` };
  }
  return { path: join(parent, task) };
}

/** What is at a place: `other` is a link, a file, or a directory that has more than a `.git` in it. */
export async function whatIsAt(path: string): Promise<'nothing' | 'only .git' | 'other'> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (found === null) return 'nothing';
  if (!found.isDirectory()) return 'other';
  const names = await readdir(path);
  if (names.length === 0) return 'nothing';
  return names.length === 1 && names[0] === '.git' ? 'only .git' : 'other';
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
