import { expect, test } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../source/screen/view-store.ts';
import { resortsAfterMs } from '../../source/ui/view/tasks/task-order.ts';
import type { Scene } from '../../source/ui/view/panes.ts';
import { board, now, screen, state, task } from '../ui/sample.ts';

const own = { commands, mouse: 'on' } as const;
const tasks = [task('docs'), task('shop')];
const scene: Scene = { ...screen('120×30'), board: board({ tasks }), log: null, now };

function opened() {
  const store = createViewStore({ selected: null, own, scene });
  store.setScene({ ...scene });
  return store;
}

test('the first scene is settled, though nothing in it has changed', () => {
  expect(opened().view().selected).toBe('docs');
});

test('while only time passes, the view is the same, and the scene has the time', () => {
  const store = opened();
  const before = store.view();
  store.setScene({ ...scene, now: now + 120, animationFrame: scene.animationFrame + 1 });
  expect(store.view()).toBe(before);
  expect(store.scene().now).toBe(now + 120);
});

test('a notice goes when its time is over, though the data is the same', () => {
  const store = opened();
  store.act({ type: 'noticed', notice: { text: 'Copied', tone: 'plain', until: now + 500 } });
  store.setScene({ ...scene, now: now + 499 });
  expect(store.view().notice).not.toBeNull();
  store.setScene({ ...scene, now: now + 500 });
  expect(store.view().notice).toBeNull();
});

test('tasks are sorted again when the user has not typed for some time, though the data is the same', () => {
  const store = opened();
  store.act({ type: 'touched', at: now });
  const done = [task('docs', { state: state('done') }), task('shop')];
  const changed = { ...scene, board: board({ tasks: done }) };
  store.setScene({ ...changed, now: now + 100 });
  expect(store.view().order).toEqual(['docs', 'shop']);
  store.setScene({ ...changed, now: now + resortsAfterMs });
  expect(store.view().order).toEqual(['shop', 'docs']);
});
