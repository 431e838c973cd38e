// The files as they are now, compared with an index that another process may be using.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { treeNow } from '../../../source/system/checkpoint/files-now.ts';
import { findCheckpoints } from '../../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';
import { until } from '../../helpers/until.ts';

let world: GitWorld;
beforeEach(() => {
  world = makeGitWorld();
});
afterEach(() => world.remove());

const secondOf = (path: string): number => Math.floor(statSync(path).mtimeMs / 1000);

test('a file that changes in the second in which it was staged has changed', async () => {
  const { root: project, environment } = world;
  const state = join(world.directory, 'state');
  const of = { project, task: 'docs', environment, state };
  const found = await findCheckpoints(of);
  if ('problem' in found) throw new Error(String(found.problem));
  const [file, index] = [join(project, 'a'), join(state, 'index')];
  await projectTree(of);
  await until('all of it lies in one second', async () => {
    world.write('a', '0\n');
    await projectTree(of);
    const staged = secondOf(file);
    world.write('a', '1\n');
    return staged === secondOf(index) && staged === secondOf(file);
  });
  await until('that second is over', () => Date.now() / 1000 > secondOf(file) + 1);
  const now = await treeNow(of, found);
  if ('problem' in now) throw new Error(now.problem);
  expect(world.git('show', `${now.id}:a`)).toBe('1\n');
});
