// How far a task's branch is ahead, counted by the real git and read without it.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { worktreeJson, type TaskWorktree } from '../../../source/core/worktree/task-worktree.ts';
import {
  branchFingerprint,
  branchSnapshot,
} from '../../../source/system/worktree/branch-snapshot.ts';
import { countAhead } from '../../../source/system/worktree/count-ahead.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 60_000 });

const directory = { device: 1, inode: 2, bornAt: 3 };
let world: GitWorld;
let state: string;

beforeEach(() => {
  world = makeGitWorld();
  state = join(world.directory, 'state');
  fs.mkdirSync(state);
});

afterEach(() => world.remove());

const branch = 'autonomous/cart';
const snapshot = () => branchSnapshot(state, () => directory);
const fingerprint = (): string => branchFingerprint(state, () => directory);

/** What `--list` says at once, and after git has counted. */
async function ahead(): Promise<[number | null | undefined, number | null | undefined]> {
  const before = snapshot()?.branch.ahead;
  const { root: project, environment } = world;
  await countAhead({ project, state, directory, environment });
  return [before, snapshot()?.branch.ahead];
}

function begin(more: Partial<TaskWorktree> = {}): void {
  const base = world.git('rev-parse', 'HEAD').trim();
  const path = join(world.directory, 'cart');
  const worktree = { path, branch, from: 'refs/heads/main', base, ...more };
  fs.writeFileSync(join(state, 'worktree.json'), JSON.stringify(worktreeJson(worktree, directory)));
  world.git('worktree', 'add', '-q', '-b', branch, path);
}

const commit = (where: string): string =>
  world.gitIn(where, 'commit', '-q', '--allow-empty', '-m', 'more');

test('a branch is counted again when it or the one it began on has moved, and only then', async () => {
  begin();
  const path = join(world.directory, 'cart');
  expect(await ahead()).toEqual([null, 0]);
  const seen = fingerprint();
  expect(await ahead()).toEqual([0, 0]);
  expect(fingerprint()).toBe(seen);

  commit(path);
  commit(path);
  expect(fingerprint()).not.toBe(seen);
  expect(snapshot()).toMatchObject({ isStale: true, branch: { name: branch, from: 'main', path } });
  expect(await ahead()).toEqual([null, 2]);
  world.git('pack-refs', '--all');
  expect(await ahead()).toEqual([null, 2]);
  world.git('merge', '-q', branch);
  expect(await ahead()).toEqual([null, 0]);
});

test('without git nothing is known, and it is not asked again until a ref moves', async () => {
  begin();
  world.git('worktree', 'remove', join(world.directory, 'cart'));
  world.git('branch', '-D', branch);
  expect(await ahead()).toEqual([null, null]);
  expect(snapshot()?.isStale).toBe(false);
  world.git('branch', branch);
  expect(await ahead()).toEqual([null, 0]);
});

test('a detached HEAD is counted from where it began; another task has no branch', async () => {
  world.git('checkout', '-q', '--detach');
  begin({ from: null });
  commit(world.root);
  commit(join(world.directory, 'cart'));
  expect(await ahead()).toEqual([null, 1]);
  expect(branchSnapshot(state, () => ({ ...directory, inode: 7 }))).toBeNull();
  expect(branchFingerprint(join(world.directory, 'none'), () => directory)).toBe('');
});
