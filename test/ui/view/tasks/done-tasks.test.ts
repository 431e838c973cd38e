import { describe, expect, test } from 'vitest';
import { keysWorld } from '../../../helpers/pressed-keys.ts';
import { screenRows } from '../../../../source/ui/screen.ts';
import { linearLines } from '../../../../source/ui/linear-lines.ts';
import type { TaskView } from '../../../../source/core/task/board.ts';
import { board, drawn, screen, state, task } from '../../sample.ts';

const doneTask = (name: string): TaskView =>
  task(name, { state: state('done'), done: 4, total: 4 });
const running = task('shop', { state: state('running'), done: 1, total: 2, run: 'r1' });
const many = Array.from({ length: 13 }, (_, index) => doneTask(`done-${index + 10}`));

function open(tasks: readonly TaskView[], selected = 'shop') {
  const world = keysWorld(tasks, { selected });
  const state = (size: '80×24' | '120×40' = '80×24') => ({
    ...screen(size),
    ...world.store.scene(),
    size: screen(size).size,
    log: null,
    view: world.store.view(),
  });
  const rows = (size?: '80×24' | '120×40'): string => drawn(screenRows(state(size)));
  return { ...world, state, rows };
}

describe('done tasks', () => {
  test('are one line, and b shows them', () => {
    const { press, rows } = open([running, ...many]);
    for (const size of ['80×24', '120×40'] as const) {
      expect(rows(size)).toMatch(/▸ ⠋ shop[^]*✓ 13 done {2}b shows them/);
      expect(rows(size)).not.toContain('done-10');
    }
    press('b');
    expect(rows('120×40')).toContain('✓ done-22');
    expect(rows('120×40')).not.toContain('shows them');
    press('b');
    expect(rows()).toContain('13 done  b shows them');
  });

  test('have no bar', () => {
    const { press, rows } = open([running, ...many]);
    press('b');
    const row = rows('120×40')
      .split('\n')
      .find((line) => line.includes('done-10'));
    expect(row).toMatch(/✓ done-10 +4\/4 /);
  });

  test('are shown if nothing else is there, and one is not folded: its line would be as long', () => {
    expect(open(many, 'done-10').rows('120×40')).toContain('✓ done-22');
    expect(open([running, doneTask('docs')]).rows()).toContain('✓ docs');
  });

  test('are folded by b even then', () => {
    const { press, rows } = open([running, doneTask('docs')]);
    press('b');
    expect(rows()).toMatch(/✓ 1 done {2}b shows them/);
  });

  test('stay while they are selected, and fold when the selection moves on', () => {
    const { press, rows, store } = open([running, ...many]);
    press('b', 'j', 'b');
    expect(rows()).toMatch(/▸ ✓ done-10[^]*✓ 12 done/);
    press('k');
    expect(store.view()).toMatchObject({ selected: 'shop', selectedIndex: 0 });
    expect(rows()).toMatch(/▸ ⠋ shop[^]*✓ 13 done/);
  });

  test('are found by name and by the filter', () => {
    const { press, rows } = open([running, ...many]);
    press('/', ...'done-15', 'return');
    expect(rows()).toContain('✓ done-15');
  });

  test('one that was done just now stays where it is while keys are pressed', () => {
    const { press, store } = open([running, task('docs', { state: state('running') }), ...many]);
    press('j');
    const tasks = [{ ...running, state: state('done') }, task('docs'), ...many];
    store.setScene({ ...store.scene(), board: board({ tasks }), now: store.view().touchedAt + 1 });
    expect(store.view().order?.[1]).toBe('shop');
    expect(drawn(screenRows({ ...screen('80×24'), ...store.scene(), view: store.view() }))).toMatch(
      /✓ shop/,
    );
  });

  test('the dashboard that was opened for one shows it', () => {
    const { store } = open([running, ...many]);
    store.act({ type: 'selected', task: 'done-12' });
    expect(store.view().selected).toBe('done-12');
  });

  test('are counted for a screen reader', () => {
    expect(linearLines(open([running, ...many]).state())).toContain('13 done, folded');
  });

  test('the line for them is in view below the last task', () => {
    const waiting = Array.from({ length: 9 }, (_, index) => task(`idle-${index}`));
    const { press, rows } = open([...waiting, ...many], 'idle-0');
    press('G');
    expect(rows()).toMatch(/▸ ○ idle-8[^\n]*\n +✓ 13 done/);
  });

  test('b says so if there are none', () => {
    const { press, notice } = open([running]);
    press('b');
    expect(notice()).toBe('No task is done yet');
  });
});
