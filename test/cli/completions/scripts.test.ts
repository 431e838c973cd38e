import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parseQuickInvocation } from '../../../source/cli/quick-arguments.ts';
import { bashScript } from '../../../source/cli/completions/bash.ts';
import { fishScript } from '../../../source/cli/completions/fish.ts';
import { zshScript } from '../../../source/cli/completions/zsh.ts';
import type { OptionRow } from '../../../source/cli/options/option-row.ts';
import { options } from '../../../source/cli/options/table.ts';

const rows: readonly OptionRow[] = options;

describe.each([
  ['bash', bashScript(), (name: string) => `--${name}`],
  ['zsh', zshScript(), (name: string) => `--${name}`],
  ['fish', fishScript(), (name: string) => ` -l ${name} `],
] as const)('the script for %s', (_shell, script, asNamed) => {
  test.each(rows.map(({ name }) => name))('has --%s', (name) => {
    expect(script).toContain(asNamed(name));
  });

  test('offers each fixed value', () => {
    for (const { offers } of rows) {
      if (typeof offers === 'object') expect(script).toContain(offers.join(' '));
    }
  });
});

test('each value that is offered is one that the option takes', () => {
  for (const { name, parse, offers } of rows) {
    if (typeof offers !== 'object' || parse === undefined) continue;
    for (const offered of offers) expect(parse(offered), `--${name} ${offered}`).not.toBeNull();
  }
});

test('bash reads its script', () => {
  execFileSync('bash', ['-n'], { input: bashScript() });
});

test('a help with quotes and brackets stays a help', () => {
  expect(zshScript()).toContain(String.raw`[Don'\''t auto-continue after session]`);
  expect(zshScript()).toContain(String.raw`(none\: Codex'\''s own choice)`);
  expect(fishScript()).toContain(String.raw`-d 'Don\'t auto-continue after session'`);
});

test('--completions takes the name of a shell', () => {
  expect(parseQuickInvocation(['--completions', 'ksh'])).toEqual({
    problem: '--completions takes bash, zsh or fish, not "ksh"',
  });
});
