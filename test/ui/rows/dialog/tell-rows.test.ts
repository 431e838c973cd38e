import { expect, test } from 'vitest';
import { tellForm } from '../../../../source/ui/dialog/tell-form.ts';
import { tellLines } from '../../../../source/ui/rows/dialog/tell-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import type { TaskView } from '../../../../source/core/task/board.ts';
import { state, task } from '../../sample.ts';

function saidFor(view: TaskView, problem: string | null = null): string[] {
  const lines = tellLines({ ...tellForm(view), problem }, { width: 60, height: 10 });
  return lines.slice(1).map((line) => rowText(line));
}

test('the form says before what comes of it for a task that is not at work', () => {
  const running = task('shop', { state: state('running'), run: 'r1' });
  expect(saidFor(running)).toEqual(['']);
  const starting = task('shop', { state: state('starting'), run: null });
  expect(saidFor(starting)).toEqual(['']);
  const needsUser = task('shop', { state: state('needs you', { reason: 'why' }), run: 'r1' });
  expect(saidFor(needsUser)).toEqual(['It goes on with this at once.', '']);
  const paused = task('shop', { state: state('paused'), run: null });
  expect(saidFor(paused)).toEqual(['It is told when you continue it.', '']);
  const done = task('shop', { state: state('done'), run: null });
  expect(saidFor(done)).toEqual(['It is done: this becomes a step, and it goes on.', '']);
  expect(saidFor(paused, 'Write what to tell it')).toEqual(['✗ Write what to tell it', '']);
});
