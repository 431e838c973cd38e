import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createCountReader,
  rawFilesIn,
  type RawCounts,
} from '../../../source/core/changes/raw-files.ts';

test('each file has its states before and after, and where it was', () => {
  const raw =
    ':100644 100755 1a 2b M\0src/a b.ts\0:000000 120000 00 3c A\0link\n\0' +
    ':100644 000000 4d 00 D\0gone\0:100644 100644 5e 6f R087\0old\0new\0';
  expect(rawFilesIn(raw)).toEqual([
    {
      path: 'src/a b.ts',
      renamedFrom: null,
      before: { mode: '100644', id: '1a' },
      after: { mode: '100755', id: '2b' },
    },
    { path: 'link\n', renamedFrom: null, before: null, after: { mode: '120000', id: '3c' } },
    { path: 'gone', renamedFrom: null, before: { mode: '100644', id: '4d' }, after: null },
    {
      path: 'new',
      renamedFrom: 'old',
      before: { mode: '100644', id: '5e' },
      after: { mode: '100644', id: '6f' },
    },
  ]);
  // What is cut is left out.
  expect(rawFilesIn(raw.slice(0, -5)).map(({ path }) => path)).toEqual([
    'src/a b.ts',
    'link\n',
    'gone',
  ]);
});

const anyName = fc
  .string({
    unit: fc.constantFrom('a', '/', '\t', '\n', ' ', '-', '1'),
    minLength: 1,
    maxLength: 8,
  })
  .filter((name) => name.trim() !== '');
const anyCount = fc.record({
  path: anyName,
  from: fc.option(anyName),
  counts: fc.option(fc.record({ added: fc.nat(100_000), removed: fc.nat(100_000) })),
});

test('counts are read the same, wherever the pieces of the output are torn', () => {
  fc.assert(
    fc.property(fc.array(anyCount), fc.array(fc.nat(400), { maxLength: 20 }), (files, cuts) => {
      const output = files
        .map(({ path, from, counts }) => {
          const numbers = counts === null ? '-\t-' : `${counts.added}\t${counts.removed}`;
          return from === null ? `${numbers}\t${path}\0` : `${numbers}\t\0${from}\0${path}\0`;
        })
        .join('');
      const read = createCountReader();
      const found: [string, RawCounts][] = [];
      let at = 0;
      for (const cut of [...cuts, output.length].sort((a, b) => a - b)) {
        found.push(...read(output.slice(at, cut)));
        at = Math.max(at, cut);
      }
      found.push(...read(output.slice(at)));
      expect(found).toEqual(files.map(({ path, counts }) => [path, counts]));
    }),
  );
});
