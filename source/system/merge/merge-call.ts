// How git is called for a merge: nothing of the repository's own runs, the user's identity signs, or ours where the
// user has none.

import { git, type ConfigurationEntry, type GitCall } from '../git/command.ts';
import { configurationOver } from '../git/neutral-configuration.ts';
import type { Repository } from '../git/repository.ts';
import { callFor } from '../git/take-tree.ts';
import type { Environment } from '../state/state-files.ts';
import type { TaskWorktree } from '../../core/worktree/task-worktree.ts';

export type MergeOrder = {
  /** Git itself: an absolute path. */
  program: string;
  /** The project's, in whatever worktree it is. */
  repository: Repository;
  environment: Environment;
  task: string;
  /** The task's state directory. */
  state: string;
  branch: TaskWorktree;
  /** A process of git that outlives this program is found by it. */
  marker: string;
};

export type MergeCall = GitCall & {
  /** Whether files of the filter `lfs` can be written. */
  hasLfs: boolean;
};

type Problem = { problem: string };

export async function mergeCall(order: MergeOrder): Promise<MergeCall | Problem> {
  const call = { ...callFor(order), marker: order.marker };
  const over = await configurationOver(call);
  if ('problem' in over) return over;
  const { entries, hasLfs } = over;
  return { ...call, configuration: entries, hasLfs };
}

/** The same repository from another of its worktrees. */
export function inWorktree<Call extends GitCall>(call: Call, { root, gitDir }: Repository): Call {
  return { ...call, gitDir, workTree: root };
}

const fallback: readonly ConfigurationEntry[] = [
  { key: 'user.name', value: 'autonomous-tui' },
  { key: 'user.email', value: 'autonomous-tui@localhost' },
];

/** Git would make up a name from the machine's: ours is better. */
export async function withIdentity<Call extends GitCall>(call: Call): Promise<Call> {
  const strict = [...call.configuration, { key: 'user.useConfigOnly', value: 'true' }];
  for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const answer = await git({ ...call, configuration: strict }, { arguments: ['var', who] });
    if (answer.kind === 'failed') {
      return { ...call, configuration: [...call.configuration, ...fallback] };
    }
  }
  return call;
}

export async function idOf(call: GitCall, name: string): Promise<string | null> {
  const answer = await git(call, { arguments: ['rev-parse', '--quiet', '--verify', name] });
  return answer.kind === 'ok' ? answer.output.trim() : null;
}
