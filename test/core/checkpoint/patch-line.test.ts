import { expect, test } from 'vitest';
import { patchPrinter } from '../../../source/core/checkpoint/patch-line.ts';

const patch = [
  'diff --git a/old b/new',
  '--- a/old',
  '+++ b/new',
  '@@ -1,2 +1,2 @@ heading',
  ' same',
  '--- removed dashes',
  '+++ added pluses',
  'diff --git a/other b/other',
  '--- a/other',
];

test('each kind of line has its colour, whatever it begins with', () => {
  const print = patchPrinter({ isColoured: true });
  const colours = patch.map((line) => /^\x1B\[(\d+)m/.exec(print(line))?.[1] ?? null);
  expect(colours).toEqual(['1', '1', '1', '36', null, '31', '32', '1', '1']);
});

test('no escape of a name or a content reaches the terminal', () => {
  const print = patchPrinter({ isColoured: false });
  for (const line of [
    'diff --git a/\x1B]52;c;aGk=\x07 b/x',
    '+\x1B[2J\x9B2Jtext\r',
    ' before\rafter',
    '-\x08\x7F\u202Etext',
  ]) {
    expect(print(line)).toMatch(/^[\t -~]*$/);
  }
});

test('a line of any length is cut', () => {
  expect(patchPrinter({ isColoured: false })('+'.padEnd(1e7, 'x')).length).toBeLessThan(20_000);
});
