import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-check-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

test('a sandbox works when Codex can run a command in it', async () => {
  expect(await check('echo "$CODEX_HOME $*" > call')).toEqual({ kind: 'works' });
  expect(readFileSync(join(directory, 'call'), 'utf8')).toBe(
    `${directory} sandbox -c sandbox_mode="workspace-write" -- true\n`,
  );
});

test('a sandbox that can not be made is told with what it said', async () => {
  const refusal = 'bwrap: Creating new namespace failed: Operation not permitted';
  expect(await check(`echo 'WARNING: something'>&2; echo '${refusal}' >&2; exit 1`)).toEqual({
    kind: 'fails',
    reason: refusal,
  });
});

test('a Codex that does not get that far says nothing about the sandbox', async () => {
  expect(
    await check(`printf 'WARNING: a\\nError loading config.toml: no\\n  1: main\\n' >&2; exit 1`),
  ).toEqual({
    kind: 'unknown',
    reason: 'Error loading config.toml: no',
  });
  expect(await sandboxWorks(join(directory, 'nothing'), directory)).toMatchObject({
    kind: 'unknown',
    reason: expect.stringContaining('ENOENT') as string,
  });
});

/** With a Codex that does nothing but this. */
function check(shellScript: string): ReturnType<typeof sandboxWorks> {
  const codex = join(directory, 'codex');
  writeFileSync(codex, `#!/bin/sh\n${shellScript}\n`);
  chmodSync(codex, 0o755);
  return sandboxWorks(codex, directory);
}
