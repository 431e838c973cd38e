// The files of a project as they are now, whatever kind of project it is: a tree object of its repository where git can
// make one, else a digest of sizes and times.

import { join } from 'node:path';
import type { Environment } from '../state/state-files.ts';
import { findGit } from './program.ts';
import { findRepository } from './repository.ts';
import { takeTree } from './take-tree.ts';
import { timesTree } from './times-tree.ts';
import type { Tree } from './tree-kind.ts';

type TreeOf = { project: string; state: string; environment: Environment };

export async function projectTree({ project, state, environment }: TreeOf): Promise<Tree> {
  const tree = await gitTree({ project, state, environment }).catch(() => null);
  return tree ?? timesTree(project);
}

async function gitTree({ project, state, environment }: TreeOf): Promise<Tree | null> {
  const found = await findRepository(project);
  if (!('repository' in found)) return null;
  const program = await findGit(environment, found.repository.root);
  if (!('path' in program)) return null;
  const taken = await takeTree({
    program: program.path,
    repository: found.repository,
    index: join(state, 'index'),
    environment,
  });
  return 'problem' in taken ? null : taken;
}
