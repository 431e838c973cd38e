import { mkdir, mkdtemp, open, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    return (await writersOf(thread, codexHome)).map(({ pid }) => pid);
  } finally {
    await file.close();
  }
}

describe.runIf(process.platform === 'linux')('a process works in a conversation', () => {
  test('while it has a file of it open for writing, and is named by its program', async () => {
    const file = await open(join(codexHome, 'sessions', rollout), 'w');
    expect(await writersOf(thread, codexHome)).toEqual([
      { pid: process.pid, program: expect.stringMatching(/^node/) as string },
    ]);
    await file.close();
    expect(await writersOf(thread, codexHome)).toEqual([]);
  });

  test('also when the sessions are kept elsewhere, behind a link', async () => {
    await rm(join(codexHome, 'sessions'), { recursive: true });
    await mkdir(join(directory, 'other-disk'));
    await symlink(join(directory, 'other-disk'), join(codexHome, 'sessions'));
    const path = join(directory, 'other-disk', rollout);
    expect(await pidsWhileOpen(path, 'a+')).toEqual([process.pid]);
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
