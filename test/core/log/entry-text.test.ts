// An entry outside of the screen: its times, and what a session spent.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entryAs } from '../../../source/core/log/entry-text.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { entry, sessionBody } from '../../ui/sample.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Asia/Kolkata';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const startedAt = Date.UTC(2026, 0, 29, 11, 3, 40, 123);
const at = (one: Entry, time: number | null = startedAt): Entry => ({
  ...one,
  startedAt: time,
  endedAt: time,
});
const message = entry(null, { kind: 'message', text: 'Task **12** is done.\nNext: 13' });

describe('the time of an entry', () => {
  test.each([
    ['text', '2026-01-29T11:03:40.123Z  Task 12 is done.\n  Next: 13'],
    ['local text', '2026-01-29 16:33:40 +05:30  Task 12 is done.\n  Next: 13'],
    ['markdown', '*2026-01-29 16:33:40 +05:30*\n\nTask **12** is done.\nNext: 13\n'],
  ] as const)('is UTC for programs, and local with its zone for people: %s', (form, text) => {
    expect(entryAs(form, at(message))).toBe(text);
  });

  test('that is unknown is a dash, or left out', () => {
    expect(entryAs('local text', at(message, null))).toMatch(/^- {2}Task 12/);
    expect(entryAs('markdown', at(message, null))).toMatch(/^Task/);
  });

  test('of a session is below its heading', () => {
    expect(entryAs('markdown', at(entry(null, sessionBody)))).toBe(
      '## session 4, working\n\n*2026-01-29 16:33:40 +05:30*\n',
    );
  });
});

test('as JSON, the end of a session is ISO 8601 like all times, and its usage has the name that a task gives it', () => {
  const usage = { inputTokens: 9, cachedInputTokens: 4, outputTokens: 2, reasoningTokens: 1 };
  const ended = { at: startedAt, outcome: 'completed', exitCode: 0 };
  const json = entryAs('json', at(entry(null, { ...sessionBody, ended, cost: usage })));
  expect(JSON.parse(json)).toMatchObject({
    startedAt: '2026-01-29T11:03:40.123Z',
    ended: { at: '2026-01-29T11:03:40.123Z', outcome: 'completed', exitCode: 0 },
    usage,
    // Its older name.
    cost: usage,
  });
});
