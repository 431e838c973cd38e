import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { recordedLines, recordedScenarios, recordedVersions } from '../../helpers/recordings.ts';

const uuid = '01a2023d-ceff-78c1-8e86-de96f121a1f2';

function read(json: unknown) {
  return readLogLine(JSON.stringify(json));
}

describe.each(recordedVersions)('what Codex %s printed', (version) => {
  test.each(recordedScenarios(version))('%s holds nothing unknown and no noise', (scenario) => {
    for (const line of recordedLines(version, scenario)) {
      const event = readLogLine(line);
      expect(event, line).not.toHaveProperty('type', 'unknown');
      expect(event, line).not.toHaveProperty('type', 'noise');
      expect(event, line).not.toHaveProperty('body.kind', 'unknown-item');
    }
  });
});

describe('Codex events', () => {
  test.each([
    [
      { type: 'thread.started', thread_id: uuid },
      { type: 'thread-started', threadId: uuid },
    ],
    [
      { type: 'session.created', session_id: uuid },
      { type: 'thread-started', threadId: uuid },
    ],
    [{ type: 'turn.started' }, { type: 'turn-started' }],
    [
      {
        type: 'turn.completed',
        usage: {
          input_tokens: 8000,
          cached_input_tokens: 1600,
          output_tokens: 400,
          reasoning_output_tokens: 80,
        },
      },
      {
        type: 'turn-completed',
        usage: {
          inputTokens: 8000,
          cachedInputTokens: 1600,
          outputTokens: 400,
          reasoningTokens: 80,
        },
      },
    ],
    [{ type: 'turn.completed' }, { type: 'turn-completed', usage: null }],
    [
      { type: 'turn.failed', error: { message: 'no' } },
      { type: 'turn-failed', message: 'no' },
    ],
    [{ type: 'turn.failed' }, { type: 'turn-failed', message: '' }],
    [
      { type: 'error', message: 'no' },
      { type: 'error', message: 'no' },
    ],
    [
      { type: 'error', message: 'Reconnecting... 3/5 (cut)' },
      { type: 'retry', attempt: 3, of: 5, reason: 'cut' },
    ],
    [
      { type: 'item.plan.delta', delta: 'x' },
      { type: 'detail', name: 'item.plan.delta' },
    ],
  ])('%j is %j', (json, event) => {
    expect(read(json)).toEqual(event);
  });

  test('an item keeps its id and its stage', () => {
    const item = { id: 'item_3', type: 'reasoning', text: 'hm' };
    const body = { kind: 'reasoning', text: 'hm' };
    for (const stage of ['started', 'updated', 'completed']) {
      expect(read({ type: `item.${stage}`, item })).toEqual({
        type: 'item',
        stage,
        id: 'item_3',
        body,
      });
    }
  });

  test('a malformed id is read as none', () => {
    for (const id of [7, null, '', 'a b', '\x1b[2J', 'x'.repeat(129)]) {
      const item = { id, type: 'reasoning', text: '' };
      expect(read({ type: 'item.completed', item })).toHaveProperty('id', '');
    }
  });
});

describe('other lines', () => {
  test.each([
    '',
    ' ',
    'Reading additional input from stdin...',
    '{"type":"turn.sta',
    '[1]',
    '7',
    'null',
    '"x"',
  ])('%j is noise, kept as it is', (line) => {
    expect(readLogLine(line)).toEqual({ type: 'noise', text: line });
  });

  test('an object of an unknown type is kept with its JSON', () => {
    const json = { type: 'thread.renamed', name: 'x' };
    expect(read(json)).toEqual({
      type: 'unknown',
      name: 'thread.renamed',
      json: JSON.stringify(json),
    });
    expect(read({})).toEqual({ type: 'unknown', name: '', json: '{}' });
  });

  test('a malformed thread id is never accepted', () => {
    for (const thread_id of ['--last', '../../x', '', 7, null, `${uuid}\n`]) {
      expect(read({ type: 'thread.started', thread_id })).toHaveProperty('type', 'unknown');
    }
  });

  test('inherited names are not fields', () => {
    expect(readLogLine('{"__proto__":{"type":"turn.started"}}')).toHaveProperty('type', 'unknown');
    expect(
      readLogLine('{"type":"item.completed","item":{"__proto__":{"type":"error"}}}'),
    ).toMatchObject({
      body: { kind: 'unknown-item', name: '' },
    });
    expect(read({ type: 'constructor' })).toHaveProperty('type', 'unknown');
    expect(Object.prototype).not.toHaveProperty('type');
  });

  test('JSON nested a hundred thousand deep becomes a short text', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const line of [
      `{"type":"new","x":${deep}}`,
      `{"type":"item.completed","item":{"type":"new","x":${deep}}}`,
      `{"type":"item.completed","item":{"type":"mcp_tool_call","arguments":${deep}}}`,
    ]) {
      expect(JSON.stringify(readLogLine(line)).length).toBeLessThan(500);
    }
  });

  test('an unknown event is kept only up to a limit', () => {
    const wide = { type: 'new', list: Array.from({ length: 100_000 }, (_, index) => index) };
    expect(JSON.stringify(read(wide)).length).toBeLessThan(10_000);
    expect(JSON.stringify(read({ type: 'new', text: 'x'.repeat(1e6) })).length).toBeLessThan(
      10_000,
    );
  });
});

describe('whatever the log holds', () => {
  const types = [
    'thread.started',
    'turn.completed',
    'turn.failed',
    'error',
    'item.started',
    'item.updated',
    'item.completed',
    'autonomous.session.started',
    'autonomous.session.ended',
    'autonomous.stderr',
  ];
  const names = [
    'agent_message',
    'command_execution',
    'file_change',
    'mcp_tool_call',
    'collab_tool_call',
  ];
  const fields = [
    'id',
    'text',
    'command',
    'changes',
    'arguments',
    'result',
    'error',
    'status',
    'exit_code',
  ];

  test('every text is some event', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(readLogLine(line)).toHaveProperty('type');
      }),
    );
  });

  test('every JSON value is some event', () => {
    fc.assert(
      fc.property(fc.json(), (line) => {
        expect(readLogLine(line)).toHaveProperty('type');
      }),
    );
  });

  test('known types with fields of any shape are some event', () => {
    const item = fc
      .tuple(
        fc.constantFrom(...names, 'web_search', 'todo_list', 'error'),
        fc.dictionary(
          fc.constantFrom(...fields, 'items', 'action', 'agents_states'),
          fc.jsonValue(),
        ),
      )
      .map(([type, rest]) => ({ ...rest, type }));
    const line = fc
      .record({ type: fc.constantFrom(...types) })
      .chain(({ type }) =>
        fc
          .dictionary(
            fc.constantFrom('thread_id', 'usage', 'error', 'message', 'uuid', 'at'),
            fc.jsonValue(),
          )
          .chain((rest) =>
            fc.oneof(item, fc.jsonValue()).map((value) => ({ ...rest, type, item: value })),
          ),
      );
    fc.assert(
      fc.property(line, (json) => {
        expect(read(json)).toHaveProperty('type');
      }),
    );
  });
});
