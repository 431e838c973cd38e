// Counts how far a task's branch is ahead of the one that it began on, when one of the two has moved since it was counted.

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { replaceFile } from '../files/safe-file.ts';
import { git } from '../git/command.ts';
import { neutralConfiguration } from '../git/neutral-configuration.ts';
import { gitIn } from '../git/project-tree.ts';
import { commonDirectory } from '../git/repository.ts';
import { callFor } from '../git/take-tree.ts';
import type { Environment } from '../state/state-files.ts';
import { aheadFileName, branchSnapshot, refStamps } from './branch-snapshot.ts';

type Counting = {
  project: string;
  /** The task's state directory. */
  state: string;
  directory: DirectoryIdentity | null;
  environment: Environment;
};

/** A history that takes longer is not worth a look's time. */
const patienceMs = 5000;

/** What cannot be counted stays unknown. */
export async function countAhead(counting: Counting): Promise<void> {
  const { project, state, directory, environment } = counting;
  const before = branchSnapshot(state, () => directory);
  if (before?.isStale !== true) return;
  const { worktree } = before;
  const found = await gitIn(project, environment).catch(() => null);
  if (found === null || 'problem' in found) return;
  const common = await realpath(await commonDirectory(found.repository.gitDir));
  // Before git looks: what moves meanwhile is counted again.
  const refs = refStamps(common, worktree);
  const call = callFor({ ...found, timeoutMs: patienceMs });
  const answer = await git(
    { ...call, configuration: [...neutralConfiguration] },
    {
      arguments: [
        'rev-list',
        '--count',
        `refs/heads/${worktree.branch}`,
        `^${worktree.from ?? worktree.base}`,
        '--',
      ],
      maxBytes: 64,
    },
  );
  // A branch that is not there any more is known not to be countable, until a ref moves.
  const ahead = answer.kind === 'ok' && !answer.isCut ? Number(answer.output.trim()) : null;
  const text = JSON.stringify({ version: 1, common, refs, ahead }) + '\n';
  await replaceFile(join(state, aheadFileName), text).catch(() => {});
}
