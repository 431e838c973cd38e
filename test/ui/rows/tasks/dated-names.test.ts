import { expect, test } from 'vitest';
import { taskRows } from '../../../../source/ui/rows/tasks/task-rows.ts';
import type { TaskForm } from '../../../../source/ui/rows/tasks/task-pane.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { now, task } from '../../sample.ts';

const dated = task('task-20260129-140305', { goal: '建一个商店的网站', total: 3, done: 1 });

const firstRow = (form: TaskForm, width: number, one = dated): string => {
  const pane = { tasks: [one], selected: null, top: 0, form, width, height: 2, now };
  const [row] = taskRows({ ...pane, animationFrame: 0 });
  return row === undefined ? '' : rowText(row);
};

test.each<[TaskForm, number, string]>([
  ['wide', 110, 'task-20260129-140305 建一个商店的网站 '],
  ['wide', 54, 'task-…05 建一个商店… '],
  ['narrow', 150, 'task-20260129-140305 建一个商店的网站 '],
  ['narrow', 100, 'task-…05 建一个商店的… '],
  ['compact', 30, 'task-20…305 '],
])(
  '%s, %i cells: the goal stands beside the name, as far as there is room',
  (form, width, shown) => {
    expect(firstRow(form, width)).toContain(` ${shown}`);
  },
);

test('a short goal leaves more of the name', () => {
  expect(firstRow('wide', 52, { ...dated, goal: '🛒 🎉' })).toMatch(/ task-\d+…\d+ 🛒 🎉 /);
});
