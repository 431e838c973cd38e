import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writersOf } from '../../../source/system/process/thread-writer.ts';

const thread = '01a21427-ea2f-7bc1-af81-7ec1283c966c';

test.runIf(process.platform === 'linux')(
  'a process works in a conversation while it has its file open',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'thread-'));
    const file = await open(join(directory, `rollout-2026-11-25T19-21-29-${thread}.jsonl`), 'w');
    expect(await writersOf(thread)).toEqual([process.pid]);
    await file.close();
    expect(await writersOf(thread)).toEqual([]);
    await rm(directory, { recursive: true });
  },
);
