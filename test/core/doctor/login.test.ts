import { expect, test } from 'vitest';
import { loginFound, type ModelProvider } from '../../../source/core/doctor/login.ts';

const own: ModelProvider = { name: 'local', envKey: null, needsLogin: false };
const withKey: ModelProvider = { ...own, envKey: 'LOCAL_KEY' };
const loggedIn = { exitCode: 0, said: 'WARNING: no aliases\nLogged in using ChatGPT\n' };
const loggedOut = { exitCode: 1, said: 'Not logged in\n' };
const silent = { exitCode: null, said: '' };
const broken = { exitCode: 1, said: 'Error loading configuration: config.toml:7:5: extra `=`\n' };

test.each([
  ['logged in', loggedIn, null, [], 'ok', 'Logged in using ChatGPT'],
  ['logged out', loggedOut, null, [], 'stops', 'Codex is not logged in: run codex login'],
  ['logged out, with a key', loggedOut, null, ['CODEX_API_KEY'], 'ok', 'by CODEX_API_KEY'],
  ['a provider that needs nothing', loggedOut, own, [], 'ok', 'the model provider local'],
  ['one with its key', loggedOut, withKey, ['LOCAL_KEY'], 'ok', 'by LOCAL_KEY'],
  ['one without its key', loggedIn, withKey, [], 'stops', 'LOCAL_KEY is not set'],
  ['one that needs the login', loggedOut, { ...own, needsLogin: true }, [], 'stops', 'codex login'],
  ['no answer', silent, null, [], 'note', 'try codex login status'],
  ['a configuration that is wrong', broken, own, [], 'stops', 'config.toml:7:5'],
] as const)('%s', (_case, status, provider, set, result, words) => {
  const isSet = (name: string): boolean => (set as readonly string[]).includes(name);
  const found = loginFound(status, provider, isSet);
  expect(found.result).toBe(result);
  expect(found.sentence).toContain(words);
});

test('what Codex says is safe to print, and keeps no key', () => {
  const key = `sk-proj-${'a1B2'.repeat(10)}`;
  const { sentence } = loginFound(
    { exitCode: 0, said: `Logged in using an API key - ${key}\u001B[31m` },
    null,
    () => false,
  );
  expect(sentence).not.toContain(key);
  expect(sentence).not.toContain('\u001B');
});
