import { expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import {
  readTaskWorktree,
  worktreeJson,
  type TaskWorktree,
} from '../../../source/core/worktree/task-worktree.ts';

const here = { device: 1, inode: 2, bornAt: 3 };
const worktree: TaskWorktree = {
  path: '/home/ann/.local/share/worktrees/shop-0f3a/cart',
  branch: 'autonomous/cart',
  from: 'refs/heads/main',
  base: 'a'.repeat(40),
};

function read(value: object, directory = here): TaskWorktree | null {
  return readTaskWorktree(parsedObject(JSON.stringify(value)), directory);
}

test('a worktree comes back as it was written, for this directory alone', () => {
  for (const one of [worktree, { ...worktree, from: null, base: 'b'.repeat(64) }]) {
    expect(read(worktreeJson(one, here))).toEqual(one);
    expect(read(worktreeJson(one, here), { ...here, bornAt: 4 })).toBeNull();
  }
});

test.each([
  ['a relative path', { path: 'worktrees/cart' }],
  ['a path that leads elsewhere', { path: '/home/../etc' }],
  ['a branch that git takes for an option', { branch: '-f' }],
  ['a branch with a line break', { branch: 'autonomous/a\ndelete' }],
  ['a range for a branch', { branch: 'a..b' }],
  ['a ref outside of refs', { from: 'HEAD' }],
  ['a base that is no commit', { base: 'HEAD' }],
  ['no base', { base: null }],
  ['another version', { version: 2 }],
])('a record with %s is none', (_what, change) => {
  expect(read({ ...worktreeJson(worktree, here), ...change })).toBeNull();
});
