import { expect, test } from 'vitest';
import {
  crowdedDirectories,
  directoryAround,
  type NewFile,
} from '../../../source/system/git/left-out.ts';

const limits = { maxFileBytes: 100, maxNewFiles: 10, maxNewBytes: 1000 };
const filesIn = (directory: string, many: number, sizeBytes = 1): NewFile[] =>
  Array.from({ length: many }, (_, at) => ({ path: `${directory}/${at}`, sizeBytes }));
const crowded = (...files: NewFile[][]): string[] =>
  [...crowdedDirectories(files.flat(), limits)].sort();

test.each<[string, string[], string[]]>([
  ['few files are all taken', crowded(filesIn('src', 10)), []],
  [
    'a directory with too many is left out',
    crowded(filesIn('data', 11), filesIn('src', 5)),
    ['data'],
  ],
  [
    'the innermost that has too many',
    crowded(filesIn('a/b/data', 11), filesIn('a/b', 5)),
    ['a/b/data'],
  ],
  ['or too much', crowded(filesIn('data', 2, 600), filesIn('src', 5)), ['data']],
  [
    'the largest parts go first where many small ones are too many',
    crowded(filesIn('data/one', 8), filesIn('data/two', 7), filesIn('src', 2)),
    ['data/one'],
  ],
  [
    'the root itself only for its own files',
    crowded(Array.from({ length: 11 }, (_, at) => ({ path: `${at}`, sizeBytes: 1 }))),
    [''],
  ],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

test('the outermost of the left out directories that a path lies in is named', () => {
  const directories = new Set(['a/b', 'a']);
  expect(directoryAround('a/b/c', directories)).toBe('a');
  expect(directoryAround('ab/c', directories)).toBeNull();
  expect(directoryAround('x', new Set(['']))).toBe('');
  expect(directoryAround('x', new Set())).toBeNull();
});
