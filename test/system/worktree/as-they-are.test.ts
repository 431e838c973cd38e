// Worktrees and their commits in repositories as they are: names that differ by case alone, Git LFS that is not
// installed, files that are too large.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultTreeLimits } from '../../../source/system/git/left-out.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import type { Tree } from '../../../source/system/git/tree-kind.ts';
import { addWorktree } from '../../../source/system/worktree/add-worktree.ts';
import { commitSession } from '../../../source/system/worktree/commit-session.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

// Many calls of git, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

async function added() {
  const answer = await addWorktree({
    project: world.root,
    task: 'cart',
    environment: world.environment,
    worktrees: join(world.directory, 'worktrees'),
    recorded: null,
    record: () => Promise.resolve(),
  });
  if ('problem' in answer) throw new Error(answer.problem);
  const { worktree, notes } = answer;
  const at = (name: string): string => join(worktree.path, name);
  const commit = async (): Promise<Tree> => {
    const { environment } = world;
    const state = join(world.directory, 'state');
    const tree = await projectTree({ project: worktree.path, state, environment });
    const order = { worktree, environment, tree: tree.id, message: 'work\n' };
    expect(await commitSession(order)).toBe(null);
    return tree;
  };
  const committed = (): string[] =>
    world.git('ls-tree', '-r', '--name-only', worktree.branch).trim().split('\n');
  return { worktree, notes, at, commit, committed };
}

test('where git ignores case, a file that was renamed by case alone is committed by its new name', async () => {
  world.git('config', 'core.ignorecase', 'true');
  const { at, commit, committed } = await added();
  fs.renameSync(at('kept.txt'), at('Kept.txt'));
  fs.writeFileSync(at('made.txt'), 'made\n');
  await commit();
  expect(committed()).toEqual(['Kept.txt', 'made.txt']);
});

test('where Git LFS is configured but not installed, its files are pointers, which is said, and stay as they are', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n';
  world.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
  world.write('a.bin', pointer);
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'pointer');
  fs.appendFileSync(
    join(world.environment['HOME'] ?? '', '.gitconfig'),
    '[filter "lfs"]\n\tclean = git-lfs-not-there clean -- %f\n\tsmudge = git-lfs-not-there smudge -- %f\n\tprocess = git-lfs-not-there filter-process\n\trequired = true\n',
  );
  const { notes, at, commit, committed } = await added();
  expect(notes).toEqual([
    'The files of Git LFS are pointers in the worktree: git-lfs is not installed',
  ]);
  expect(fs.readFileSync(at('a.bin'), 'utf8')).toBe(pointer);
  fs.writeFileSync(at('made.txt'), 'made\n');
  fs.writeFileSync(at('new.bin'), 'content\n');
  const { leftOut } = await commit();
  expect(leftOut).toEqual([{ path: 'new.bin', reason: 'filter' }]);
  expect(committed()).toEqual(['.gitattributes', 'a.bin', 'kept.txt', 'made.txt']);
  expect(world.git('cat-file', 'blob', 'autonomous/cart:a.bin')).toBe(pointer);
});

test('a new file that is too large is not committed and named; one in the branch stays as it was there', async () => {
  const { at, commit, committed } = await added();
  fs.writeFileSync(at('made.txt'), 'made\n');
  for (const name of ['big', 'kept.txt']) {
    fs.writeFileSync(at(name), '');
    fs.truncateSync(at(name), defaultTreeLimits.maxFileBytes + 1);
  }
  const { leftOut } = await commit();
  expect(leftOut.map(({ path }) => path).sort()).toEqual(['big', 'kept.txt']);
  expect(committed()).toEqual(['kept.txt', 'made.txt']);
  expect(world.git('cat-file', 'blob', 'autonomous/cart:kept.txt')).toBe('text\n');
});
