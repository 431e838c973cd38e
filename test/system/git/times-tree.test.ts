import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { timesTree } from '../../../source/system/git/times-tree.ts';

let project: string;

beforeEach(() => {
  project = fs.mkdtempSync(join(tmpdir(), 'times-tree-'));
  fs.mkdirSync(join(project, 'src'));
  fs.writeFileSync(join(project, 'src', 'a'), 'text');
});

afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

const at = (...path: string[]): string => join(project, ...path);

test.each<[string, () => void]>([
  ['a new file', () => fs.writeFileSync(at('b'), '')],
  ['a new directory', () => fs.mkdirSync(at('empty'))],
  ['a longer file', () => fs.appendFileSync(at('src', 'a'), 'more')],
  ['a file of another time', () => fs.utimesSync(at('src', 'a'), 1, 1)],
  ['a file that may be run', () => fs.chmodSync(at('src', 'a'), 0o755)],
  ['a renamed file', () => fs.renameSync(at('src', 'a'), at('src', 'b'))],
  ['a deleted file', () => fs.rmSync(at('src', 'a'))],
])('%s is a change', async (_, change) => {
  const before = await timesTree(project);
  expect(await timesTree(project)).toEqual(before);
  change();
  expect((await timesTree(project)).id).not.toBe(before.id);
});

test('tasks’ own files and git’s are none, and what is behind a link is not looked at', async () => {
  const elsewhere = fs.mkdtempSync(join(tmpdir(), 'times-elsewhere-'));
  fs.symlinkSync(elsewhere, at('link'));
  fs.symlinkSync('.', at('circle'));
  const before = await timesTree(project);
  for (const path of ['.autonomous/todo', '.git']) {
    fs.mkdirSync(at(path), { recursive: true });
    fs.writeFileSync(at(path, 'file'), '');
  }
  fs.writeFileSync(join(elsewhere, 'file'), '');
  expect(await timesTree(project)).toEqual(before);
  fs.rmSync(elsewhere, { recursive: true });
});

test('any name is told apart, and too many files are said', async () => {
  const bytes = (last: number): Buffer =>
    Buffer.concat([Buffer.from(at('x')), Buffer.from([last])]);
  fs.writeFileSync(bytes(0xfe), '');
  const before = await timesTree(project);
  fs.renameSync(bytes(0xfe), bytes(0xff));
  expect((await timesTree(project)).id).not.toBe(before.id);
  const { leftOut } = await timesTree(project, { maxFiles: 2 });
  expect(leftOut).toEqual([{ path: '', reason: 'too many new files' }]);
});
