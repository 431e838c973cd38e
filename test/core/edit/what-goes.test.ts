import { expect, test } from 'vitest';
import { editQuestion } from '../../../source/core/edit/what-goes.ts';

const list = (marks: string): string =>
  [...marks].map((mark, index) => `- [${mark}] part ${index + 1}\n`).join('');

test.each([
  ['a step is left to do', list('x x'), list('x ')],
  ['another one came', list(' '), '- [ ] another\n'],
  ['there was no step before', '# Plan\n', '# Plan\n\nNothing\n'],
  ['no step was open before', list('xx'), list('x')],
])('nothing is asked where %s', (_why, before, edited) => {
  expect(editQuestion(before, edited)).toBeNull();
});

test('a list without steps: how many would go, and the first of them', () => {
  expect(editQuestion(list('xx          '), '# Plan\n')).toEqual({
    question: 'All 12 steps would go. Keep it anyway?',
    detail: [
      'Step 1 goes: part 1',
      'Step 2 goes: part 2',
      'Step 3 goes: part 3',
      'Step 4 goes: part 4',
      'and 8 more',
      'Without steps the task cannot go on.',
    ],
  });
  expect(editQuestion(list('x'), '')?.question).toBe('The only step would go. Keep it anyway?');
});

test('a list without open steps: what became of those that were open', () => {
  expect(editQuestion(list('x  '), list('xx'))).toEqual({
    question: 'None of the 2 open steps would be left. Keep it anyway?',
    detail: [
      'Step 2 is ticked: part 2',
      'Step 3 goes: part 3',
      'The task has nothing left to do then.',
    ],
  });
});
