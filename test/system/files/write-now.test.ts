// Output that is longer than its pipe holds, on a non-blocking pipe.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../helpers/until.ts';

const module = new URL('../../../source/system/files/write-now.ts', import.meta.url).href;
const length = 1_000_000;
const program = `
  import { writeNow } from '${module}';
  writeNow('stdout', 'x'.repeat(${length}));
  writeNow('stderr', 'all is said');
`;

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'write-now-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function begin() {
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  // Node would make a pipe that it passes on as stdout blocking.
  const args = ['-c', 'exec "$0" --input-type=module -e "$1" >&3 3>&-', process.execPath, program];
  const child = spawn('sh', args, { stdio: ['ignore', 'ignore', 'pipe', writer] });
  closeSync(writer);
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ended = once(child, 'close').then(() => ({ exitCode: child.exitCode, said }));
  return { reader, ended };
}

/** How many bytes were read. */
function bytesFrom(reader: number): number {
  try {
    return readSync(reader, Buffer.alloc(length));
  } catch {
    // Nothing to read just now.
    return 0;
  }
}

test('all output reaches a slow reader', async () => {
  const { reader, ended } = begin();
  let read = 0;
  await until('all of it is read', () => (read += bytesFrom(reader)) === length);
  closeSync(reader);
  expect(await ended).toEqual({ exitCode: 0, said: 'all is said' });
});

test('a reader that closes early is not an error', async () => {
  const { reader, ended } = begin();
  await until('he has seen some of it', () => bytesFrom(reader) > 0);
  closeSync(reader);
  expect(await ended).toMatchObject({ exitCode: 0 });
});
