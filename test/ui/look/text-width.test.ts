import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import {
  clustersOf,
  cutEnd,
  cutFront,
  cutMiddle,
  isOneCellEach,
  padEnd,
  padStart,
  takeEnd,
  takeStart,
  textWidth,
} from '../../../source/ui/look/text-width.ts';
import { foreignText } from '../arbitrary.ts';

test('our width of a text is that of string-width, which Ink uses', () => {
  fc.assert(
    fc.property(foreignText, (text) => {
      expect(textWidth(text)).toBe(stringWidth(text));
    }),
  );
});

test('every character treated as one cell is one cell wide, alone and beside any other', () => {
  const fast = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter(
    isOneCellEach,
  );
  expect(fast.length).toBeGreaterThan(500);
  for (const character of fast) expect([character, stringWidth(character)]).toEqual([character, 1]);
  expect([...clustersOf(fast.join(''))]).toHaveLength(fast.length);
});

test.each([
  ['a name keeps both its ends', cutMiddle, 'build-rest-api-todo', 16, 'build-rest…-todo'],
  ['a text keeps its start', cutEnd, 'Reading the task list', 12, 'Reading the…'],
  ['a path keeps its end', cutFront, 'source/ui/text-width.ts', 15, '…/text-width.ts'],
  ['a text that fits is not cut', cutMiddle, 'docs', 4, 'docs'],
  ['a wide character is never cut in two', cutEnd, '日本語の仕事', 6, '日本…'],
  ['one cell has room only for the ellipsis', cutMiddle, 'docs', 1, '…'],
  ['no cells leave nothing', cutFront, 'docs', 0, ''],
])('%s', (_law, cut, text, width, result) => {
  expect(cut(text, width)).toBe(result);
});

test('any text fits after cutting', () => {
  fc.assert(
    fc.property(foreignText, fc.nat(30), (text, width) => {
      for (const cut of [cutEnd, cutMiddle, cutFront, takeStart, takeEnd]) {
        expect(textWidth(cut(text, width))).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test('padding adds spaces and never cuts', () => {
  expect(padEnd('日本', 6)).toBe('日本  ');
  expect(padStart('4.1 s', 7)).toBe('  4.1 s');
  expect(padEnd('longer', 3)).toBe('longer');
});

test('the fast path for wide characters finds the same clusters as Intl.Segmenter', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'aé✓─日本語한글ｱカﾞ、。　\u3099\u1160\u0301\u200d👍') }),
      (text) => {
        const clusters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
        expect([...clustersOf(text)].map((cluster) => cluster.text)).toEqual(clusters);
      },
    ),
  );
});
