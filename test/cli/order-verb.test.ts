import { expect, test } from 'vitest';
import { orderVerb } from '../../source/cli/verbs/order-verb.ts';

const named = { 'task-name': 'docs' };

test('a verb that keeps the tasks in order needs a name, and nothing else', () => {
  expect(orderVerb({}, [])).toBe(null);
  expect(orderVerb({ archive: true, ...named }, [])).toEqual({ name: 'archive' });
  expect(orderVerb({ unarchive: true, ...named }, [])).toEqual({ name: 'unarchive' });
  expect(orderVerb({ delete: true, ...named }, [])).toEqual({ name: 'delete', yes: false });
  expect(orderVerb({ delete: true, yes: true, ...named }, [])).toEqual({
    name: 'delete',
    yes: true,
  });
});

test.each([
  [{ archive: true }, [], '--archive needs the name of a task: --task-name NAME'],
  [{ archive: true, delete: true, ...named }, [], 'Give either --archive or --delete'],
  [{ delete: true, merge: true, ...named }, [], 'Give either --delete or --merge'],
  [{ delete: true, tell: 'Stop', ...named }, [], 'Give either --delete or --tell'],
  [{ archive: true, yes: true, ...named }, [], '--yes needs --undo, --merge or --delete'],
  [{ delete: true, ...named }, ['Write the docs'], '--delete takes no description'],
])('%j says what is wrong', (values, words, problem) => {
  expect(orderVerb(values, words)).toEqual({ problem });
});
