import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  generatedTaskName,
  isTaskName,
  isThreadId,
  shellQuoted,
  unusedTaskName,
} from '../../../source/core/task/task.ts';

const moment = new Date(2026, 0, 29, 14, 3, 5).getTime();

describe('a task name', () => {
  test.each(['a', 'A1', 'build-rest-api-todo', 'v1.2_x', '0', 'a'.repeat(64), 'a.b.c', 'a-'])(
    '%j is one',
    (text) => {
      expect(isTaskName(text)).toBe(true);
    },
  );

  test.each([
    '',
    '.',
    '..',
    '.hidden',
    '-n',
    '_a',
    'a..b',
    'a/b',
    'a b',
    'a\n',
    'a\0',
    'ä',
    'a\u202eb',
    'a'.repeat(65),
  ])('%j is not one', (text) => {
    expect(isTaskName(text)).toBe(false);
  });
});

describe('a generated name', () => {
  test.each([
    ['Build a REST API for todo app', 'build-rest-api-todo'],
    ['Refactor', 'refactor'],
    ['The best of the worst', 'best-worst'],
    ['Über Größe & Ærø, żółć', 'uber-grosse-aero-zolc'],
    ['Añadir autenticación', 'anadir-autenticacion'],
    ['ﬁx №5 ①', 'fix-no5-1'],
    ["Don't panic", 'don-t-panic'],
    ['internationalization localization accessibility', 'internationalization'],
    ['internationalization of a website now', 'internationalization-website'],
    ['x'.repeat(40) + ' y', 'x'.repeat(30)],
    ['a'.repeat(20) + ' ' + 'b'.repeat(9) + ' c', 'a'.repeat(20) + '-' + 'b'.repeat(9)],
    ['../../etc/passwd', 'etc-passwd'],
    ['--network -rf', 'network-rf'],
    ['', 'task-20260129-140305'],
    ['to the for', 'task-20260129-140305'],
    ['构建一个应用', 'task-20260129-140305'],
    ['\x1b\u202e !?', 'task-20260129-140305'],
  ])('of %j is %s', (description, name) => {
    expect(generatedTaskName(description, moment)).toBe(name);
  });

  test('is valid and short, whatever the description', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), fc.string());
    fc.assert(
      fc.property(texts, (description) => {
        const name = generatedTaskName(description, moment);
        expect(isTaskName(name)).toBe(true);
        expect(name.length).toBeLessThanOrEqual(30);
        expect(name).toBe(name.toLowerCase());
      }),
    );
  });
});

describe('an unused name', () => {
  test('is the wanted one if that is free', () => {
    expect(unusedTaskName('docs', () => false)).toBe('docs');
  });

  test('counts from 2', () => {
    const taken = new Set(['docs', 'docs-2', 'docs-4']);
    expect(unusedTaskName('docs', (name) => taken.has(name))).toBe('docs-3');
  });

  test('is new and valid, however long the wanted one is and however many are taken', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z-]{0,63}$/), fc.nat(120), (wanted, others) => {
        const taken = new Set<string>();
        for (let count = 0; count <= others; count++) {
          const name = unusedTaskName(wanted, (other) => taken.has(other));
          expect(taken.has(name)).toBe(false);
          expect(isTaskName(name)).toBe(true);
          taken.add(name);
        }
      }),
      { numRuns: 20 },
    );
  });
});

test.each([
  ['0199a213-81c0-7800-8aa1-bbab2a035a53', true],
  ['550E8400-E29B-41D4-A716-446655440000', true],
  ['00000000-0000-0000-0000-000000000000', true],
  ['550e8400-e29b-41d4-a716-446655440000\n', false],
  [' 550e8400-e29b-41d4-a716-446655440000', false],
  ['{550e8400-e29b-41d4-a716-446655440000}', false],
  ['550e8400e29b41d4a716446655440000', false],
  ['550e8400-e29b-41d4-a716-44665544000g', false],
  ['--last', false],
  ['', false],
])('whether %j is a thread id: %s', (text, expected) => {
  expect(isThreadId(text)).toBe(expected);
});

describe('a name quoted for the shell', () => {
  test.each([
    ['plain', "'plain'"],
    ['two words', "'two words'"],
    ["it's", "'it'\\''s'"],
    ['$HOME `id` !! "x" \\', '\'$HOME `id` !! "x" \\\''],
    ['Größe', "'Größe'"],
    ['', "''"],
    ['a\nb', "$'a\\012b'"],
    ['\x1b[2J', "$'\\033[2J'"],
    ["a\t'b\\c", "$'a\\011\\'b\\\\c'"],
    ['a\u202eb', "$'a\\342\\200\\256b'"],
    ['a\x851', "$'a\\302\\2051'"],
  ])('%j is %s', (text, quoted) => {
    expect(shellQuoted(text)).toBe(quoted);
  });

  const words = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''));

  test('can be printed', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(shellQuoted(text)).toMatch(
          /^[^\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/,
        );
      }),
    );
  });

  test('is read back unchanged by a shell', () => {
    const texts = fc.sample(words, 200);
    const command = `printf '%s\\0' ${texts.map(shellQuoted).join(' ')}`;
    const output = execFileSync('bash', ['--norc', '-c', command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }).toString();
    expect(output.split('\0').slice(0, -1)).toEqual(texts);
  });
});
