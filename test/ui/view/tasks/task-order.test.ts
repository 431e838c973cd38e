import { describe, expect, test } from 'vitest';
import { noUsage } from '../../../../source/core/codex/usage.ts';
import { commands } from '../../../../source/screen/commands/command-table.ts';
import type { TaskView } from '../../../../source/core/task/board.ts';
import type { StateWord } from '../../../../source/core/task/state.ts';
import type { Scene } from '../../../../source/ui/view/panes.ts';
import { screenRows } from '../../../../source/ui/screen.ts';
import { resortsAfterMs, sortedKeys } from '../../../../source/ui/view/tasks/task-order.ts';
import { reduceView } from '../../../../source/ui/view/reducer.ts';
import { initialView, type View } from '../../../../source/ui/view/state.ts';
import { board, drawn, now, screen, state, task } from '../../sample.ts';

const tasksIn = (words: Readonly<Record<string, StateWord>>): TaskView[] =>
  Object.entries(words).map(([name, word]) => task(name, { state: state(word) }));

test('tasks that need you come first, then running, waiting, paused, idle and done; by name within each', () => {
  const tasks = tasksIn({
    a: 'done',
    b: 'idle',
    c: 'paused',
    d: 'waiting',
    e: 'running',
    f: 'needs you',
    g: 'pausing',
    h: 'running',
  });
  expect(sortedKeys(tasks)).toEqual(['f', 'e', 'g', 'h', 'd', 'c', 'b', 'a']);
});

test.each([
  ['state', ['wait', 'b', 'a', 'over']],
  ['name', ['a', 'b', 'wait', 'over']],
  ['age', ['a', 'wait', 'b', 'over']],
  ['tokens', ['b', 'wait', 'a', 'over']],
] as const)('sorted by %s, with done tasks last', (sorting, names) => {
  const cost = (inputTokens: number) => ({ ...noUsage, inputTokens });
  const tasks = [
    task('a', { state: state('idle'), lastWorkedAt: 30 }),
    task('b', { state: state('paused'), lastWorkedAt: null, usage: cost(20) }),
    task('over', { state: state('done'), lastWorkedAt: 40, usage: cost(30) }),
    task('wait', { state: state('waiting'), lastWorkedAt: 20, usage: cost(10) }),
  ];
  expect(sortedKeys(tasks, sorting)).toEqual(names);
});

test('a key that switches says what it switches through, and sorts at once', () => {
  const tasks = tasksIn({ a: 'paused', b: 'running', c: 'running' });
  const scene: Scene = { ...screen('120×30'), board: board({ tasks }), now };
  const opened = reduceView(initialView({ commands }), { type: 'scene-changed' }, scene);
  const touched = reduceView(opened, { type: 'touched', at: now }, scene);
  const byName = reduceView(touched, { type: 'sorting-changed' }, scene);
  expect(byName.order).toEqual(['a', 'b', 'c']);
  expect(byName.notice?.text).toBe('Sorted by: state · [name] · age · tokens');
  const running = reduceView(touched, { type: 'group-changed' }, scene);
  expect(running.notice?.text).toBe('Filter: all · [running 2] · paused 1');
});

describe('when a task begins to need you', () => {
  const before = tasksIn({ alpha: 'running', beta: 'running' });
  const after = tasksIn({ alpha: 'running', beta: 'needs you' });

  function sceneOf(tasks: readonly TaskView[], at: number): Scene {
    return { ...screen('120×30'), board: board({ tasks }), now: at };
  }

  function looked(view: View, scene: Scene): View {
    return reduceView(view, { type: 'scene-changed' }, scene);
  }

  /** A key was pressed just now. */
  const opened = looked(initialView({ commands }), sceneOf(before, now - 60_000));
  const touched = reduceView(opened, { type: 'touched', at: now }, sceneOf(before, now));
  const pressed = reduceView(touched, { type: 'moved', move: 'down' }, sceneOf(before, now));

  const rowsOf = (view: View, scene: Scene): string =>
    drawn(screenRows({ ...screen('120×30'), ...scene, view }));

  test('its row is first at once, though keys are pressed, and the selection moves with it', () => {
    const scene = sceneOf(after, now + 1);
    const view = looked(pressed, scene);
    expect(view.order).toEqual(['beta', 'alpha']);
    expect(view).toMatchObject({ selected: 'beta', selectedIndex: 0 });
    expect(rowsOf(view, scene).split('\n')[0]).toContain('1 needs you');
  });

  test('a new one is first at once, too', () => {
    const begun = [...before, ...tasksIn({ gamma: 'needs you' })];
    expect(looked(pressed, sceneOf(begun, now + 1)).order?.[0]).toBe('gamma');
  });

  test('no other row moves until five seconds have passed without a key', () => {
    const others = tasksIn({ alpha: 'paused', beta: 'running' });
    expect(looked(pressed, sceneOf(others, now + resortsAfterMs - 1)).order).toEqual([
      'alpha',
      'beta',
    ]);
    expect(looked(pressed, sceneOf(others, now + resortsAfterMs)).order).toEqual(['beta', 'alpha']);
  });

  test('its row is first in a dashboard that is opened then', () => {
    expect(looked(initialView({ commands }), sceneOf(after, now)).order).toEqual(['beta', 'alpha']);
  });
});
