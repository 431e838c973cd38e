import { beforeEach, describe, expect, test } from 'vitest';
import { emptyBoard } from '../../../source/core/task/board.ts';
import { createStore } from '../../../source/engine/tasks/store.ts';
import { createNotifier } from '../../../source/engine/notifier.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { viewOf } from '../../helpers/task-views.ts';

let clock: HandClock;

beforeEach(() => {
  clock = new HandClock();
});

describe('a notification', () => {
  const subscribed = () => {
    const notice = createNotifier(clock);
    const heard: number[] = [];
    const unsubscribe = notice.subscribe(() => heard.push(clock.now()));
    return { notice, heard, unsubscribe };
  };

  test('comes at once, twice in a row too, and then at most ten times a second', () => {
    const { notice, heard } = subscribed();
    const begun = clock.now();
    for (let ms = 0; ms < 1000; ms += 10) {
      notice.due();
      clock.turn(10);
    }
    expect(heard[0]).toBe(begun);
    expect(heard[1]).toBe(begun + 10);
    expect(heard).toHaveLength(12);
    const [, , ...later] = heard.map((at) => at - begun);
    expect(later).toEqual(later.map((_, index) => 100 * (index + 1)));
  });

  test('comes once for everything that happened meanwhile, and none is lost', () => {
    const { notice, heard } = subscribed();
    notice.due();
    notice.due();
    notice.due();
    expect(heard).toHaveLength(2);
    clock.turn(100);
    expect(heard).toHaveLength(3);
    clock.turn(10_000);
    expect(heard).toHaveLength(3);
  });

  test('comes at once after a quiet while', () => {
    const { notice, heard } = subscribed();
    notice.due();
    clock.turn(101);
    notice.due();
    expect(heard).toHaveLength(2);
  });

  test('needs no timer when nothing happens', () => {
    const { notice } = subscribed();
    notice.due();
    expect(clock.waiting).toBe(0);
  });

  test('is not delayed by a clock that is set back', () => {
    const { notice, heard } = subscribed();
    notice.due();
    notice.due();
    notice.due();
    clock.set(clock.now() - 3_600_000);
    clock.turn(100);
    expect(heard).toHaveLength(3);
    expect(clock.waiting).toBe(0);
    clock.turn(100);
    notice.due();
    expect(heard).toHaveLength(4);
  });

  test('does not reach a listener that has unsubscribed', () => {
    const { notice, heard, unsubscribe } = subscribed();
    unsubscribe();
    notice.due();
    expect(heard).toEqual([]);
  });
});

test('the store notifies listeners only when the board changed', () => {
  const store = createStore(emptyBoard('~/shop'), clock);
  let told = 0;
  store.subscribe(() => told++);
  const seen = { type: 'tasks-seen', changed: [viewOf('a')], gone: [] } as const;
  store.dispatch(seen);
  expect(store.board().tasks.map(({ name }) => name)).toEqual(['a']);
  const board = store.board();
  clock.turn(1000);
  store.dispatch({ type: 'tasks-seen', changed: [], gone: [] });
  store.dispatch({ type: 'problem', sentence: null });
  expect([told, store.board()]).toEqual([1, board]);
});
