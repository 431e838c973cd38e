import { describe, expect, test } from 'vitest';
import { emptyBoard, reduceBoard } from '../../../source/core/task/board.ts';
import { viewOf } from '../../helpers/task-views.ts';

const seen = (...names: string[]) => ({
  type: 'tasks-seen' as const,
  changed: names.map((name) => viewOf(name)),
  gone: [] as string[],
});

describe('the board', () => {
  test('is not looked before the first look and is after it, even without tasks', () => {
    const board = emptyBoard('~/shop');
    expect(board).toEqual({
      project: '~/shop',
      tasks: [],
      problem: null,
      hint: null,
      looked: false,
    });
    expect(reduceBoard(board, seen())).toEqual({ ...board, looked: true });
  });

  test('sorts its tasks by name, in code-unit order', () => {
    const board = reduceBoard(emptyBoard(''), seen('b', 'a10', 'Z', 'a2', 'ä'));
    expect(board.tasks.map(({ name }) => name)).toEqual(['Z', 'a10', 'a2', 'b', 'ä']);
  });

  test('replaces changed tasks and keeps the others as they are', () => {
    const before = reduceBoard(emptyBoard(''), seen('a', 'b'));
    const changed = [viewOf('b', { done: 2 })];
    const after = reduceBoard(before, { type: 'tasks-seen', changed, gone: [] });
    expect(after.tasks[0]).toBe(before.tasks[0]);
    expect(after.tasks[1]).toBe(changed[0]);
  });

  test('forgets a task that is gone and keeps one that came back', () => {
    const before = reduceBoard(emptyBoard(''), seen('a', 'b'));
    const after = reduceBoard(before, { ...seen('b'), gone: ['a', 'b', 'never there'] });
    expect(after.tasks.map(({ name }) => name)).toEqual(['b']);
  });

  test('keeps tasks of the same name in two projects apart', () => {
    const [blog, shop] = ['/blog', '/shop'].map((project) => viewOf('docs', { project }));
    const changed = [shop!, blog!];
    const before = reduceBoard(emptyBoard(''), { type: 'tasks-seen', changed, gone: [] });
    expect(before.tasks).toEqual([blog, shop]);
    const done = { ...blog!, done: 3 };
    const gone = ['/shop/docs'];
    const after = reduceBoard(before, { type: 'tasks-seen', changed: [done], gone });
    expect(after.tasks).toEqual([done]);
  });

  test('is the same object when nothing changed', () => {
    const board = reduceBoard(emptyBoard(''), seen('a'));
    expect(reduceBoard(board, seen())).toBe(board);
    expect(reduceBoard(board, { type: 'problem', sentence: null })).toBe(board);
  });

  test('holds one problem until it is cleared', () => {
    const board = emptyBoard('');
    const troubled = reduceBoard(board, { type: 'problem', sentence: 'EACCES' });
    expect(troubled.problem).toBe('EACCES');
    expect(reduceBoard(troubled, { type: 'problem', sentence: null }).problem).toBeNull();
  });

  test('treats a task named like an inherited property as any other', () => {
    const board = reduceBoard(emptyBoard(''), seen('constructor', '__proto__'));
    expect(board.tasks.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});
