// A conflict that is left in the task's branch for a session: nothing of either side is lost, and the branch comes home
// only when the conflict is resolved.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveToResolve } from '../../../source/system/merge/merge-branch.ts';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: MergeWorld;
beforeEach(() => {
  world = makeMergeWorld();
});
afterEach(() => world.remove());

test('the conflict lies in the worktree as a merge commit, and the branch waits until its markers are gone', async () => {
  world.commit('kept.txt', 'theirs\n');
  world.commitHere('kept.txt', 'ours\n');
  const [main, tip] = [world.id('main'), world.id('autonomous/docs')];
  expect(await leaveToResolve(await world.mergeOrder())).toMatchObject({
    from: 'main',
    paths: ['kept.txt'],
  });
  const file = join(world.worktree, 'kept.txt');
  const text = fs.readFileSync(file, 'utf8');
  expect(text).toContain('ours\n');
  expect(text).toContain('theirs\n');
  expect(world.git('log', '-1', '--format=%P', 'autonomous/docs').trim()).toBe(`${tip} ${main}`);
  expect(world.gitIn(world.worktree, 'status', '--porcelain')).toBe('');
  expect([world.id('main'), world.status(), world.read('kept.txt')]).toEqual([main, '', 'ours\n']);

  const unresolved = { kind: 'unresolved', from: 'main', paths: ['kept.txt'] };
  expect(await world.plan()).toEqual(unresolved);
  const order = await world.mergeOrder();
  expect(await leaveToResolve(order)).toEqual(unresolved);

  world.commit('kept.txt', 'ours\ntheirs\n');
  expect(await world.merge()).toMatchObject({ kind: 'done', plan: { kind: 'fast-forward' } });
  expect(world.read('kept.txt')).toBe('ours\ntheirs\n');
  expect(await leaveToResolve(order)).toEqual({ not: { kind: 'merged', from: 'main' } });
});
