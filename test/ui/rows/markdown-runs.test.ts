import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownLines } from '../../../source/ui/rows/markdown-runs.ts';
import { runsWidth } from '../../../source/ui/rows/row.ts';
import { foreignText } from '../arbitrary.ts';

const lines = (text: string, width = 40) =>
  markdownLines(text, width).map((runs) => runs.map((one) => one.text).join(''));

const styled = (text: string) =>
  markdownLines(text, 80).map((runs) =>
    runs.map((one) => [one.text, ...Object.keys(one.style)].join(' ')),
  );

test.each([
  ['bold is bold', 'a **b** c', [['a ', 'b bold', ' c']]],
  ['code is dim', 'a `b` c', [['a ', 'b dim', ' c']]],
  ['code in bold is bold and dim', '**a `b`**', [['a  bold', 'b bold dim']]],
  ['a heading is bold', '## What next ##', [['What next bold']]],
  ['the path of a link is left out', '[todo.ts](src/todo.ts:12)', [['todo.ts']]],
  ['the web address of a link is kept', '[docs](https://a.b)', [['docs', ' https://a.b dim']]],
  ['the text in a code block is unchanged', '```ts\na **b**\n```', [['a **b** dim']]],
  ['stars without a meaning stay', '2 * 3 ** 4', [['2 * 3 ** 4']]],
])('%s', (_law, text, runs) => {
  expect(styled(text)).toEqual(runs);
});

test('list items have a hanging indent', () => {
  expect(lines('- one two three four\n  * five six', 12)).toEqual([
    '- one two',
    '  three four',
    '  - five six',
  ]);
  expect(lines('10. ten', 12)).toEqual(['10. ten']);
});

test('several empty lines become one, and those at the ends are dropped', () => {
  expect(lines('\n\na\n\n\n\nb\n\n')).toEqual(['a', '', 'b']);
});

test('a code block without an end is code to the end of the text', () => {
  expect(lines('```\na\n\nb')).toEqual(['a', '', 'b']);
});

test('a hundred thousand stars take linear time', () => {
  const text = '**a '.repeat(25_000) + '['.repeat(50_000) + '`a'.repeat(1000);
  expect(lines(text, 80).length).toBeGreaterThan(1000);
});

test('no line is wider than requested', () => {
  fc.assert(
    fc.property(foreignText, fc.integer({ min: 8, max: 60 }), (text, width) => {
      for (const runs of markdownLines(text, width)) {
        expect(runsWidth(runs)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
