import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clustersOf, textWidth } from '../../../source/ui/look/text-width.ts';
import { wrapRanges, wrapText } from '../../../source/ui/look/text-wrap.ts';
import { foreignText } from '../arbitrary.ts';

test.each([
  [
    'a line breaks between words',
    'the handler needs a cursor',
    12,
    ['the handler', 'needs a', 'cursor'],
  ],
  ['a word longer than the line is broken', 'abcdefgh ij', 4, ['abcd', 'efgh', 'ij']],
  ['a newline always ends a line', 'a\n\nb', 9, ['a', '', 'b']],
  ['spaces at a break are left out', 'one    two', 5, ['one', 'two']],
  ['an indentation is kept', '  two words', 7, ['  two', 'words']],
  ['an indentation wider than the line is dropped', '          far', 5, ['far']],
  ['a line breaks between any two wide characters', '日本語の仕事', 5, ['日本', '語の', '仕事']],
  ['a wide character never crosses the edge', 'a日b本c', 2, ['a', '日', 'b', '本', 'c']],
  ['a line may be full to the last cell', 'abcd efgh', 4, ['abcd', 'efgh']],
  ['an empty text is one empty line', '', 4, ['']],
])('%s', (_law, text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

test('no line is wider than requested, unless a single character is', () => {
  fc.assert(
    fc.property(foreignText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      for (const line of wrapText(text, width)) {
        const visible = [...clustersOf(line)].filter((cluster) => cluster.width > 0);
        expect(textWidth(line) <= width || visible.length === 1).toBe(true);
      }
    }),
  );
});

test('only spaces and newlines are lost, and no cluster is split', () => {
  fc.assert(
    fc.property(foreignText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      const clusters = (part: string) =>
        [...clustersOf(part)].map((cluster) => cluster.text).filter((one) => one.trim() !== '');
      expect(wrapText(text, width).flatMap(clusters)).toEqual(text.split('\n').flatMap(clusters));
    }),
  );
});

test('ranges go forward and never overlap', () => {
  fc.assert(
    fc.property(foreignText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      let before = 0;
      for (const { start, end } of wrapRanges(text, width)) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThanOrEqual(start);
        before = end;
      }
    }),
  );
});
