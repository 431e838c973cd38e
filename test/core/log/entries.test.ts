import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createEntries } from '../../../source/core/log/entries.ts';
import {
  bodiesOf,
  entriesOf,
  commandCompleted,
  commandStarted,
  ended,
  error,
  message,
  started,
  textsOf,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';
import { recordedLines, recordedScenarios, recordedVersions } from '../../helpers/recordings.ts';

describe('other lines', () => {
  test('consecutive lines of noise share an entry, blank ones are left out', () => {
    expect(bodiesOf(['one', '', 'two', message('m'), 'three'])).toMatchObject([
      { kind: 'noise', text: 'one\ntwo' },
      { kind: 'message' },
      { kind: 'noise', text: 'three' },
    ]);
  });

  test('stderr is not mixed with noise', () => {
    const stderr = (text: string) => ({ type: 'autonomous.stderr', uuid: 'u', text });
    expect(bodiesOf(['one', stderr('two'), stderr('three')])).toEqual([
      { kind: 'noise', text: 'one' },
      { kind: 'stderr', text: 'two\nthree' },
    ]);
  });

  test('the beginning of a turn and pieces of later lines are not entries', () => {
    const delta = { id: '1', msg: { type: 'agent_message_delta', delta: 'x' } };
    expect(bodiesOf([{ type: 'turn.started' }, delta])).toEqual([]);
  });

  test('an unknown event shows its type and its JSON', () => {
    expect(
      bodiesOf([
        { type: 'new', n: 1 },
        { type: 'item.completed', item: { type: 'thing' } },
      ]),
    ).toEqual([
      { kind: 'unknown', name: 'new', json: '{"type":"new","n":1}' },
      { kind: 'unknown', name: 'thing', json: '{"type":"thing"}' },
    ]);
  });
});

describe('the list', () => {
  test('is the same array until something changes', () => {
    const entries = entriesOf([message('one')]);
    const { list, version } = { list: entries.list(), version: entries.version() };
    entries.push(readLogLine('{"type":"turn.started"}'), { offset: 1, at: null });
    expect(entries.list()).toBe(list);
    expect(entries.version()).toBe(version);

    entries.push(readLogLine('noise'), { offset: 2, at: null });
    expect(entries.list()).not.toBe(list);
    expect(entries.version()).toBeGreaterThan(version);
  });

  test('is empty after clear(), and keys are never reused', () => {
    const entries = entriesOf([started(1), commandStarted('item_0')]);
    const { keys, version } = {
      keys: entries.list().map(({ key }) => key),
      version: entries.version(),
    };
    entries.clear();
    expect(entries.list()).toEqual([]);
    expect(entries.version()).toBeGreaterThan(version);

    entries.push(readLogLine(JSON.stringify(commandCompleted('item_0'))), { offset: 0, at: null });
    expect(entries.list()).toHaveLength(1);
    expect(keys).not.toContain(entries.list()[0]?.key);
  });

  test('of a recording has every command and no spinner', () => {
    for (const version of recordedVersions) {
      for (const scenario of recordedScenarios(version)) {
        const lines = recordedLines(version, scenario);
        const list = entriesOf([started(1), ...lines, ended(1)]).list();
        const begun = lines.filter((line) =>
          /item.(started|completed).*command_execution/.test(line),
        );
        const ids = new Set(begun.map((line) => /"id":"(\w+)"/.exec(line)?.[1]));
        expect(list.filter(({ body }) => body.kind === 'command')).toHaveLength(ids.size);
        expect(
          list.filter(({ body }) => 'status' in body && body.status === 'in progress'),
        ).toEqual([]);
      }
    }
  });
});

describe('whatever the log holds', () => {
  const attack = '\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\rX\u202e\0';
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(attack));
  const value = fc.oneof(
    nasty,
    fc.jsonValue(),
    fc.array(fc.record({ text: nasty, path: nasty, message: nasty })),
  );
  const item = fc.record(
    {
      id: fc.oneof(fc.constantFrom('item_0', 'item_1'), nasty),
      type: fc.oneof(
        fc.constantFrom(
          'agent_message',
          'reasoning',
          'command_execution',
          'file_change',
          'mcp_tool_call',
        ),
        fc.constantFrom('collab_tool_call', 'web_search', 'todo_list', 'error'),
        nasty,
      ),
      text: value,
      command: value,
      aggregated_output: value,
      changes: value,
      items: value,
      server: value,
      tool: value,
      arguments: value,
      query: value,
      prompt: value,
      message: value,
      status: fc.constantFrom('in_progress', 'completed', 'failed'),
      agents_states: fc.dictionary(nasty, fc.record({ status: nasty, message: nasty })),
    },
    { requiredKeys: [] },
  );
  const line = fc.oneof(
    nasty,
    fc.record({ type: fc.constantFrom('item.started', 'item.updated', 'item.completed'), item }),
    fc.record({
      type: fc.constantFrom('error', 'autonomous.stderr'),
      message: nasty,
      text: nasty,
      uuid: nasty,
    }),
    fc.record({
      type: fc.constant('error'),
      message: nasty.map((text) => `Reconnecting... 1/5 (${text})`),
    }),
    fc.record({ type: fc.constant('turn.failed'), error: fc.record({ message: nasty }) }),
    fc.record({ type: nasty, [attack]: nasty }),
    fc.constantFrom<unknown>(
      started(1),
      ended(1),
      ended(2, { outcome: attack }),
      threadStarted(),
      turnCompleted(7),
    ),
  );

  test('newline and tab are the only control characters in an entry', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const text of entriesOf(lines).list().flatMap(textsOf)) {
          expect(text).not.toMatch(/[\0-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E]/u);
        }
      }),
    );
  });

  test('keys are unique, and versions never decrease while a log grows', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const entries = createEntries({ limit: 5 });
        const versions = new Map<string, number>();
        for (const text of lines) {
          entries.push(readLogLine(JSON.stringify(text)), { offset: 0, at: null });
          const list = entries.list();
          expect(new Set(list.map(({ key }) => key)).size).toBe(list.length);
          expect(list.length).toBeLessThanOrEqual(5);
          for (const { key, version } of list) {
            expect(version).toBeGreaterThanOrEqual(versions.get(key) ?? 0);
            versions.set(key, version);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('secrets are masked wherever they occur', () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
    const lines = [
      message(`key ${secret}`),
      commandCompleted('item_0', {
        command: `curl -H ${secret}`,
        aggregated_output: `${'x'.repeat(500)} ${secret} ${'x'.repeat(500)}`,
      }),
      error(secret),
      `noise ${secret}`,
      { type: 'new', secret },
      { type: 'item.completed', item: { type: 'web_search', query: secret } },
    ];
    for (const maxOutput of [500, 1000, 1040, 10_000]) {
      expect(JSON.stringify(entriesOf(lines, { maxOutput }).list())).not.toContain('ijklmnopqrst');
    }
  });
});
