// What a task and the dashboard show at the beginning, and when everything is done.

import { expect, test } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import type { TaskView } from '../../source/core/task/board.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { board, screen, state, task } from './sample.ts';

function shown(size: Parameters<typeof screen>[0], tasks: readonly TaskView[]): string {
  const before = {
    ...screen(size),
    board: board({ tasks }),
    view: initialView({ commands }),
    log: null,
  };
  const view = reduceView(before.view, { type: 'scene-changed' }, before);
  return screenRows({ ...before, view })
    .map(rowText)
    .join('\n');
}

test('a task is planning during its first session, and not planned before it', () => {
  const running = task('shop', { state: state('running') });
  expect(shown('80×24', [running])).toMatch(/shop +planning/);
  expect(shown('40×10', [running])).toMatch(/shop +planning/);
  expect(shown('80×24', [task('shop', { state: state('no list') })])).toMatch(
    /shop +not planned yet/,
  );
});

test('when all tasks are done, the status says so, and what the user can do', () => {
  const done = task('shop', { state: state('done'), done: 3, total: 3 });
  const words = 'All tasks done. n new task · q quit';
  expect(shown('80×24', [done])).toContain(words);
  expect(shown('80×24', [done, task('docs', { state: state('paused'), total: 2 })])).not.toContain(
    words,
  );
});

test('a plan that waits for a look says which keys show it and go on, in the footer, too', () => {
  const waiting = task('shop', {
    ...{ state: state('needs you', { reason: 'look at the plan' }), run: 'r1' },
    ...{ done: 0, total: 4, threadId: 't' },
  });
  const drawing = shown('80×24', [waiting]);
  expect(drawing).toContain('needs you: look at the plan; s shows it, c goes on');
  expect(drawing.split('\n').at(-1)).toMatch(/^ c continue {2}s steps {2}p pause/);
});
