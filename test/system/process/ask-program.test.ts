import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askProgram } from '../../../source/system/process/ask-program.ts';
import { codexVersion } from '../../../source/system/process/codex-version.ts';
import { until } from '../../helpers/until.ts';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'ask-program-')));
});

afterEach(() => fs.rmSync(root, { recursive: true }));

function script(text: string): string {
  const path = join(root, 'program');
  fs.writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

const patienceMs = 30_000;

test('a program answers with its words and its exit code', async () => {
  const path = script('echo "$1 $WORD"; echo oh >&2; exit 3');
  expect(await askProgram([path, 'hello'], patienceMs, { WORD: 'world' })).toEqual({
    exitCode: 3,
    stdout: 'hello world',
    stderr: 'oh',
  });
});

test('one that is not there, or floods its output, has not answered, and does no harm', async () => {
  expect((await askProgram([join(root, 'none')], patienceMs)).exitCode).toBeNull();
  const { stdout } = await askProgram([script('yes')], patienceMs);
  expect(stdout.length).toBeLessThanOrEqual(64 * 1024);
});

test('one that hangs is ended in time, with all that it started', async () => {
  const path = script(`trap '' TERM; sleep 600 & echo $! >${root}/child; sleep 600`);
  const asked = askProgram([path], 300);
  expect((await asked).exitCode).toBeNull();
  const child = Number(fs.readFileSync(join(root, 'child'), 'utf8'));
  const isAlive = (): boolean => {
    try {
      // A dead one that nobody has waited for yet is a zombie.
      return !fs.readFileSync(`/proc/${child}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  };
  if (process.platform === 'linux') await until('the child is gone', () => !isAlive());
});

test.each([
  ['echo codex-cli 0.171.0', '0.171.0'],
  ['echo "WARNING: 3 things" >&2; echo "codex-cli 0.98.0-alpha.1"', '0.98.0'],
  ['echo "something else"', null],
  ['exit 1', null],
])('the version of a Codex that does: %s', async (text, version) => {
  expect(await codexVersion(script(text), patienceMs)).toBe(version);
});
