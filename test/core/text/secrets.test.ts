import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { maskSecrets } from '../../../source/core/text/secrets.ts';

// Assembled here, so that no scanner reports this file as a leak.
const letters = 'abcDEF123ghiJKL456mnoPQR789stuVWX012';
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0In0'}.${'dozjgNryP4J3jVmN'}`;
const pem = (body: string) => `-----BEGIN RSA PRIVATE KEY-----${body}-----END RSA PRIVATE KEY-----`;
const base64Line = 'MIIEpAIBAAKCAQEA7bq3Zr0Y5qQ0x1';

describe('keys are masked', () => {
  test.each([
    [`sk-${letters}`, 'sk-a…[masked]'],
    [`sk-proj-${letters}_-x`, 'sk-p…[masked]'],
    [`sk-ant-api03-${letters}`, 'sk-a…[masked]'],
    [`sk-or-v1-${letters}`, 'sk-o…[masked]'],
    [`sk_live_${letters}`, 'sk_l…[masked]'],
    [`ghp_${letters}`, 'ghp_…[masked]'],
    [`gho_${letters}`, 'gho_…[masked]'],
    [`ghs_${letters}`, 'ghs_…[masked]'],
    [`github_pat_11AA_${letters}`, 'gith…[masked]'],
    [`glpat-${letters}`, 'glpa…[masked]'],
    [`npm_${letters}`, 'npm_…[masked]'],
    [`hf_${letters}`, 'hf_a…[masked]'],
    ['AKIA' + 'IOSFODNN7EXAMPLE', 'AKIA…[masked]'],
    ['AIza' + 'SyA1234567890abcdefghijklmnopqrstuv', 'AIza…[masked]'],
    ['xoxb-' + '123456789012-abcdefGHIJ', 'xoxb…[masked]'],
    [jwt, 'eyJh…[masked]'],
    [`Authorization: Bearer ${letters}`, 'Authorization: Bearer …[masked]'],
    [`curl -H "authorization: bearer ${jwt}"`, 'curl -H "authorization: bearer eyJh…[masked]"'],
    [`OPENAI_API_KEY=sk-${letters} npm start`, 'OPENAI_API_KEY=sk-a…[masked] npm start'],
    ['password=correcthorse', 'password=…[masked]'],
    ['DB_PASSWORD=hunter2hunter2;', 'DB_PASSWORD=…[masked];'],
    ['api_key=0123456789abcdef&page=2', 'api_key=…[masked]&page=2'],
    ['"apiKey": "abcdefgh"', '"apiKey": "…[masked]"'],
    ["secret = 'pa$$w0rd!'", "secret = '…[masked]'"],
    ['password: hunter2hunter2', 'password: …[masked]'],
    ['deploy --token abcd1234efgh', 'deploy --token …[masked]'],
    ['token=' + 'x'.repeat(2000), 'token=…[masked]'],
    ['postgres://me:hunter2@db:5432/app', 'postgres://me:…[masked]@db:5432/app'],
    [
      `key:\n${pem(`\nProc-Type: 4,ENCRYPTED\n\n${base64Line}\n`)}\nend`,
      'key:\n-----BEGIN RSA PRIVATE KEY-----…[masked]\nend',
    ],
    [
      `{"key":"${pem(`\\n${base64Line}\\n`)}"}`,
      '{"key":"-----BEGIN RSA PRIVATE KEY-----…[masked]"}',
    ],
    [
      `-----BEGIN PRIVATE KEY-----\n${base64Line}\n${base64Line}\nand so on`,
      '-----BEGIN PRIVATE KEY-----…[masked]\nand so on',
    ],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });
});

describe('other text is left alone', () => {
  test.each([
    'a plain sentence about tokens, passwords and the secret of good tea.',
    'thread 0199a213-81c0-7800-8aa1-bbab2a035a53',
    'commit 99a8fb0c1d2e3f405162738495a6b7c8d9e0f1a2',
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'task-runner and risk-assessment-of-the-whole-project',
    'sk-learn, sk-toggleable__content, sk-SK',
    'input_tokens: 123456789, "cached_input_tokens": 123456789',
    'Bearer authentication, a bearer of news',
    'token=getToken(request)',
    'password: string;',
    'password: required, at least 8 characters',
    'const token = process.env.GITHUB_TOKEN1',
    'TOKEN=$GITHUB_TOKEN1 TOKEN=${{ secrets.TOKEN1 }}',
    '"password": "Enter your password"',
    'https://example.org:8080/path?a=b',
    'git@github.com:owner/project.git',
    'postgres://me:${DB_PASS}@db',
    'npm_config_user_agent=npm/11.0.0',
    '-----BEGIN CERTIFICATE-----',
  ])('%s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

test('all UUIDs and hashes are left alone', () => {
  const hash = fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'),
    minLength: 7,
    maxLength: 64,
  });
  fc.assert(
    fc.property(fc.oneof(fc.uuid(), hash), (id) => {
      for (const text of [id, `session ${id} of`, `"id":"${id}"`])
        expect(maskSecrets(text)).toBe(text);
    }),
  );
});

test('masking twice is masking once', () => {
  const pieces = [
    letters,
    'sk-',
    'token=',
    'password: ',
    '"',
    "'",
    ' ',
    '://a:',
    '@',
    jwt,
    'Bearer ',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (parts) => {
      const once = maskSecrets(parts.join(''));
      expect(maskSecrets(once)).toBe(once);
    }),
  );
});

test.each([
  'token=',
  'password: ',
  'eyJ',
  'eyJabcdefgh.',
  'sk-',
  'a-',
  '://',
  '-----BEGIN PRIVATE KEY-----',
  '--',
  'bearer ',
  '"secret":"',
])('a mebibyte of %s is searched in no time', (piece) => {
  const start = cpuMs();
  maskSecrets(piece.repeat(2 ** 20 / piece.length));
  maskSecrets(piece + 'x'.repeat(2 ** 20));
  expect(cpuMs() - start).toBeLessThan(4000);
});
