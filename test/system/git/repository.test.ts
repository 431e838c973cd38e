import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRepository } from '../../../source/system/git/repository.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

const foundFrom = async (path: string): Promise<unknown> => {
  const found = await findRepository(path);
  return 'problem' in found ? found : [found.repository.root, found.repository.gitDir];
};

test('a repository is found from its root, from below, and through a link', async () => {
  const expected = [world.root, join(world.root, '.git')];
  world.write('packages/shop/a');
  fs.symlinkSync(world.root, join(world.directory, 'link'));
  expect(await foundFrom(world.root)).toEqual(expected);
  expect(await foundFrom(join(world.root, 'packages/shop'))).toEqual(expected);
  expect(await foundFrom(join(world.directory, 'link'))).toEqual(expected);
});

test('a worktree and a submodule are repositories of their own', async () => {
  world.git('worktree', 'add', '-q', '../side');
  const side = join(world.directory, 'side');
  expect(await foundFrom(side)).toEqual([side, join(world.root, '.git/worktrees/side')]);

  world.gitIn(world.directory, 'clone', '-q', world.root, 'other');
  world.git('submodule', '--quiet', 'add', '../other', 'sub');
  const sub = join(world.root, 'sub');
  expect(await foundFrom(sub)).toEqual([sub, join(world.root, '.git/modules/sub')]);
});

test('a directory of that name without a repository in it is none, and one above it counts', async () => {
  const plain = join(world.directory, 'plain');
  fs.mkdirSync(join(plain, '.git'), { recursive: true });
  expect(await foundFrom(plain)).toEqual({ problem: null });
  fs.mkdirSync(join(world.root, 'packages/.git'), { recursive: true });
  expect(await foundFrom(join(world.root, 'packages'))).toEqual([
    world.root,
    join(world.root, '.git'),
  ]);
});

test('another repository in its place has another identity', async () => {
  const { identity } = await world.repository();
  expect((await world.repository()).identity).toBe(identity);
  fs.renameSync(join(world.root, '.git'), join(world.directory, 'old'));
  world.git('init', '-q');
  expect((await world.repository()).identity).not.toBe(identity);
});
