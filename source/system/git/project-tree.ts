// The files of a project as they are now, whatever kind of project it is: a tree object of its repository where git can
// make one, else a digest of sizes and times.

import { join } from 'node:path';
import type { FileDifference } from '../../core/check/touched-files.ts';
import type { TreeName } from '../../core/stage/tree.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Environment } from '../state/state-files.ts';
import { findGit } from './program.ts';
import { findRepository } from './repository.ts';
import { takeTree, type TreeOrder } from './take-tree.ts';
import { filesBetween } from './tree-diff.ts';
import { timesTree } from './times-tree.ts';
import type { Tree } from './tree-kind.ts';

type TreeOf = { project: string; state: string; environment: Environment };

export async function projectTree({ project, state, environment }: TreeOf): Promise<Tree> {
  const tree = await gitTree({ project, state, environment }).catch((error: unknown) => ({
    problem: errorMessage(error),
  }));
  if (!('problem' in tree)) return tree;
  const times = await timesTree(project);
  return tree.problem === null ? times : { ...times, whyNoGit: tree.problem };
}

/** What differs between two trees of a project; nothing where that cannot be told. */
export async function differencesBetween(
  { project, environment }: Pick<TreeOf, 'project' | 'environment'>,
  from: TreeName,
  to: TreeName,
): Promise<readonly FileDifference[]> {
  if (from.kind !== 'git' || to.kind !== 'git' || from.id === to.id) return [];
  const git = await gitIn(project, environment).catch(() => null);
  if (git === null || 'problem' in git) return [];
  const found = await filesBetween({ ...git, from: from.id, to: to.id });
  return 'problem' in found ? [] : found.files;
}

async function gitTree({
  project,
  state,
  environment,
}: TreeOf): Promise<Tree | { problem: string | null }> {
  const git = await gitIn(project, environment);
  return 'problem' in git ? git : takeTree({ ...git, index: join(state, 'index') });
}

/** Git and the project's repository. `problem` is null where there is no repository. */
export async function gitIn(
  project: string,
  environment: Environment,
): Promise<Pick<TreeOrder, 'program' | 'repository' | 'environment'> | { problem: string | null }> {
  const found = await findRepository(project);
  if ('problem' in found) return found;
  const program = await findGit(environment, found.repository.root);
  if ('problem' in program) return program;
  return { program: program.path, repository: found.repository, environment };
}
