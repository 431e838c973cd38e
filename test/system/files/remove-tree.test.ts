import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeTree } from '../../../source/system/files/remove-tree.ts';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'remove-tree-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

test('a directory goes with all that is in it, and what its links lead to stays', async () => {
  fs.mkdirSync(join(directory, 'task', 'deep', 'deeper'), { recursive: true });
  fs.mkdirSync(join(directory, 'elsewhere'));
  fs.writeFileSync(join(directory, 'elsewhere', 'kept.txt'), 'text\n');
  fs.writeFileSync(join(directory, 'task', 'deep', 'a\nb'), '');
  fs.writeFileSync(Buffer.concat([Buffer.from(join(directory, 'task/')), Buffer.from([0xff])]), '');
  fs.symlinkSync(join(directory, 'elsewhere'), join(directory, 'task', 'deep', 'link'));
  await removeTree(directory, 'task');
  await removeTree(directory, 'task');
  expect(fs.readdirSync(directory)).toEqual(['elsewhere']);
  fs.symlinkSync(join(directory, 'elsewhere'), join(directory, 'task'));
  await removeTree(directory, 'task');
  expect(fs.readdirSync(join(directory, 'elsewhere'))).toEqual(['kept.txt']);
});

test('directories in each other without end are refused before the handles run out', async () => {
  fs.mkdirSync(join(directory, 'task', ...'x'.repeat(300)), { recursive: true });
  await expect(removeTree(directory, 'task')).rejects.toThrow('too many directories');
});
