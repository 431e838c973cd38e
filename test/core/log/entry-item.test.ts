import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import {
  bodiesOf,
  entriesOf,
  commandCompleted,
  commandStarted,
  ended,
  message,
  otherThread,
  started,
  threadStarted,
  turnCompleted,
  turnFailed,
} from '../../helpers/log-lines.ts';

describe('items', () => {
  test('a command’s start and end are one entry that keeps its key, position and start', () => {
    const entries = entriesOf([commandStarted('item_1'), message('between')]);
    const before = entries.list();
    entries.push(readLogLine(JSON.stringify(commandCompleted('item_1'))), {
      offset: 200,
      at: 2000,
    });
    const after = entries.list();

    expect(after).toHaveLength(2);
    expect(after[0]).toMatchObject({
      key: before[0]?.key,
      offset: 0,
      startedAt: 0,
      endedAt: 2000,
      body: { kind: 'command', command: 'ls', output: 'a\n', exitCode: 0, status: 'completed' },
    });
    expect(after[0]?.version).toBeGreaterThan(before[0]?.version ?? Infinity);
    expect(after[1]).toBe(before[1]);
    expect(before[0]?.body).toMatchObject({ status: 'in progress' });
  });

  test('the same id in another session is another entry', () => {
    const lines = [1, 2].flatMap((session) => [
      started(session),
      commandStarted('item_0'),
      commandCompleted('item_0'),
      ended(session),
    ]);
    const list = entriesOf(lines).list();
    expect(list.map(({ body }) => body.kind)).toEqual(['session', 'command', 'session', 'command']);
    expect(new Set(list.map(({ key }) => key)).size).toBe(4);
  });

  test('an id that is reused after its item completed is another entry', () => {
    expect(bodiesOf([message('one', 'item_0'), message('two', 'item_0')])).toMatchObject([
      { text: 'one' },
      { text: 'two' },
    ]);
  });

  test('items without an id are never merged', () => {
    expect(bodiesOf([message('one', ''), message('two', '')])).toHaveLength(2);
  });

  test('a to-do list changes in place', () => {
    const list = (type: string, completed: boolean) => ({
      type,
      item: { id: 'item_0', type: 'todo_list', items: [{ text: 'a', completed }] },
    });
    const lines = [
      list('item.started', false),
      message('working'),
      list('item.updated', true),
      list('item.completed', true),
    ];
    expect(bodiesOf(lines)).toEqual([
      { kind: 'to-dos', items: [{ text: 'a', completed: true }] },
      { kind: 'message', text: 'working' },
    ]);
  });

  test('a command’s end without details keeps those of its start', () => {
    const lines = [
      {
        id: '1',
        msg: { type: 'exec_command_begin', call_id: 'c', command: ['bash', '-lc', 'ls -la'] },
      },
      { id: '1', msg: { type: 'exec_command_end', call_id: 'c', stdout: 'a\n', exit_code: 0 } },
      {
        id: '1',
        msg: { type: 'patch_apply_begin', call_id: 'p', changes: { '/p/a': { add: {} } } },
      },
      { id: '1', msg: { type: 'patch_apply_end', call_id: 'p', success: true } },
    ];
    expect(bodiesOf(lines)).toMatchObject([
      { command: 'ls -la', output: 'a\n', exitCode: 0, status: 'completed' },
      { changes: [{ path: '/p/a', change: 'add' }], status: 'completed' },
    ]);
  });

  test('a command is shown without its shell wrapper', () => {
    expect(bodiesOf([commandStarted('item_0', `/bin/bash -lc 'npm test'`)])).toMatchObject([
      { command: 'npm test' },
    ]);
  });

  test('paths in the project become relative, others stay as they are', () => {
    const item = {
      id: 'item_0',
      type: 'file_change',
      changes: ['/p/a/b.ts', '/pa/c.ts', '/etc/d'].map((path) => ({ path, kind: 'add' })),
      status: 'completed',
    };
    for (const projectPath of ['/p', '/p/']) {
      expect(bodiesOf([{ type: 'item.completed', item }], { projectPath })).toMatchObject([
        { changes: [{ path: 'a/b.ts' }, { path: '/pa/c.ts' }, { path: '/etc/d' }] },
      ]);
    }
  });

  test.each([
    ['its turn completed', [turnCompleted(1)]],
    ['its turn failed', [turnFailed('no')]],
    ['its session ended', [ended(1)]],
    ['another session began', [started(2)]],
    ['another thread began', [threadStarted(), threadStarted(otherThread)]],
    ['its id began again', [commandStarted('item_0')]],
  ])('a command that never completed was interrupted when %s', (_, lines) => {
    const [, command] = bodiesOf([started(1), commandStarted('item_0'), ...lines]);
    expect(command).toMatchObject({ kind: 'command', status: 'failed', exitCode: null });
  });

  test('a command that completes after its turn counts with its real result', () => {
    const lines = [commandStarted('item_0'), turnCompleted(1), commandCompleted('item_0')];
    expect(bodiesOf(lines)).toMatchObject([{ status: 'completed', exitCode: 0 }]);
  });
});
