// What the demo does by itself, and what it says about it.

import { beforeEach, expect, test } from 'vitest';
import { emptyBoard, type TaskView } from '../../source/core/task/board.ts';
import { directDemo } from '../../source/demo/demo-director.ts';
import { showDemoHints } from '../../source/demo/demo-hints.ts';
import { createStore } from '../../source/engine/tasks/store.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { statusRows } from '../../source/ui/rows/status-rows.ts';
import { HandClock } from '../helpers/hand-clock.ts';
import { state, task } from '../ui/sample.ts';

const running = { state: state('running'), total: 10 };
let clock: HandClock;
beforeEach(() => {
  clock = new HandClock();
});

/** The demo on a screen, its tasks as they are told to be, and what its status row says. */
function demo() {
  const store = createStore(emptyBoard('demo, scripted model'), clock);
  const hints = showDemoHints(store, clock);
  const pressed: string[] = [];
  const press = (key: string) => (one: TaskView) => {
    pressed.push(`${key} ${one.name}`);
    return Promise.resolve({ ok: true } as const);
  };
  const director = directDemo(
    {
      store,
      pause: press('p'),
      resumeLast: press('r'),
      later: (callBack) => void clock.wakeAt(clock.now() + 2500, callBack),
      ...hints,
    },
    { task: 'shop', atStep: 4 },
  );
  return {
    pressed,
    see: (...changed: TaskView[]) => {
      store.dispatch({ type: 'tasks-seen', changed, gone: [] });
      clock.turn(200);
    },
    says: () =>
      statusRows(
        {
          board: store.board(),
          task: null,
          notice: null,
          width: 80,
          now: clock.now(),
          says: 'next step',
        },
        1,
      )
        .map(rowText)
        .join('')
        .trim(),
    close: () => {
      director.close();
      hints.close();
    },
  };
}

test('the screen says that it is a demo, what the demo presses by itself, and at the end what to press', () => {
  const { see, says, pressed, close } = demo();
  see(task('shop', running), task('guide', running));
  expect(says()).toBe('Demo: the real Codex, a scripted model. n new task · q quit');
  see(task('shop', { ...running, done: 4 }));
  expect(says()).toBe('The demo presses p by itself, to pause shop.');
  see(task('shop', { ...running, done: 4, state: state('paused') }));
  clock.turn(3000);
  expect(says()).toBe('The demo presses r by itself, to resume shop.');
  expect(pressed).toEqual(['p shop', 'r shop']);
  see(task('shop', { ...running, done: 5 }));
  clock.turn(12_000);
  expect(says()).toBe('');
  see(task('shop', { state: state('done') }), task('guide', { state: state('done') }));
  clock.turn(60_000);
  expect(says()).toBe('The demo is over. Look around · n new task · q quit');
  see(task('mine', running));
  expect(says()).not.toContain('over');
  close();
});

test('a demo that is left waits for nothing', () => {
  const { close } = demo();
  close();
  expect(clock.waiting).toBe(0);
});
