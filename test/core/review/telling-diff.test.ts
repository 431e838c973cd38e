// What a Reviewer sees of a diff that is too long for it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byTelling,
  longestDiff,
  tellingDiff,
  type FilePatch,
} from '../../../source/core/review/telling-diff.ts';

const patchOf = (label: string, length = 10, more: Partial<FilePatch> = {}): FilePatch => ({
  ...{ label, kind: 'changed', isCut: false },
  lines: Array.from({ length: Math.ceil(length / 10) }, (_, at) => `+${String(at).padEnd(8)}`),
  ...more,
});

const shown = (patches: readonly FilePatch[], isListCut = false): string =>
  tellingDiff(patches, patches, { isListCut });

test('tests and what the checks run come first, what was generated last', () => {
  const labels = ['package-lock.json', 'src/clock.ts', 'test/sum.ts', 'dist/a.js', 'package.json'];
  expect(byTelling(labels.map((label) => patchOf(label))).map(({ label }) => label)).toEqual([
    ...['test/sum.ts', 'package.json', 'src/clock.ts', 'package-lock.json', 'dist/a.js'],
  ]);
});

test('a short diff is whole, and begins with the names of the files', () => {
  const removed = patchOf('src/b.ts', 0, { kind: 'deleted', lines: ['Deleted', '-b'] });
  expect(shown([patchOf('src/a.ts', 10, { lines: ['@@ -1 +1 @@', '-a', '+b'] }), removed])).toBe(
    'Files that changed: 2\nchanged: src/a.ts\ndeleted: src/b.ts\n\n' +
      '--- changed: src/a.ts\n@@ -1 +1 @@\n-a\n+b\n\n--- deleted: src/b.ts\nDeleted\n-b',
  );
});

test('a long file does not hide the others, and says that it was cut', () => {
  const text = shown([patchOf('src/long.ts', 300_000), patchOf('src/short.ts', 5000)]);
  expect(text).toContain('--- changed: src/short.ts');
  expect(text).toContain('+499     ');
  expect(text).toContain('[… the rest of this file is left out]\n\n--- changed: src/short.ts');
  expect(text.length).toBeGreaterThan(longestDiff * 0.95);
});

test('of many long files all are named, and a test shows the most', () => {
  const files = ['src/a.ts', 'test/a.ts', 'yarn.lock'].map((label) => patchOf(label, 200_000));
  const parts = shown(files).split('\n\n--- ').slice(1);
  expect(parts.map((part) => part.split('\n')[0])).toEqual([
    ...['changed: test/a.ts', 'changed: src/a.ts', 'changed: yarn.lock'],
  ]);
  const [test = 0, source = 0, lock = 0] = parts.map(({ length }) => length);
  expect(test).toBeGreaterThan(source);
  expect(source).toBeGreaterThan(lock);
});

test('a file that was not read is named', () => {
  const text = tellingDiff([patchOf('a.ts'), patchOf('b.ts')], [], { isListCut: true });
  expect(text).toBe('Files that changed: 2 or more\nchanged: a.ts\nchanged: b.ts');
});

test('it is never longer than it may be', () => {
  const patch = fc.record({
    label: fc.string({ maxLength: 500 }),
    kind: fc.constantFrom('new' as const, 'changed'),
    isCut: fc.boolean(),
    lines: fc.array(
      fc.nat(60_000).map((length) => 'x'.repeat(length)),
      { maxLength: 4 },
    ),
  });
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 100 }), fc.boolean(), (patches, isListCut) => {
      expect(shown(patches, isListCut).length).toBeLessThanOrEqual(longestDiff);
    }),
  );
});
