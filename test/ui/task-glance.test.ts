import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../source/core/task/board.ts';
import { asciiRow } from '../../source/ui/look/glyphs.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { taskRows } from '../../source/ui/rows/tasks/task-rows.ts';
import type { TaskForm } from '../../source/ui/rows/tasks/task-pane.ts';
import { now, state, task } from './sample.ts';

const running = (name: string, more: Partial<TaskView> = {}): TaskView =>
  task(name, {
    state: state('running'),
    done: 2,
    total: 5,
    session: { number: 4, role: 'executor', startedAt: now - 192_000, endedAt: null },
    ...more,
  });

function rows(tasks: readonly TaskView[], form: TaskForm, width: number) {
  return taskRows({
    tasks,
    selected: null,
    top: 0,
    form,
    width,
    height: 4,
    now,
    animationFrame: 0,
  });
}

const lines = (...pane: Parameters<typeof rows>): string[] =>
  rows(...pane).map((row) => rowText(row).trimEnd());

describe('the activity of a task', () => {
  const tasks = [running('docs', { activity: [0, 0, 1, 3, 12, 30, 60, 9, 2, 0] })];

  test('is below its bar, one cell per minute, the newest at the right', () => {
    expect(lines(tasks, 'wide', 64).slice(0, 2)).toEqual([
      '   ⠋ docs                             ████          2/5   40%',
      '     running · session 4 · working · 3m 12s          ▁▁▂▃▄▆▇▄▃▁',
    ]);
  });

  test('makes room for the words', () => {
    expect(lines(tasks, 'wide', 53)[1]).toBe(
      '     running · session 4 · working · 3m 12s  ▃▄▆▇▄▃▁',
    );
    expect(lines(tasks, 'wide', 47)[1]).toBe('     running · session 4 · working · 3m 12s');
  });

  test('can be drawn in ASCII', () => {
    const [, second = []] = rows(tasks, 'wide', 64);
    expect(rowText(asciiRow(second)).trim()).toMatch(/3m 12s +__\.,-\*#-,_$/u);
  });

  test('is not shown before there are three minutes', () => {
    const young = [running('docs', { activity: [3, 4] })];
    expect(lines(young, 'wide', 64)[1]).toBe('     running · session 4 · working · 3m 12s');
  });
});

describe('a file that two tasks changed', () => {
  const sharedFile = { path: 'src/pages/todo-list.tsx', task: 'tidy-css' };
  const tasks = [running('docs', { sharedFile })];

  test.each([
    ['wide', 64, '     src/pages/todo-list.tsx also changed by tidy-css  running'],
    ['wide', 44, '     …o-list.tsx also changed by tidy-css'],
    ['compact', 40, '   …list.tsx also changed by tidy-css'],
  ] as const)('is named below the bar: %s, %i columns', (form, width, expected) => {
    expect(lines(tasks, form, width)[1]).toBe(expected);
  });

  test('is named beside the bar if there is only one row', () => {
    expect(lines(tasks, 'narrow', 100)[0]).toContain(
      'src/pages/todo-list.tsx also changed by tidy-css',
    );
  });
});

test('a task with a worktree says how far its branch is ahead, where there is room for it', () => {
  const branch = { name: 'autonomous/docs', from: 'main', path: '/worktrees/docs', ahead: 3 };
  const tasks = [running('docs', { branch })];
  expect(lines(tasks, 'wide', 64)[1]).toBe(
    '     running · session 4 · working · 3m 12s · branch +3',
  );
  expect(lines(tasks, 'wide', 47)[1]).toBe('     running · session 4 · working · 3m 12s');
  const [, fresh] = lines([running('docs', { branch: { ...branch, ahead: 0 } })], 'wide', 64);
  expect(fresh).toMatch(/3m 12s · branch$/u);
});
