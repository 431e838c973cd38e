// What a Reviewer is shown of a task's changes, read from a real repository by the real git.

import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { longestDiff } from '../../../source/core/review/telling-diff.ts';
import { taskDiff } from '../../../source/system/changes/task-diff.ts';
import { keepProjectCheckpoint } from '../../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
});
afterEach(() => world.remove());

const of = () => ({ project: world.root, task: 'docs', environment: world.environment });

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  const state = join(world.directory, 'own');
  const { id } = await projectTree({ ...of(), state });
  expect(await keepProjectCheckpoint(of(), { session, moment, tree: id })).toBe(null);
}

test('the whole task, without its own list, tests first, one huge file cut to its share', async () => {
  expect(await taskDiff(of())).toBe(null);
  world.write('src/sum.js', 'one\n');
  world.write('test/sum.test.js', 'expect(sum(1, 2)).toBe(3)\n');
  await keep('before', 1);
  world.write('.autonomous/docs/task_list.md', '- [x] Sum\n');
  world.write('src/sum.js', 'two\n');
  await keep('after', 1);
  world.write('test/sum.test.js', 'expect(true).toBe(true)\n');
  world.write('src/huge.txt', 'x'.repeat(99).concat('\n').repeat(50_000));
  world.write('src/empty.bin', '\0');
  await keep('after', 2);
  const text = (await taskDiff(of())) ?? '';
  expect(text).toContain('changed: test/sum.test.js\nnew: src/empty.bin\nnew: src/huge.txt');
  expect(text).toMatch(/--- changed: test\/sum.test.js\n@@ .*\n-expect\(sum.*\n\+expect\(true/u);
  expect(text).toContain('-one\n+two');
  expect(text).toContain('[… the rest of this file is left out]\n\n--- changed: src/sum.js');
  expect(text).not.toContain('task_list');
  expect(text.length).toBeLessThanOrEqual(longestDiff);
  // No time to read anything: the names are there.
  expect(await taskDiff(of(), { readMs: 0 })).toBe(text.split('\n\n')[0]);
});

test('files of five gigabytes are left out, and the others are shown', async () => {
  world.write('data.bin', 'x\n');
  world.write('src/sum.js', 'one\n');
  world.git('add', '.');
  world.git('commit', '--quiet', '--message', 'Begin');
  await keep('before', 1);
  for (const name of ['data.bin', 'huge.bin']) {
    world.write(name, 'y\n');
    truncateSync(join(world.root, name), 5 * 1024 ** 3);
  }
  world.write('src/sum.js', 'two\n');
  await keep('after', 1);
  const text = (await taskDiff(of())) ?? '';
  expect(text).toContain('-one\n+two');
  expect(text.length).toBeLessThan(1000);
});

test('without git it is not told', async () => {
  world.write('src/sum.js', 'one\n');
  rmSync(join(world.root, '.git'), { recursive: true });
  expect(await taskDiff(of())).toBe(null);
});
