import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFileReader, createPatchReader } from '../../../source/core/changes/patch-reader.ts';
import { dirtyText } from '../../ui/arbitrary.ts';

test('lines have their kind and their number, and what only git needs is left away', () => {
  const read = createPatchReader();
  const lines = [
    'diff --git a/1 b/2',
    'index 1..2 100644',
    '--- a/1',
    '+++ b/2',
    '@@ -3,3 +3,2 @@ head',
    ' same\r',
    '--- removed',
    '-gone',
    '+++ added',
    '\\ No newline at end of file',
    '@@ -90 +89,2 @@',
    '',
    '+last',
  ];
  expect(lines.flatMap((line) => read(line) ?? [])).toEqual([
    { kind: 'hunk', text: '@@ -3,3 +3,2 @@ head', number: null },
    { kind: 'same', text: 'same', number: 3 },
    { kind: 'removed', text: '-- removed', number: 4 },
    { kind: 'removed', text: 'gone', number: 5 },
    { kind: 'added', text: '++ added', number: 4 },
    { kind: 'note', text: 'No newline at end of file', number: null },
    { kind: 'hunk', text: '@@ -90 +89,2 @@', number: null },
    { kind: 'same', text: '', number: 89 },
    { kind: 'added', text: 'last', number: 90 },
  ]);
});

test('no line has a control character but the tab, whatever was in it', () => {
  fc.assert(
    fc.property(fc.array(dirtyText), (texts) => {
      const patch = createPatchReader();
      const file = createFileReader('added');
      patch('@@ -1 +1 @@');
      for (const text of texts.flatMap((one) => one.split('\n'))) {
        for (const line of [patch(`+${text}`), file(text)]) {
          expect(line?.text).not.toMatch(/[\0-\x08\x0A-\x1F\x7F-\x9F]/);
        }
      }
    }),
  );
});
