// What becomes of a merged task's worktree and branch: they go whole, wherever an earlier try was stopped, and nothing
// goes that is not merged.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeMergedTask } from '../../../source/system/merge/merge-branch.ts';
import { asideOf, type Removal } from '../../../source/system/merge/remove-worktree.ts';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: MergeWorld;
beforeEach(() => {
  world = makeMergeWorld();
  world.commit('new.txt', 'theirs\n');
  world.commit('dir/other.txt', 'theirs\n');
});
afterEach(() => world.remove());

const remove = async (): Promise<Removal> => removeMergedTask(await world.mergeOrder(), world.root);
const aside = (): string => asideOf(world.worktree);
const branches = (): string => world.git('branch', '--format=%(refname:short)');

test('a try that was stopped after any step is gone on with, and nothing is left of the worktree', async () => {
  world.git('merge', '-q', '--ff-only', 'autonomous/docs');
  const tip = world.id('main');
  const steps = [
    () => fs.renameSync(world.worktree, aside()),
    () => world.git('worktree', 'remove', '--force', world.worktree),
    () => fs.rmSync(join(aside(), 'dir'), { recursive: true }),
    () => fs.rmSync(aside(), { recursive: true }),
    () => world.git('update-ref', '-d', 'refs/heads/autonomous/docs', tip),
  ];
  for (let done = 0; done <= steps.length; done++) {
    steps.slice(0, done).forEach((step) => step());
    expect(await remove()).toEqual({ kind: 'removed' });
    expect(fs.existsSync(world.worktree) || fs.existsSync(aside())).toBe(false);
    expect(branches()).toBe('main\n');
    expect(world.git('worktree', 'list', '--porcelain').match(/^worktree/gm)).toHaveLength(1);
    expect(world.id('main')).toBe(tip);
    expect(world.status()).toBe('');
    world.git('worktree', 'add', '-q', '-b', 'autonomous/docs', world.worktree);
  }
});

test('what is not merged, not committed, locked or another task’s stays where it was', async () => {
  const stays = async (why: RegExp): Promise<void> => {
    const answer = await remove();
    expect(answer).toMatchObject({ kind: 'kept', why: expect.stringMatching(why) as string });
    expect(fs.existsSync(join(world.worktree, 'new.txt'))).toBe(true);
    expect(fs.existsSync(aside())).toBe(false);
    expect(branches()).toContain('autonomous/docs');
  };
  await stays(/^autonomous\/docs is not merged$/);
  world.git('merge', '-q', '--ff-only', 'autonomous/docs');
  fs.writeFileSync(join(world.worktree, 'stray.txt'), 'mine\n');
  await stays(/has changes that are not committed$/);
  // Written while an earlier try had the directory aside, by a program that worked in it.
  fs.renameSync(world.worktree, aside());
  await stays(/^files of the worktree are not in the commit/);
  fs.rmSync(join(world.worktree, 'stray.txt'));
  world.git('worktree', 'lock', world.worktree);
  await stays(/is locked$/);
  world.git('worktree', 'unlock', world.worktree);
  fs.mkdirSync(join(world.worktree, '.autonomous'));
  await stays(/has tasks of its own$/);
});
