import { expect, test } from 'vitest';
import { configurationChange } from '../../../source/core/take-over/configuration-change.ts';

test('a change of trust and of the model is told in one sentence', () => {
  const before = { model: 'gpt-5.5', projects: { '/old': { trust_level: 'trusted' } } };
  const after = {
    model: 'gpt-6',
    projects: { '/old': { trust_level: 'trusted' }, '/home/dev/shop': { trust_level: 'trusted' } },
  };
  expect(configurationChange(before, after)).toBe(
    'Codex changed its config.toml for all that follows: /home/dev/shop is trusted, the model is gpt-6',
  );
  expect(configurationChange(after, before)).toContain('/home/dev/shop is not trusted any more');
});

test('of everything else only the name is told: it may be a key', () => {
  const change = configurationChange({}, { model_providers: { own: { token: 'secret' } } });
  expect(change).toContain('model_providers is different');
  expect(change).not.toContain('secret');
});

test('nothing is told if nothing changed', () => {
  const table = { model: 'gpt-5.5', projects: { '/a': { trust_level: 'trusted' } } };
  expect(configurationChange(table, structuredClone(table))).toBeNull();
  expect(configurationChange({}, {})).toBeNull();
  // Codex notes there what it has asked.
  expect(configurationChange({}, { notice: { a: true }, tui: { b: 1 } })).toBeNull();
});

test('foreign names cannot reach the terminal', () => {
  expect(configurationChange({}, { 'a\u001B[2Jb': 1 })).not.toContain('\u001B');
});
