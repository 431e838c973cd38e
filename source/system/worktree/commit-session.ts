// Commits what a session left in the task's worktree, on the task's branch. No hook runs and nothing is signed. Doing it
// twice is doing it once: a tree that the branch has already is not committed again, and only the index is made equal.

import type { TaskWorktree } from '../../core/worktree/task-worktree.ts';
import { moveRefs, resolved } from '../checkpoint/refs.ts';
import { git, type ConfigurationEntry, type GitCall } from '../git/command.ts';
import { configurationOver } from '../git/neutral-configuration.ts';
import { gitIn } from '../git/project-tree.ts';
import { callFor } from '../git/take-tree.ts';
import type { Environment } from '../state/state-files.ts';

type CommitOrder = {
  worktree: TaskWorktree;
  environment: Environment;
  /** Of the files as they are: a tree object. */
  tree: string;
  message: string;
};

/** The problem, or null. */
export async function commitSession(order: CommitOrder): Promise<string | null> {
  const { branch, path } = order.worktree;
  const found = await gitIn(path, order.environment);
  if ('problem' in found) return found.problem ?? 'the worktree is gone';
  const plain = callFor(found);
  const over = await configurationOver(plain);
  if ('problem' in over) return over.problem;
  const call = { ...plain, configuration: [...over.entries, ...(await fallbackAuthor(plain))] };
  const ref = `refs/heads/${branch}`;
  const on = await git(call, { arguments: ['symbolic-ref', '--quiet', 'HEAD'] });
  if (on.kind === 'failed' || on.output !== `${ref}\n`)
    return `${path} is not on ${branch} any more`;
  const head = await resolved(call, 'HEAD^{commit}');
  if (head === null) return `${branch} has no commit`;
  if ((await resolved(call, `${head}^{tree}`)) !== order.tree) {
    const commit = await git(call, {
      arguments: ['commit-tree', '--no-gpg-sign', '-p', head, order.tree],
      input: Buffer.from(order.message).toString('latin1'),
    });
    if (commit.kind === 'failed') return commit.problem;
    const moved = await moveRefs(call, [{ ref, to: commit.output.trim(), from: head }]);
    if (moved.kind === 'failed') return moved.problem;
  }
  return indexAsHead(call);
}

/** Else `git status` in the worktree would show what was committed as taken back. */
async function indexAsHead(call: GitCall): Promise<string | null> {
  const differs = await git(call, {
    arguments: ['diff-index', '--cached', '--name-only', '--ignore-submodules', 'HEAD', '--'],
    maxBytes: 1,
  });
  if (differs.kind === 'ok' && differs.output === '') return null;
  // What is known of unchanged files stays, and without -u no file is written.
  const read = await git(call, { arguments: ['read-tree', '--reset', 'HEAD'] });
  if (read.kind === 'failed') return read.problem;
  // It fails where files differ from the index: those that are in no tree, such as very large ones.
  await git(call, { arguments: ['update-index', '-q', '--refresh'] });
  return null;
}

/** Where the user has no name or no address: git would guess one from the machine. */
async function fallbackAuthor(call: GitCall): Promise<readonly ConfigurationEntry[]> {
  for (const key of ['user.name', 'user.email']) {
    const known = await git(call, { arguments: ['config', '--get', key] });
    if (known.kind === 'failed' || known.output.trim() === '') {
      return [
        { key: 'user.name', value: 'autonomous-tui' },
        { key: 'user.email', value: 'autonomous-tui@localhost' },
      ];
    }
  }
  return [];
}
