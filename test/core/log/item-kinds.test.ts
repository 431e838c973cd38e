// Every kind of item, as people read it and as the search finds it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemBody, ItemStatus } from '../../../source/core/codex/log-event.ts';
import { entryText } from '../../../source/core/log/entry-text.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { entryBody, textsOfItem } from '../../../source/core/log/lines/item-kinds.ts';

/** Words that clean() leaves as they are, and that no kind says by itself. */
const words = fc.stringMatching(/^zz[a-f]{1,6}( zz[a-f]{1,6}){0,3}$/);
const status = fc.constantFrom<ItemStatus>('in progress', 'completed', 'failed', 'declined');

const kinds: { [Kind in ItemBody['kind']]: fc.Arbitrary<Extract<ItemBody, { kind: Kind }>> } = {
  message: fc.record({ kind: fc.constant('message'), text: words }),
  reasoning: fc.record({ kind: fc.constant('reasoning'), text: words }),
  command: fc.record({
    kind: fc.constant('command'),
    command: words,
    output: words,
    exitCode: fc.constantFrom(null, 0, 3),
    status,
  }),
  'file-changes': fc.record({
    kind: fc.constant('file-changes'),
    changes: fc.array(
      fc.record({ path: words, change: fc.constantFrom('add', 'delete', 'update') }),
    ),
    status,
  }),
  'tool-call': fc.record({
    kind: fc.constant('tool-call'),
    server: words,
    tool: words,
    arguments: words,
    answer: fc.option(words),
    status,
  }),
  'sub-agent': fc.record({
    kind: fc.constant('sub-agent'),
    tool: words,
    prompt: words,
    states: words,
    status,
  }),
  search: fc.record({ kind: fc.constant('search'), query: words }),
  'to-dos': fc.record({
    kind: fc.constant('to-dos'),
    items: fc.array(fc.record({ text: words, completed: fc.boolean() })),
  }),
  warning: fc.record({ kind: fc.constant('warning'), message: words }),
  'unknown-item': fc.record({ kind: fc.constant('unknown-item'), name: words, json: words }),
};

describe('what the search finds in an item, its text says:', () => {
  test.each(Object.entries(kinds))('%s', (_, kind: fc.Arbitrary<ItemBody>) => {
    fc.assert(
      fc.property(kind, (item) => {
        const printed = textOf(item);
        for (const text of textsOfItem(item)) expect(printed).toContain(text);
      }),
      { numRuns: 100 },
    );
  });
});

const command = { kind: 'command', command: "/bin/bash -lc 'npm test'", output: 'ok\n' } as const;
const patch = { kind: 'file-changes', changes: [{ path: '/p/a', change: 'add' }] } as const;
const call = { kind: 'tool-call', server: 'notes', tool: 'add', arguments: '{}' } as const;
const toDos = [
  { text: 'one', completed: true },
  { text: 'two', completed: false },
];

test.each<[string, ItemBody]>([
  ['$ npm test\nok', { ...command, exitCode: null, status: 'in progress' }],
  ['$ npm test\nok\n✓', { ...command, exitCode: 0, status: 'completed' }],
  ['$ npm test\nok\n✗ exit 3', { ...command, exitCode: 3, status: 'failed' }],
  ['$ npm test\nok\n✗ interrupted', { ...command, exitCode: null, status: 'failed' }],
  ['$ npm test\nok\n✗ declined', { ...command, exitCode: null, status: 'declined' }],
  ['add a\n✓', { ...patch, status: 'completed' }],
  ['add a\n✗ failed', { ...patch, status: 'failed' }],
  ['notes.add({})\nnoted\n✓', { ...call, answer: 'noted', status: 'completed' }],
  ['notes.add({})\nno\n✗ failed', { ...call, answer: 'no', status: 'failed' }],
  ['notes.add({})\n✗ interrupted', { ...call, answer: null, status: 'failed' }],
  [
    'sub-agent: look\npending init\n✓',
    { kind: 'sub-agent', tool: '', prompt: 'look', states: 'pending init', status: 'completed' },
  ],
  ['search: zod', { kind: 'search', query: 'zod' }],
  ['search', { kind: 'search', query: '' }],
  ['to-dos: 1/2\n[x] one\n[ ] two', { kind: 'to-dos', items: toDos }],
  ['reasoning: hm', { kind: 'reasoning', text: 'hm' }],
  ['warning: oh', { kind: 'warning', message: 'oh' }],
  ['unknown: hologram\n{}', { kind: 'unknown-item', name: 'hologram', json: '{}' }],
])('an item reads %j', (text, item) => {
  expect(textOf(item)).toBe(text);
});

function textOf(item: ItemBody): string {
  const body = entryBody(item, { maxOutput: 10_000, projectPath: '/p' });
  const where = { offset: 0, lastOffset: 0, startedAt: null, endedAt: null };
  return entryText({ key: '0:0', version: 1, ...where, body } satisfies Entry);
}
