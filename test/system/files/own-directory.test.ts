import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ForeignDirectoryError,
  ownDirectories,
} from '../../../source/system/files/own-directory.ts';

const isRoot = process.geteuid?.() === 0;
const somebodyElse = 65_534;

let root: string;
let outer: string;
let inner: string;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'own-'));
  outer = join(root, 'outer');
  inner = join(outer, 'inner');
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

test('missing directories are created for this user alone, without a note', () => {
  expect(own()).toEqual([]);
  expect(modes()).toEqual(['700', '700']);
  expect(own()).toEqual([]);
});

test.each([0o775, 0o777, 0o755, 0o750, 0o2775, 0o1777])(
  'an existing one with mode %o is made private, with a note',
  (mode) => {
    fs.mkdirSync(inner, { recursive: true });
    fs.chmodSync(outer, mode);
    fs.chmodSync(inner, mode);
    const before = `0${(mode & 0o777).toString(8)}`;
    expect(own()).toEqual([
      `${outer} was open to other users (${before}) and is now private (0700).`,
      `${inner} was open to other users (${before}) and is now private (0700).`,
    ]);
    expect(modes()).toEqual(['700', '700']);
  },
);

test('a link is not followed, neither to change modes nor to create anything behind it', () => {
  const elsewhere = join(root, 'elsewhere');
  fs.mkdirSync(elsewhere);
  fs.chmodSync(elsewhere, 0o777);
  fs.symlinkSync(elsewhere, outer);
  expect(own).toThrow(`${outer} is not a plain directory: move it away and try again`);
  expect(fs.readdirSync(elsewhere)).toEqual([]);
  expect(fs.statSync(elsewhere).mode & 0o777).toBe(0o777);
});

test.skipIf(!isRoot)('a directory of another user is refused, with the command to type', () => {
  fs.mkdirSync(outer);
  fs.chownSync(outer, somebodyElse, somebodyElse);
  expect(own).toThrow(ForeignDirectoryError);
  expect(own).toThrow(
    `${outer} belongs to another user (uid 65534). To make it yours: sudo chown -R 0 '${outer}' - to use it as it is: --trust-owner`,
  );
  expect(fs.readdirSync(outer)).toEqual([]);
});

test.skipIf(!isRoot)('a trusted directory of another user is used as it is, with a note', () => {
  fs.mkdirSync(outer);
  fs.chmodSync(outer, 0o755);
  fs.chownSync(outer, somebodyElse, somebodyElse);
  expect(ownDirectories(root, ['outer', 'inner'], 'trusted')).toEqual([
    `${outer} belongs to another user (uid 65534) and is used as it is (0755).`,
  ]);
  expect(modes()).toEqual(['755', '700']);
});

function own(): string[] {
  return ownDirectories(root, ['outer', 'inner'], 'refused');
}

function modes(): string[] {
  return [outer, inner].map((path) => (fs.statSync(path).mode & 0o7777).toString(8));
}
