// The files of a project as they are now, whatever kind of project it is: a tree object of its repository where git can
// make one, else a digest of sizes and times.

import { join } from 'node:path';
import type { FileDifference } from '../../core/check/touched-files.ts';
import type { TreeName } from '../../core/stage/tree.ts';
import type { Environment } from '../state/state-files.ts';
import { findGit } from './program.ts';
import { findRepository } from './repository.ts';
import { takeTree, type TreeOrder } from './take-tree.ts';
import { filesBetween } from './tree-diff.ts';
import { timesTree } from './times-tree.ts';
import type { Tree } from './tree-kind.ts';

type TreeOf = { project: string; state: string; environment: Environment };

export async function projectTree({ project, state, environment }: TreeOf): Promise<Tree> {
  const tree = await gitTree({ project, state, environment }).catch(() => null);
  return tree ?? timesTree(project);
}

/** What differs between two trees of a project; nothing where that cannot be told. */
export async function differencesBetween(
  { project, environment }: Pick<TreeOf, 'project' | 'environment'>,
  from: TreeName,
  to: TreeName,
): Promise<readonly FileDifference[]> {
  if (from.kind !== 'git' || to.kind !== 'git' || from.id === to.id) return [];
  const git = await gitIn(project, environment).catch(() => null);
  if (git === null) return [];
  const found = await filesBetween({ ...git, from: from.id, to: to.id });
  return 'problem' in found ? [] : found.files;
}

async function gitTree({ project, state, environment }: TreeOf): Promise<Tree | null> {
  const git = await gitIn(project, environment);
  if (git === null) return null;
  const taken = await takeTree({ ...git, index: join(state, 'index') });
  return 'problem' in taken ? null : taken;
}

async function gitIn(
  project: string,
  environment: Environment,
): Promise<Pick<TreeOrder, 'program' | 'repository' | 'environment'> | null> {
  const found = await findRepository(project);
  if (!('repository' in found)) return null;
  const program = await findGit(environment, found.repository.root);
  return 'path' in program
    ? { program: program.path, repository: found.repository, environment }
    : null;
}
