// Where a worktree is offered: real repositories, read without git.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canHaveWorktree, worktreesIn } from '../../../source/system/worktree/can-have.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

test('a worktree can be made in a repository with a commit, packed or not, detached or not, and in its worktrees', async () => {
  expect(await canHaveWorktree(world.root)).toBe(true);
  world.git('pack-refs', '--all');
  expect(await canHaveWorktree(world.root)).toBe(true);
  world.git('worktree', 'add', '-q', '-b', 'side', '../side');
  expect(await canHaveWorktree(join(world.directory, 'side'))).toBe(true);
  world.git('checkout', '-q', '--detach');
  expect(await canHaveWorktree(world.root)).toBe(true);
});

test('none can be made without a repository, and before the first commit: that it came is seen', async () => {
  const fresh = join(world.directory, 'fresh');
  fs.mkdirSync(fresh);
  expect(await canHaveWorktree(fresh)).toBe(false);
  world.gitIn(fresh, 'init', '-q');
  const canHave = await worktreesIn(fresh);
  expect(canHave()).toBe(false);
  world.gitIn(fresh, 'commit', '-q', '--allow-empty', '-m', 'first');
  expect(canHave()).toBe(true);
  world.gitIn(fresh, 'checkout', '-q', '--orphan', 'other');
  expect(canHave()).toBe(false);
  fs.rmSync(join(fresh, '.git'), { recursive: true });
  expect(canHave()).toBe(false);
});
