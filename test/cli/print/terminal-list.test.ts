import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listedTask, taskLine } from '../../../source/cli/print/list-lines.ts';
import { terminalLines } from '../../../source/cli/print/terminal-list.ts';
import type { TaskView } from '../../../source/core/task/board.ts';
import { viewOf } from '../../helpers/task-views.ts';

const threadId = '550e8400-e29b-41d4-a716-446655440000';
const colourless = { NO_COLOR: '1', LANG: 'C.UTF-8', XDG_CONFIG_HOME: '/nowhere' };
const coloured = { TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_CONFIG_HOME: '/nowhere' };

const done = viewOf('build-rest-api-todo', {
  done: 25,
  total: 25,
  threadId,
  state: { word: 'done', reason: null, until: null },
});
const failed = viewOf('docs', {
  state: { word: 'failed', reason: 'The disk is full', until: null },
});
const open = viewOf('shop', { sandbox: 'danger-full-access' });

const linesOf = (
  tasks: readonly TaskView[],
  environment: Readonly<Record<string, string>>,
  width = 120,
): string[] =>
  terminalLines(
    tasks.map((task) => listedTask(task, 0)),
    environment,
    width,
  );

describe('on a terminal the list', () => {
  test('is in columns', () => {
    expect(linesOf([done, failed, open], colourless)).toEqual([
      '  ✓ build-rest-api-todo (25/25 - 100% complete) [session: 550e8400...]',
      '  ○ docs                (1/3 - 33%)                                    · failed (The disk is full)',
      '  ○ shop                (1/3 - 33%)                                    · full access',
    ]);
    expect(linesOf([failed, open], colourless)).toEqual([
      '  ○ docs (1/3 - 33%) · failed (The disk is full)',
      '  ○ shop (1/3 - 33%) · full access',
    ]);
  });

  test('has no columns where they do not fit', () => {
    expect(linesOf([done, failed], colourless, 60)).toEqual([
      taskLine(done, 0),
      taskLine(failed, 0),
    ]);
  });

  test('has the colours of the dashboard, and each line ends without one', () => {
    const lines = linesOf([done, failed, open], coloured);
    expect(lines[0]).toContain('\u001B[32m  ✓\u001B[');
    expect(lines[1]).toContain('\u001B[31mfailed (The disk is full)\u001B[');
    expect(lines[2]).toContain('\u001B[31mfull access\u001B[');
    for (const line of lines) {
      const codes = [...line.matchAll(/\u001B\[([\d;]*)m/gu)].map(([, code]) => code);
      expect(['', '0', '39', '22']).toContain(codes.at(-1));
    }
  });

  test('a name that is too long for its column moves no other line', () => {
    const long = viewOf('x'.repeat(60));
    expect(linesOf([long, open], colourless)[1]).toBe('  ○ shop (1/3 - 33%) · full access');
  });

  test('says, without its colours and columns, what it says in a pipe', () => {
    const word = fc.constantFrom('idle', 'running', 'paused', 'needs you', 'failed', 'stopped');
    const task = fc.record({
      name: fc.stringMatching(/^[a-z]{1,50}$/),
      done: fc.nat(3),
      threadId: fc.constantFrom(null, threadId),
      hasList: fc.boolean(),
      unproven: fc.nat(2),
      goal: fc.constantFrom(null, 'Sell 魚 and more'),
      word,
    });
    fc.assert(
      fc.property(fc.array(task), fc.integer({ min: 20, max: 200 }), (given, width) => {
        const tasks = given.map(({ name, word: state, ...more }) =>
          viewOf(name, { ...more, state: { word: state, reason: null, until: null } }),
        );
        const plain = linesOf(tasks, coloured, width).map((line) =>
          line.replaceAll(/\u001B\[[\d;]*m/gu, '').replaceAll(/ +/gu, ' '),
        );
        expect(plain).toEqual(tasks.map((one) => taskLine(one, 0).replaceAll(/ +/gu, ' ')));
      }),
    );
  });
});
