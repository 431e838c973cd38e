import { expect, test } from 'vitest';
import { takeOverVerb } from '../../source/cli/verbs/take-over-verb.ts';

const named = { 'task-name': 'docs' };

test('a take-over needs a name, and nothing else', () => {
  expect(takeOverVerb(named, [])).toBe(false);
  expect(takeOverVerb({ 'take-over': true, ...named }, [])).toBe(true);
});

test.each([
  [{ 'take-over': true }, [], '--take-over needs the name of a task: --task-name NAME'],
  [{ 'take-over': true, tell: 'Stop', ...named }, [], 'Give either --take-over or --tell'],
  [{ 'take-over': true, delete: true, ...named }, [], 'Give either --take-over or --delete'],
  [{ 'take-over': true, ...named }, ['Write the docs'], '--take-over takes no description'],
])('%j says what is wrong', (values, words, problem) => {
  expect(takeOverVerb(values, words)).toEqual({ problem });
});
