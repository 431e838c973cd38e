import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotedCommand, unwrappedCommand } from '../../../source/core/text/shell-command.ts';

describe('unwrappedCommand', () => {
  test.each([
    [`/bin/bash -lc 'cat hello.txt; exit 3'`, 'cat hello.txt; exit 3'],
    [`bash -lc "echo hi"`, 'echo hi'],
    [`/bin/sh -c 'ls -la'`, 'ls -la'],
    [`/bin/zsh -lc 'ls'`, 'ls'],
    [`/usr/local/bin/bash -l -c 'a b'`, 'a b'],
    ['bash -lc ls', 'ls'],
    ['bash -lc ls|wc', 'ls|wc'],
    [String.raw`bash -lc 'it'\''s'`, "it's"],
    [`bash -lc 'a'"'"'b'`, "a'b"],
    ['bash -lc "say \\"\\$x\\" \\\\ \\` \\n"', 'say "$x" \\ ` \\n'],
    [
      String.raw`/bin/bash -lc "for i in 1 2; do printf \"\\033[31mred "'$i'"\\033[0m\\n\"; done"`,
      String.raw`for i in 1 2; do printf "\033[31mred $i\033[0m\n"; done`,
    ],
    [`bash -lc 'cat <<EOF\nline\nEOF'`, 'cat <<EOF\nline\nEOF'],
    [`bash -lc ''`, ''],
  ])('%j reads %j', (command, script) => {
    expect(unwrappedCommand(command)).toBe(script);
  });

  test.each([
    'bash -lc for i in 1 2; do echo $i; done',
    `bash -lc 'script' argument`,
    `bash -lc 'open`,
    `bash -lc "open`,
    'bash -lc open\\',
    `bash -lc cat<'a b'`,
    'bash -lc ',
    'bash script.sh',
    `git commit -m 'bash -lc x'`,
    'npm test',
    '',
  ])('%j is left as it is', (command) => {
    expect(unwrappedCommand(command)).toBe(command);
  });

  test('restores any script that Codex wrapped', () => {
    fc.assert(
      fc.property(script, (text) => {
        expect(unwrappedCommand(`/bin/bash -lc ${quotedAsCodexDoes(text)}`)).toBe(text);
      }),
    );
  });

  test('restores any script that quotedCommand quoted', () => {
    fc.assert(
      fc.property(script, (text) => {
        expect(unwrappedCommand(quotedCommand(['bash', '-lc', text]))).toBe(text);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        expect(typeof unwrappedCommand(`bash -lc ${rest}`)).toBe('string');
      }),
    );
  });

  test('a script of only quotes is read without a deep stack', () => {
    const script = `"'`.repeat(30_000);
    expect(unwrappedCommand(quotedCommand(['bash', '-lc', script]))).toBe(script);
    expect(unwrappedCommand(`bash -lc "${quotedAsCodexDoes(script)}`)).toContain('bash -lc');
  });

  test('a text longer than any possible command is left as it is', () => {
    const command = `bash -lc '${'x'.repeat(300_000)}'`;
    expect(unwrappedCommand(command)).toBe(command);
  });
});

const script = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...`'"\\$\`!^ \n\t;|&<>()=a`),
    fc.string({ minLength: 1, maxLength: 1 }),
    fc.constantFrom('é', '你', '🎉'),
  ),
  minLength: 1,
});

/**
 * Codex cuts a word into stretches, each as long as one way of quoting can hold it, and prefers bare to single
 * quotes to double quotes. Seen in the recordings: `"…printf \"\\033[31mred "'$i'"\\033[0m…"`.
 */
function quotedAsCodexDoes(word: string): string {
  let quoted = '';
  let rest = word;
  while (rest !== '') {
    const [stretch, way] = [longest(rest, bare), longest(rest, single), longest(rest, double)]
      .map((part, index) => [part, index] as const)
      .reduce((best, next) => (next[0].length > best[0].length ? next : best));
    quoted +=
      way === 0 ? stretch : way === 1 ? `'${stretch}'` : `"${stretch.replace(/[\\"$`]/g, '\\$&')}"`;
    rest = rest.slice(stretch.length);
  }
  return quoted;
}

const bare = /^[\w+./:@\]-]+/;
const single = /^\^?[^'\\^]*/;
const double = /^[^`$!^]+/;

function longest(text: string, way: RegExp): string {
  return way.exec(text)?.[0] ?? '';
}
