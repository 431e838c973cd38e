// Commits of sessions in a real worktree, by the real git.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TaskWorktree } from '../../../source/core/worktree/task-worktree.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { addWorktree } from '../../../source/system/worktree/add-worktree.ts';
import { commitSession } from '../../../source/system/worktree/commit-session.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

// Many calls of git, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let world: GitWorld;
let worktree: TaskWorktree;

beforeEach(async () => {
  world = makeGitWorld();
  const added = await addWorktree({
    project: world.root,
    task: 'cart',
    environment: world.environment,
    worktrees: join(world.directory, 'worktrees'),
    recorded: null,
    record: () => Promise.resolve(),
  });
  if ('problem' in added) throw new Error(added.problem);
  ({ worktree } = added);
});

afterEach(() => world.remove());

const git = (...words: string[]): string => world.gitIn(worktree.path, ...words);
const write = (name: string, text: string): void =>
  fs.writeFileSync(join(worktree.path, name), text);

async function commit(message = 'Größe\n'): Promise<string | null> {
  const { environment } = world;
  const state = join(world.directory, 'state');
  const { id } = await projectTree({ project: worktree.path, state, environment });
  return commitSession({ worktree, environment, tree: id, message });
}

test('what a session left is one commit on the branch, and doing it twice is doing it once', async () => {
  const before = world.git('status', '--porcelain=v2', '--branch');
  write('kept.txt', 'changed\n');
  write('made.txt', 'made\n');
  const program = world.planted();
  const hooks = join(world.directory, 'hooks');
  fs.mkdirSync(hooks);
  for (const hook of ['pre-commit', 'post-commit', 'reference-transaction', 'post-index-change']) {
    fs.copyFileSync(program, join(hooks, hook));
  }
  world.git('config', 'core.hooksPath', hooks);
  world.git('config', 'commit.gpgSign', 'true');
  world.git('config', 'gpg.program', program);
  expect([await commit(), await commit()]).toEqual([null, null]);
  expect(world.ran()).toBe(false);
  world.git('config', '--unset', 'core.hooksPath');
  expect(git('log', '--format=%s %an', 'main..')).toBe('Größe U\n');
  expect(git('status', '--porcelain')).toBe('');
  expect(world.git('status', '--porcelain=v2', '--branch')).toBe(before);

  // A try that was killed behind the commit left the index as it was.
  git('read-tree', 'main');
  expect(await commit()).toBe(null);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('rev-list', '--count', 'main..').trim()).toBe('1');
});

test('without an identity of the user it is committed all the same', async () => {
  fs.writeFileSync(join(world.directory, 'home', '.gitconfig'), '[user]\n\tuseConfigOnly = true\n');
  write('made.txt', 'made\n');
  expect(await commit()).toBe(null);
  expect(git('log', '--format=%an <%ae>', '-1')).toBe(
    'autonomous-tui <autonomous-tui@localhost>\n',
  );
});

test('nothing is committed to a branch that is not the task’s', async () => {
  git('checkout', '-q', '-b', 'mine');
  write('made.txt', 'made\n');
  expect(await commit()).toContain('is not on autonomous/cart any more');
  expect(git('rev-list', '--count', 'main..').trim()).toBe('0');
});
