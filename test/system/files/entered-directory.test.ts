import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  enterDirectory,
  inDirectory,
  NoDirectoryError,
} from '../../../source/system/files/entered-directory.ts';

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'entered-'));
  fs.mkdirSync(join(root, 'outer', 'inner'), { recursive: true });
  fs.mkdirSync(join(root, 'elsewhere'));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

test('an action in a directory happens there', async () => {
  await inDirectory([root, 'outer', 'inner'], async (at) => {
    await fs.promises.writeFile(`${at}/file`, 'here');
  });
  expect(fs.readFileSync(join(root, 'outer', 'inner', 'file'), 'utf8')).toBe('here');
});

test.skipIf(process.platform !== 'linux')(
  'a link put in its place meanwhile has no effect',
  async () => {
    const path = join(root, 'outer', 'inner');
    await inDirectory([root, 'outer', 'inner'], async (at) => {
      fs.renameSync(path, join(root, 'moved'));
      fs.symlinkSync(join(root, 'elsewhere'), path);
      await fs.promises.writeFile(`${at}/file`, 'still here');
    });
    expect(fs.readdirSync(join(root, 'elsewhere'))).toEqual([]);
    expect(fs.readdirSync(join(root, 'moved'))).toEqual(['file']);
  },
);

test.each([
  ['outer', () => fs.renameSync(join(root, 'outer'), join(root, 'moved'))],
  ['outer/inner', () => fs.rmdirSync(join(root, 'outer', 'inner'))],
])('a link in the place of %s is not followed', async (step, clear) => {
  clear();
  fs.mkdirSync(join(root, 'elsewhere', 'inner'));
  fs.symlinkSync(join(root, 'elsewhere'), join(root, step));
  const entering = inDirectory([root, 'outer', 'inner'], (at) => fs.promises.readdir(at));
  await expect(entering).rejects.toThrow(NoDirectoryError);
  await expect(entering).rejects.toThrow(`${join(root, step)} is not a plain directory`);
});

test('a file and a missing directory give different errors', async () => {
  fs.writeFileSync(join(root, 'file'), '');
  await expect(inDirectory([root, 'file'], () => Promise.resolve())).rejects.toThrow(
    NoDirectoryError,
  );
  await expect(inDirectory([root, 'none'], () => Promise.resolve())).rejects.toThrow(
    `ENOENT: no such file or directory, open '${join(root, 'none')}'`,
  );
});

test('an error names the real path, not the one under /proc', async () => {
  const reading = inDirectory([root, 'outer'], (at) => fs.promises.readFile(`${at}/missing`));
  await expect(reading).rejects.toThrow(`open '${join(root, 'outer', 'missing')}'`);
});

test('no descriptor is left open, on success or failure', () => {
  const before = openDescriptors();
  for (let time = 0; time < 20; time++) {
    enterDirectory(root, ['outer', 'inner']).close();
    expect(() => enterDirectory(root, ['outer', 'none'])).toThrow('ENOENT');
  }
  expect(openDescriptors()).toBe(before);
});

function openDescriptors(): number {
  return fs.readdirSync('/dev/fd').length;
}
