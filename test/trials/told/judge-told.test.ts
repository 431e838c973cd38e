import { expect, test } from 'vitest';
import { judgeTold, type ToldCase } from './judge-told.ts';

const prompt = (session: number, ...words: string[]): ToldCase['sent'][number] => ({
  session,
  prompt: `Role: Executor (session ${session})\n${words.map((word) => `> ${word}`).join('\nAnd:\n')}\nNext open step`,
});
const good: ToldCase = {
  kept: [
    { text: 'word-1', told: { session: 2 } },
    { text: 'word-10', told: { session: 2 } },
    { text: 'word-3', told: null },
  ],
  promised: ['word-1', 'word-3'],
  sent: [prompt(1), prompt(2, 'word-1', 'word-10'), prompt(3)],
};

test('words that were told once, or wait, break nothing', () => {
  expect(judgeTold(good)).toEqual([]);
});

test.each<[string, Partial<ToldCase>]>([
  ['word-4 was promised, and is lost', { promised: ['word-4'] }],
  ['word-1 was told in sessions 2, 3', { sent: [...good.sent, prompt(3, 'word-1')] }],
  ['word-3 waits, and was told in session 4', { sent: [...good.sent, prompt(4, 'word-3')] }],
  [
    'word-10 counts as told in session 2, which did not get it',
    { sent: [prompt(2, 'word-1'), prompt(3)] },
  ],
  ['The words were not told in their order', { sent: [prompt(2, 'word-10', 'word-1')] }],
])('it says: %s', (breach, changes) => {
  expect(judgeTold({ ...good, ...changes })).toContain(breach);
});
