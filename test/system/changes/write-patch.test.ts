import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePatch } from '../../../source/system/changes/write-patch.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'write-patch-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const read = (): string => readFileSync(join(directory, 'a.patch'), 'utf8');

async function* pieces(end?: Error): AsyncGenerator<Buffer> {
  yield Buffer.from('first, ');
  await Promise.resolve();
  if (end !== undefined) throw end;
  yield Buffer.from('last');
}

test('all pieces are in the file, in their order', async () => {
  expect(await writePatch(join(directory, 'a.patch'), pieces())).toMatch(/^Written to .*a\.patch;/);
  expect(read()).toBe('first, last');
});

test('a patch that breaks off leaves no file, so that the name can be used again', async () => {
  const broken = writePatch(join(directory, 'a.patch'), pieces(new Error('git died')));
  await expect(broken).rejects.toThrow('git died');
  expect(readdirSync(directory)).toEqual([]);
});

test('a file that is there keeps its text', async () => {
  writeFileSync(join(directory, 'a.patch'), 'mine');
  const sentence = await writePatch(join(directory, 'a.patch'), pieces());
  expect(sentence).toMatch(/^File already exists; choose another name: /);
  expect(read()).toBe('mine');
});

test('a directory that is not there is named', async () => {
  const sentence = await writePatch(join(directory, 'none/a.patch'), pieces());
  expect(sentence).toBe(`No such directory: ${join(directory, 'none')}`);
});
