import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';
import { isAlive } from '../helpers/processes.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-check-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

test('the sandbox works if Codex can run a command in it', async () => {
  expect(await check('echo "$CODEX_HOME $*" > call')).toEqual({ kind: 'works' });
  expect(readFileSync(join(directory, 'call'), 'utf8')).toBe(
    `${directory} sandbox -c sandbox_mode="workspace-write" -- true\n`,
  );
});

test('a sandbox that cannot be created is reported with its error message', async () => {
  const refusal = 'bwrap: Creating new namespace failed: Operation not permitted';
  expect(await check(`echo 'WARNING: something'>&2; echo '${refusal}' >&2; exit 1`)).toEqual({
    kind: 'fails',
    reason: refusal,
  });
});

test('a Codex that fails before the sandbox says nothing about it', async () => {
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

test('nothing that Codex started for it is left, in whatever session it is', async () => {
  const leaving = 'setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $! > pid';
  expect(await check(leaving)).toEqual({ kind: 'works' });
  expect(await isAlive(Number(readFileSync(join(directory, 'pid'), 'utf8')))).toBe(false);
});

/** Checks with a fake Codex that runs only this script. */
function check(shellScript: string): ReturnType<typeof sandboxWorks> {
  const codex = join(directory, 'codex');
  writeFileSync(codex, `#!/bin/sh\n${shellScript}\n`);
  chmodSync(codex, 0o755);
  return sandboxWorks(codex, directory);
}
