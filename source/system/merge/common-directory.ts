// What all worktrees of a repository share: the directory that holds its refs, and the worktrees themselves.

import { readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { git, type GitCall } from '../git/command.ts';

/** A worktree as git lists it: `ref` is its branch, `refs/heads/main`; null where HEAD is detached. */
export type ListedWorktree = {
  path: string;
  ref: string | null;
  isMain: boolean;
  isLocked: boolean;
};

type Problem = { problem: string };

export async function commonDirectory(call: GitCall): Promise<{ path: string } | Problem> {
  const answer = await git(call, { arguments: ['rev-parse', '--git-common-dir'] });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const path = textOf(answer.output.replace(/\n$/, ''));
  return { path: await realpath(resolve('/', path)) };
}

/** The git directories of all worktrees: the common one, and one for each linked worktree. */
export async function worktreeDirectories(common: string): Promise<string[]> {
  const names = await readdir(join(common, 'worktrees')).catch(() => []);
  return [common, ...names.map((name) => join(common, 'worktrees', name))];
}

export async function listWorktrees(
  call: GitCall,
): Promise<{ worktrees: readonly ListedWorktree[] } | Problem> {
  const answer = await git(call, { arguments: ['worktree', 'list', '--porcelain', '-z'] });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const worktrees = answer.output
    .split('\0\0')
    .filter((record) => record !== '')
    .map((record, at): ListedWorktree => {
      const fields = record.split('\0');
      const valueOf = (name: string): string | null => {
        const field = fields.find((one) => one === name || one.startsWith(`${name} `));
        return field === undefined ? null : textOf(field.slice(name.length + 1));
      };
      return {
        path: valueOf('worktree') ?? '',
        ref: valueOf('branch'),
        isMain: at === 0,
        isLocked: valueOf('locked') !== null,
      };
    });
  return { worktrees };
}

export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
