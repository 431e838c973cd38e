import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rolloutTotals, threadBeganAt } from '../../../source/core/codex/rollout-tokens.ts';

const threadId = '01a21e92-8f4b-7931-9bed-ed5834723981';
const path = `test/fixtures/state-0.1/codex-home/sessions/2026/11/27/rollout-2026-11-27T19-54-11-${threadId}.jsonl`;

test('the totals of a conversation are read from the rollout that Codex wrote', () => {
  const lines = readFileSync(path, 'utf8').split('\n');
  const totals = lines.map(rolloutTotals).filter((one) => one !== null);
  expect(totals.length).toBeGreaterThan(1);
  expect(totals[0]).toEqual({
    inputTokens: 10_203,
    cachedInputTokens: 0,
    outputTokens: 59,
    reasoningTokens: 14,
  });
});

test.each([
  '',
  '{"type":"event_msg","payload":{"type":"agent_message","message":"\\"token_count\\""}}',
  '{"type":"event_msg","payload":{"type":"token_count","info":null}}',
  '{"type":"event_msg","payload":{"type":"token_count"',
])('a line without totals says nothing: %j', (line) => {
  expect(rolloutTotals(line)).toBeNull();
});

test('the id of a conversation says when it began', () => {
  const at = new Date(threadBeganAt(threadId) ?? 0);
  expect(at.toISOString()).toMatch(/^2026-11-27T/u);
  expect(threadBeganAt('550e8400-e29b-41d4-a716-446655440000')).toBeNull();
});
