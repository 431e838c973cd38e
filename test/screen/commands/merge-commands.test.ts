import { beforeEach, expect, test, vi } from 'vitest';
import type { MergePlan } from '../../../source/core/merge/plan.ts';
import type { Merging } from '../../../source/screen/commands/command-deps.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { now, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const ready: MergePlan = {
  kind: 'merge',
  from: 'main',
  commits: 3,
  old: 'a',
  tip: 'b',
  tree: 'c',
  root: '/shop',
};
const conflict: MergePlan = {
  kind: 'conflict',
  from: 'main',
  commits: 3,
  paths: ['cart.ts', 'price.ts'],
  old: 'a',
  tip: 'b',
};

function world(found: MergePlan | { ok: boolean; sentence: string }, word: 'done' | 'running') {
  const asked: string[] = [];
  const answered = (what: string, sentence: string) => (name: string) => {
    asked.push(`${what} ${name}`);
    return Promise.resolve({ ok: true, sentence });
  };
  const merging: Merging = {
    plan: () =>
      Promise.resolve('kind' in found ? { plan: found, branch: 'autonomous/cart' } : found),
    merge: answered('merge', 'Merged'),
    resolve: answered('resolve', 'A session resolves it'),
  };
  const cart = task('cart', {
    state: state(word),
    done: 3,
    total: 3,
    run: word === 'running' ? 'run' : null,
  });
  return { ...keysWorld([cart], { merging }), asked };
}

test.each([
  [ready, 'Merge autonomous/cart (3 commits) into main by a merge commit?', 'merge cart', 'Merged'],
  [
    conflict,
    'autonomous/cart conflicts with main in cart.ts, price.ts',
    'resolve cart',
    'A session resolves it',
  ],
])('a merge asks before it does what was found (%#)', async (plan, question, call, sentence) => {
  const { press, settled, dialog, notice, asked } = world(plan, 'done');
  press('M');
  // Git may take long: until then the key must not seem to do nothing.
  expect(notice()).toBe('Looking at what merging cart would do …');
  await settled();
  expect(notice()).toBeNull();
  expect(dialog()).toMatchObject({ kind: 'confirm', confirm: { question, tasks: ['cart'] } });
  press('escape');
  await settled();
  expect([dialog(), asked]).toEqual([null, []]);
  press('M');
  await settled();
  press('return');
  await settled();
  expect([dialog(), asked, notice()]).toEqual([null, [call], sentence]);
});

test('that a session starts to resolve the conflict is said at once', async () => {
  const { press, settled, notice } = world(conflict, 'done');
  press('M');
  await settled();
  press('return');
  expect(notice()).toBe('Starting a session that resolves the conflicts of cart …');
  await settled();
  expect(notice()).toBe('A session resolves it');
});

test('what cannot be merged is said, what is merged already is tidied up, and a running task is let be', async () => {
  const refused = world({ kind: 'refused', why: 'a merge is in progress in /shop' }, 'done');
  refused.press('M');
  await refused.settled();
  expect(refused.notice()).toBe('autonomous/cart was not merged: a merge is in progress in /shop');
  const without = world({ ok: false, sentence: 'cart has no branch of its own' }, 'done');
  without.press('M');
  await without.settled();
  expect([without.notice(), without.asked]).toEqual(['cart has no branch of its own', []]);
  const merged = world({ kind: 'merged', from: 'main' }, 'done');
  merged.press('M');
  await merged.settled();
  expect([merged.asked, merged.dialog()]).toEqual([['merge cart'], null]);
  const running = world(ready, 'running');
  running.press('M');
  await running.settled();
  expect([running.notice(), running.dialog()]).toEqual(['cart is running: pause it first', null]);
});
