import { expect, test } from 'vitest';
import { branchFor } from '../../../source/core/worktree/branch-name.ts';

test.each([
  ['cart', ['main'], 'autonomous/cart'],
  ['cart', ['main', 'Autonomous'], 'autonomous-tui/cart'],
  ['cart', ['autonomous/Cart', 'autonomous/cart-2'], 'autonomous/cart-3'],
  ['a..b', [], 'autonomous/a%2e.b'],
  ['a.lock', [], 'autonomous/a%2elock'],
  ['a.', [], 'autonomous/a%2e'],
  ['v1.2', [], 'autonomous/v1.2'],
])('the branch of %s beside %j is %s', (task, taken, branch) => {
  expect(branchFor(task, taken)).toBe(branch);
});

test('there is no branch where every prefix is taken', () => {
  expect(branchFor('a', ['autonomous', 'autonomous-tui', 'autonomous-tasks'])).toBeNull();
});
