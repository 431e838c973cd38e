import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownInstance } from '../../../source/system/hub/own-instance.ts';

test('a state home has one id, whoever asks first, and says so if it is spoilt', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'instance-'));
  try {
    const ids = await Promise.all(Array.from({ length: 20 }, () => ownInstance(directory)));
    expect(new Set(ids).size).toBe(1);
    expect(await ownInstance(directory)).toBe(ids[0]);
    expect(await readdir(directory)).toEqual(['instance']);
    await writeFile(join(directory, 'instance'), 'a b');
    await expect(ownInstance(directory)).rejects.toThrow(/is not an id: remove it/);
  } finally {
    await rm(directory, { recursive: true });
  }
});
