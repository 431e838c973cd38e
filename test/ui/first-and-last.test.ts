// What a task and a dashboard say at their beginning and when nothing is left to do.

import { expect, test } from 'vitest';
import type { TaskView } from '../../source/core/task/board.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { board, screen, state, task } from './sample.ts';

function shown(size: Parameters<typeof screen>[0], tasks: readonly TaskView[]): string {
  const before = { ...screen(size), board: board({ tasks }), view: initialView(), log: null };
  const view = reduceView(before.view, { type: 'scene-changed' }, before);
  return screenRows({ ...before, view })
    .map(rowText)
    .join('\n');
}

test('a task whose first session runs is planning, and one that never ran has no list', () => {
  const running = task('shop', { state: state('running') });
  expect(shown('80×24', [running])).toMatch(/shop +planning/);
  expect(shown('40×10', [running])).toMatch(/shop +planning/);
  expect(shown('80×24', [task('shop', { state: state('no list') })])).toMatch(
    /shop +no task list yet/,
  );
});

test('when all tasks are done it is said, with what one can do', () => {
  const done = task('shop', { state: state('done'), done: 3, total: 3 });
  const words = 'All tasks are done: describe another goal, or leave';
  expect(shown('80×24', [done])).toContain(words);
  expect(shown('80×24', [done, task('docs', { state: state('paused'), total: 2 })])).not.toContain(
    words,
  );
});
