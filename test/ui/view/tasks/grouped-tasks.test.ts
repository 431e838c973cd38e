import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../../../source/core/task/board.ts';
import type { ProjectView } from '../../../../source/core/task/project-view.ts';
import { keyOf, placeOf } from '../../../../source/core/task/task-key.ts';
import { taskRows } from '../../../../source/ui/rows/tasks/task-rows.ts';
import { topInView } from '../../../../source/ui/rows/tasks/task-window.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { linearLines } from '../../../../source/ui/linear-lines.ts';
import { screenRows } from '../../../../source/ui/screen.ts';
import { pointed } from '../../../../source/ui/view/pointer.ts';
import { keysWorld } from '../../../helpers/pressed-keys.ts';
import { drawn, now, screen, state, task } from '../../sample.ts';

const shop = { project: '/home/ann/shop', label: '~/shop', problem: null };
const blog = { project: '/home/ann/blog', label: '~/blog', problem: null };
const old = { project: '/home/ann/old', label: '~/old', problem: 'not there: deleted' };
const projects: readonly ProjectView[] = [shop, blog, old];

const of = ({ project }: ProjectView, name: string, changes: Partial<TaskView> = {}): TaskView =>
  task(name, { project, total: 4, done: 1, ...changes });
const running = { state: state('running'), run: 'r1', sandbox: 'workspace-write' } as const;
const twins = [of(blog, 'docs', running), of(blog, 'theme'), of(shop, 'docs', running)];

function open(tasks: readonly TaskView[] = twins) {
  const world = keysWorld(tasks, { projects, selected: '/home/ann/shop/docs' });
  const now = (size: '80×24' | '120×40') => ({
    ...screen(size),
    ...world.store.scene(),
    size: screen(size).size,
    log: null,
    details: null,
    view: world.store.view(),
  });
  const rows = (size: '80×24' | '120×40' = '80×24'): string => drawn(screenRows(now(size)));
  return { ...world, rows, now };
}

describe('the tasks of several projects', () => {
  test('stand below their project, and a project that is gone is one row', () => {
    const { rows } = open();
    for (const size of ['80×24', '120×40'] as const) {
      expect(rows(size)).toMatch(
        / ~\/shop\s[^]*▸ . docs [^]*~\/blog\s[^]* . docs [^]* ○ theme [^]* ~\/old {2}not there/,
      );
    }
  });

  test('are named even if there is one task, and three rows for it', () => {
    const { rows } = open([of(shop, 'docs')]);
    expect(rows()).toMatch(/─ Tasks[^]* ~\/shop\s[^]*▸ . docs [^]* ~\/old {2}not there/);
  });

  test('of the same name are two: keys go to the selected one', () => {
    const { press, calls, store } = open();
    press('p');
    press('j');
    expect(store.view().selected).toBe('/home/ann/blog/docs');
    press('p', 'P');
    expect(calls).toEqual([
      'pause /home/ann/shop/docs',
      'pause /home/ann/blog/docs',
      'pause after session /home/ann/blog/docs',
    ]);
  });

  test('are marked one by one, whatever they are called', () => {
    const { press, calls } = open();
    press(' ', 'p');
    expect(calls).toEqual(['pause /home/ann/shop/docs']);
  });

  test('what was typed for a new task of one project is not there for another, and stays', () => {
    const { press, dialog } = open();
    press('n', ...'Tidy', 'escape', 'j', 'n');
    const empty = { project: blog, description: { text: '' } };
    expect(dialog()).toMatchObject({ form: empty });
    press('escape', 'k', 'n');
    expect(dialog()).toMatchObject({ form: { project: shop, description: { text: 'Tidy' } } });
  });

  test('a task that needs you comes first in its project, and the projects stay', () => {
    const needing = of(blog, 'zoo', { state: state('needs you', { reason: 'log in' }) });
    const { rows } = open([...twins, needing]);
    expect(rows()).toMatch(/~\/shop\s[^]*docs [^]*~\/blog\s[^]*! zoo [^]* . docs/);
  });

  test('that are done are folded in every project', () => {
    const done = { state: state('done'), done: 4 };
    const tasks = [...twins, of(shop, 'a', done), of(shop, 'b', done), of(blog, 'c', done)];
    const { rows, press } = open(tasks);
    expect(rows('120×40')).toContain('✓ 3 done  b shows them');
    press('b');
    expect(rows('120×40')).toMatch(/~\/shop\s[^]*✓ a [^]*✓ b [^]*~\/blog\s[^]*✓ c /);
  });

  test('a new one is of the project of the selected one, where its name may be free', () => {
    const { press, calls, rows } = open();
    press('j', 'n', ...'fix');
    expect(rows()).toMatch(/Project {8}~\/blog/);
    press('return');
    expect(calls).toEqual(['start /home/ann/blog/fix']);
    const beside = open();
    beside.press('n', ...'theme', 'return');
    expect(beside.calls).toEqual(['start /home/ann/shop/theme']);
  });

  test('are named with their project where they stand alone', () => {
    const { press, rows, now } = open();
    expect(rows('120×40')).toMatch(/─ docs · ~\/shop ─/);
    expect(linearLines(now('120×40'))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Selected: docs \(~\/shop\), running/),
        expect.stringMatching(/^docs \(~\/blog\), running/),
        '~/old: not there: deleted',
      ]),
    );
    press('Q');
    expect(rows()).toMatch(/docs \(~\/blog\) · running[^]*docs \(~\/shop\) · running/);
  });

  test('without any task, the projects that are gone are still named', () => {
    expect(open([]).rows()).toContain('~/old  not there: deleted');
  });
});

