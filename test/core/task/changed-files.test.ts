import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changedFilesText,
  pathInProject,
  readChangedFiles,
} from '../../../source/core/task/changed-files.ts';
import { withSharedFiles } from '../../../source/core/task/shared-files.ts';
import { viewOf } from '../../helpers/task-views.ts';

describe('session.files', () => {
  test('are read back as written, without duplicates and torn lines', () => {
    const paths = ['src/a.ts', 'a "b"\n.md', 'src/a.ts'];
    expect(readChangedFiles(`${changedFilesText(paths)}"src/b\n7\n"src/c.ts"`)).toEqual([
      'src/a.ts',
      'a "b" .md',
      'src/c.ts',
    ]);
  });

  test('yield only short lines and not many, whatever the bytes', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 700, size: 'max' }), (lines) => {
        const paths = readChangedFiles(lines.join('\n'));
        expect(paths.length).toBeLessThanOrEqual(500);
        for (const path of paths) expect(path).not.toMatch(/[\x00-\x1f\x7f-\x9f]/u);
      }),
      { numRuns: 20 },
    );
  });

  test('are relative to the project when inside it', () => {
    expect(pathInProject('/home/me/shop/src/a.ts', '/home/me/shop')).toBe('src/a.ts');
    expect(pathInProject('/home/me/shopping/a.ts', '/home/me/shop')).toBe('/home/me/shopping/a.ts');
  });
});

describe('two tasks that changed the same file', () => {
  const docs = viewOf('docs', { changedFiles: ['README.md', 'src/a.ts', 'src/b.ts'] });
  const shop = viewOf('shop', { changedFiles: ['src/b.ts', 'src/a.ts'] });
  const tidy = viewOf('tidy', { changedFiles: ['src/c.ts'] });

  test('both show it, with the file that each changed last, and no other task does', () => {
    const shared = withSharedFiles([docs, shop, tidy]).map(({ sharedFile }) => sharedFile);
    expect(shared).toEqual([
      { path: 'src/b.ts', task: 'shop' },
      { path: 'src/a.ts', task: 'docs' },
      null,
    ]);
  });

  test('stop showing it when one of the sessions is over', () => {
    const [first, second] = withSharedFiles([docs, shop]);
    const after = withSharedFiles([first!, { ...second!, changedFiles: [] }]);
    expect(after.map(({ sharedFile }) => sharedFile)).toEqual([null, null]);
  });

  test('stay the same objects as long as nothing changes', () => {
    const once = withSharedFiles([docs, shop, tidy]);
    const twice = withSharedFiles(once);
    expect(twice.map((task, index) => task === once[index])).toEqual([true, true, true]);
    const none = [viewOf('docs'), viewOf('shop')];
    expect(withSharedFiles(none)).toBe(none);
  });

  test('of two projects are not shared, though their paths there are equal', () => {
    const [blog, shop] = ['/blog', '/shop'].map((project) =>
      viewOf('docs', { project, changedFiles: ['src/a.ts'] }),
    );
    const other = viewOf('tidy', { project: '/shop', changedFiles: ['src/a.ts'] });
    expect(
      withSharedFiles([blog!, shop!, other]).map(({ sharedFile }) => sharedFile?.task ?? null),
    ).toEqual([null, 'tidy', 'docs']);
  });
});
