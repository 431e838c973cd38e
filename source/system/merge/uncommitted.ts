// What a task's worktree holds that its branch does not. Ignored files do not count, as they do not for git.

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../files/plain-file.ts';
import { git } from '../git/command.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { takeTree } from '../git/take-tree.ts';
import type { LeftOut } from '../git/tree-kind.ts';
import { commonDirectory } from './common-directory.ts';
import { changesBetween } from './local-changes.ts';
import { idOf, inWorktree, type MergeCall, type MergeOrder } from './merge-call.ts';

type WorktreeState =
  | { kind: 'gone' }
  | { kind: 'clean'; repository: Repository }
  | { kind: 'uncommitted'; repository: Repository; paths: readonly string[] }
  /** A sentence without an end. */
  | { kind: 'odd'; why: string };

export async function worktreeState(call: MergeCall, order: MergeOrder): Promise<WorktreeState> {
  const { path, branch } = order.branch;
  const found = await foundAt(call, path);
  if (found === null) return { kind: 'gone' };
  if ('why' in found) return { kind: 'odd', why: found.why };
  const { repository } = found;
  const inside = inWorktree(call, repository);
  const head = await git(inside, { arguments: ['symbolic-ref', '--quiet', 'HEAD'], alsoOk: 1 });
  if (head.kind === 'failed' || head.output.trim() !== `refs/heads/${branch}`) {
    return { kind: 'odd', why: `${path} is not on the branch ${branch}` };
  }
  const tree = await takeTree({
    program: order.program,
    repository,
    environment: order.environment,
    index: join(order.state, 'index.worktree'),
  });
  if ('problem' in tree) return { kind: 'odd', why: tree.problem };
  const committed = await idOf(inside, 'HEAD^{tree}');
  if (committed === null) return { kind: 'odd', why: `${branch} has no commit` };
  const changed = await changesBetween(inside, committed, tree.id);
  if ('problem' in changed) return { kind: 'odd', why: changed.problem };
  const paths = [
    ...changed.changes.map((change) => change.path),
    ...tree.leftOut.filter(isUncommitted).map((one) => bytesOf(one.path)),
  ];
  return paths.length === 0
    ? { kind: 'clean', repository }
    : { kind: 'uncommitted', repository, paths };
}

/** Of a submodule only the recorded commit counts; whether a file that needs a filter has changed cannot be told. */
function isUncommitted({ reason }: LeftOut): boolean {
  return reason !== 'submodule' && reason !== 'filter';
}

async function foundAt(
  call: MergeCall,
  path: string,
): Promise<{ repository: Repository } | { why: string } | null> {
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const found = await findRepository(real);
  const [own, its] = [
    await commonDirectory(call),
    'repository' in found ? await commonDirectory(inWorktree(call, found.repository)) : null,
  ];
  const isSame = 'path' in own && its !== null && 'path' in its && its.path === own.path;
  if ('problem' in found || found.repository.root !== real || !isSame) {
    return { why: `${path} is not a worktree of this repository` };
  }
  return found;
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
