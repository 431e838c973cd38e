// On what a machine's work is handed on: on the task's branch. But with a commit goes all that it and those before it ever
// had: if one of them has what looks like a secret, one commit with the files stands in for all of them.

import { changesIn } from '../../core/checkpoint/undo-plan.ts';
import { git, type GitCall } from '../git/command.ts';
import { treeWithout } from './tree-without.ts';
import { secretsIn } from './without-secrets.ts';

type Problem = { problem: string };

type Handed = {
  /** What the task's branch has. */
  head: string;
  /** At which the work began; the remote has it. */
  base: string;
  /** Of the files, with the task's list and notes, without secrets. */
  tree: string;
  /** The task's, from the root, with slashes. One character per byte. */
  directory: string;
};

export async function handedParent(
  call: GitCall,
  { head, base, tree, directory }: Handed,
): Promise<{ id: string } | Problem> {
  const hasSecret = await branchHasSecret(call, head, base);
  if (typeof hasSecret === 'object') return hasSecret;
  if (!hasSecret) return { id: head };
  const files = await treeWithout(call, tree, directory);
  if ('problem' in files) return files;
  const commit = await git(call, {
    arguments: ['commit-tree', '--no-gpg-sign', '-p', base, files.id],
    input: 'Work of the task, in one commit: those of its branch have what looks like a secret\n',
  });
  return commit.kind === 'ok' ? { id: commit.output.trim() } : commit;
}

async function branchHasSecret(
  call: GitCall,
  head: string,
  base: string,
): Promise<boolean | Problem> {
  if (head === base) return false;
  const commits = await git(call, { arguments: ['rev-list', head, `^${base}`] });
  if (commits.kind === 'failed') return commits;
  if (commits.output === '') return false;
  const form = ['-r', '-z', '--raw', '--no-renames', '-m', '--root', '--no-commit-id'];
  const changed = await git(call, {
    arguments: ['diff-tree', '--stdin', ...form],
    input: commits.output,
  });
  if (changed.kind === 'failed') return changed;
  const secrets = await secretsIn(call, changesIn(changed.output));
  return 'problem' in secrets ? secrets : secrets.length > 0;
}
