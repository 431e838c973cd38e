import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../helpers/until.ts';
import { writersOf } from '../../../source/system/process/thread-writer.ts';

const thread = '01a21427-ea2f-7bc1-af81-7ec1283c966c';
const rollout = `rollout-2026-11-25T19-21-29-${thread}.jsonl`;

let directory = '';
let codexHome = '';

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'thread-')));
  codexHome = join(directory, 'codex-home');
  await mkdir(join(codexHome, 'sessions'), { recursive: true });
});

afterEach(() => rm(directory, { recursive: true }));

async function pidsWhileOpen(path: string, flags: 'w' | 'r' | 'a+'): Promise<number[]> {
  const file = await open(path, flags);
  try {
    return pidsOf(await writersOf(thread, codexHome));
  } finally {
    await file.close();
  }
}

const pidsOf = (writers: readonly { pid: number }[]): number[] => writers.map(({ pid }) => pid);

describe.runIf(process.platform === 'linux')('a process works in a conversation', () => {
  test('while it has a file of it open for writing, and is named by its program', async () => {
    const file = await open(join(codexHome, 'sessions', rollout), 'w');
    const child = spawn('sleep', ['100'], { stdio: ['ignore', file.fd, 'ignore'] });
    await file.close();
    const own = async (): Promise<string[]> =>
      (await writersOf(thread, codexHome)).flatMap(({ pid, program }) =>
        pid === child.pid ? [program] : [],
      );
    await until('it is another program', async () => (await own())[0] === 'sleep');
    child.kill();
    await until('it is gone', async () => (await own()).length === 0);
  });

  test('also when the sessions are kept elsewhere, behind a link', async () => {
    await rm(join(codexHome, 'sessions'), { recursive: true });
    await mkdir(join(directory, 'other-disk'));
    await symlink(join(directory, 'other-disk'), join(codexHome, 'sessions'));
    const path = join(directory, 'other-disk', rollout);
    expect(await pidsWhileOpen(path, 'a+')).toContain(process.pid);
  });

  test('but not while it only reads the file', async () => {
    const path = join(codexHome, 'sessions', rollout);
    await writeFile(path, '');
    expect(await pidsWhileOpen(path, 'r')).toEqual([]);
  });

  test('nor with a file elsewhere, which a session can make: it would hold its own task up', async () => {
    expect(await pidsWhileOpen(join(directory, rollout), 'w')).toEqual([]);
  });
});
