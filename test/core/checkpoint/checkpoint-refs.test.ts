import { expect, test } from 'vitest';
import {
  checkpointDirectory,
  checkpointsIn,
  nextUndoNumber,
} from '../../../source/core/checkpoint/checkpoint-refs.ts';

test('two names never share a ref, not even where case is ignored, and each is one that git takes', () => {
  const names = ['docs', 'Docs', 'docs.lock', 'docs_lock', 'docs-lock', 'd.', 'D.', 'd2e'];
  const refs = names.map((name) => checkpointDirectory('0123456789abcdef', name));
  expect(new Set(refs.map((ref) => ref.toLowerCase())).size).toBe(names.length);
  for (const ref of refs) expect(ref).toMatch(/^refs\/autonomous\/[0-9a-f]{16}\/[a-z0-9%_-]+$/);
  for (const name of ['../main', 'a b', '']) {
    expect(() => checkpointDirectory('0123456789abcdef', name)).toThrow('not a valid task name');
  }
});

test('checkpoints are by session, and other refs are none', () => {
  const directory = 'refs/autonomous/k/docs';
  const lines = ['10', '9', 'before-11', '08', '0', 'x'].map((end) => `${directory}/${end} id`);
  expect(
    checkpointsIn([...lines, 'refs/heads/main id', ''].join('\n'), directory).map(
      ({ session }) => session,
    ),
  ).toEqual([0, 9, 10]);
});

test('the next undo comes behind all that there are, and other names do not count', () => {
  const directory = 'refs/autonomous/0123456789abcdef/docs';
  const refs = ['undo-2', 'undo-10', 'undo-01', 'undo-x', '99', 'before-77'];
  const lines = refs.map((name) => `${directory}/${name} id`);
  const others = ['refs/autonomous/0123456789abcdef/other/undo-50 id', ''];
  expect(nextUndoNumber([...lines, ...others].join('\n'), directory)).toBe(11);
  expect(nextUndoNumber('', directory)).toBe(1);
});