describe('the window of tasks of several projects', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'), { minLength: 1 });
  const some = fc.tuple(names, names, fc.integer({ min: 0, max: 4 })).map(([one, other, gone]) => ({
    tasks: [...one.map((name) => of(shop, name, running)), ...other.map((name) => of(blog, name))],
    projects: [shop, blog, ...Array.from({ length: gone }, () => old)],
  }));
  const box = fc.record({
    height: fc.integer({ min: 2, max: 20 }),
    top: fc.nat(30),
    form: fc.constantFrom('wide', 'narrow', 'compact'),
    at: fc.nat(40),
  });

  test('always has the selected one in it, below the name of its project', () => {
    fc.assert(
      fc.property(some, box, (shown, { height, top, form, at }) => {
        const chosen = shown.tasks[at % shown.tasks.length]!;
        const pane = { ...shown, selected: keyOf(chosen), form, width: 60, height, now };
        const scrolled = topInView({ ...pane, top, animationFrame: 0 });
        const rows = taskRows({ ...pane, top: scrolled, animationFrame: 0 }).map(rowText);
        const line = rows.findIndex((row) => row.includes('▸'));
        expect(rows).toHaveLength(height);
        expect(line).toBeGreaterThan(-1);
        if (height < 4) return;
        const heading = rows.slice(0, line).findLast((row) => row.startsWith(' ~/'));
        expect(heading?.trim()).toBe(chosen.project === shop.project ? '~/shop' : '~/blog');
      }),
    );
  });

  test('has the task under the pointer that is drawn there', () => {
    const { now: stateNow, store } = open();
    const state = stateNow('120×40');
    const rows = drawn(screenRows(state)).split('\n');
    for (const [y, row] of rows.entries()) {
      const actions = pointed(store.view(), { kind: 'click', x: 3, y }, state);
      const selected = actions.flatMap((one) =>
        one.type === 'selected' ? [placeOf(one.task).name] : [],
      );
      if (row.startsWith(' ~/')) expect(selected).toEqual([]);
      const name = /^ .. [⠋○‖] (docs|theme)/u.exec(row)?.[1];
      if (name !== undefined) expect(selected).toEqual([name]);
    }
  });
});
