import { expect, test } from 'vitest';
import { listText } from '../../../source/cli/print/list-lines.ts';

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
