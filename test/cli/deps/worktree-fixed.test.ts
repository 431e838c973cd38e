import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyWorktreeFixed } from '../../../source/cli/deps/verbs/worktree-fixed.ts';

let root: string;
let project: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'fixed-')));
  project = join(root, 'project');
  mkdirSync(join(project, '.autonomous', 'shop'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const why = () => whyWorktreeFixed({ project, home: join(root, 'state') }, 'shop');

test('a worktree is chosen in a repository with a commit, before the task has worked', async () => {
  expect(await why()).toBe('needs a git repository with a commit');
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
      cwd: project,
    });
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'first');
  expect(await why()).toBeNull();
  writeFileSync(join(project, '.autonomous', 'shop', 'session.log'), '');
  expect(await why()).toBe('it has worked already');
});
