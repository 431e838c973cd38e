import { expect, test } from 'vitest';
import { listText, taskLine } from '../../../source/cli/print/list-lines.ts';
import { viewOf } from '../../helpers/task-views.ts';
import { listJson } from '../../../source/cli/print/list-json.ts';

test('an empty list says where it looked', () => {
  const lines = listText('/home/me/shop', []).split('\n');
  expect(lines).toContain('No tasks yet in .autonomous/');
  expect(lines).toContain('Project: /home/me/shop');
  expect(listText('/home/me/\u001B[31m', [])).not.toContain('\u001B');
  expect(listText('/home/me/shop', ['  ○ docs'])).not.toContain('/home');
  const problem = '/home/me/shop/.autonomous is not a plain directory';
  expect(listText('/home/me/shop', [], problem).split('\n')).toContain(problem);
  expect(listText('/home/me/shop', [], problem)).not.toContain('No tasks yet');
});

test('a task with a worktree has its branch in its line and its object, and how far it is ahead', () => {
  const branch = { name: 'autonomous/cart', from: 'main', path: '/worktrees/cart', ahead: 3 };
  const cart = viewOf('cart', { branch });
  expect(taskLine(cart, 0)).toBe('  ○ cart (1/3 - 33%) · autonomous/cart, 3 commits ahead of main');
  const unknown = viewOf('cart', { branch: { ...branch, from: null, ahead: null } });
  expect(taskLine(unknown, 0)).toMatch(/ · autonomous\/cart$/);
  const { tasks } = JSON.parse(listJson('/shop', [cart, viewOf('docs')])) as { tasks: object[] };
  expect(tasks[0]).toMatchObject({ branch: 'autonomous/cart', ahead: 3 });
  expect(tasks[1]).toMatchObject({ branch: null, ahead: null });
});
