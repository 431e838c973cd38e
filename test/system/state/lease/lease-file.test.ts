import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lease } from '../../../../source/core/lease/lease.ts';
import { bootId } from '../../../../source/system/process/identity.ts';
import {
  leaseAt,
  leasePath,
  readLease,
  removeLease,
  writeLease,
} from '../../../../source/system/state/lease/lease-file.ts';

const lease: Lease = { epoch: 4, nonce: 'a nonce', hubStart: 'a start', endsAt: 938_520.5 };
let directory: string;
let path: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lease-file-'));
  path = leasePath(directory);
});

afterEach(() => fs.rmSync(directory, { recursive: true }));

test('a lease comes back as it was written, and the next one replaces it', async () => {
  await writeLease(path, lease);
  expect(readLease(path)).toEqual(lease);
  expect(await leaseAt(path)).toEqual(lease);
  await writeLease(path, { ...lease, endsAt: 948_520 });
  expect(readLease(path)).toEqual({ ...lease, endsAt: 948_520 });
  expect(fs.readdirSync(directory)).toEqual(['lease.json']);
  expect(fs.statSync(path).mode & 0o777).toBe(0o600);
});

test('what a writer left that died in between does not hold up the next one', async () => {
  fs.writeFileSync(join(directory, '.lease.json.tmp'), '{"version":1,');
  await writeLease(path, lease);
  expect(readLease(path)).toEqual(lease);
});

describe('there is no lease', () => {
  const written = (changes: object): string =>
    JSON.stringify({ version: 1, ...lease, boot: bootId(), ...changes });

  test.each<[string, () => unknown]>([
    ['in a file that is missing', () => fs.rmSync(path)],
    ['in a file that is cut', () => fs.truncateSync(path, 40)],
    ['in an empty file', () => fs.truncateSync(path, 0)],
    ['in a directory', () => (fs.rmSync(path), fs.mkdirSync(path))],
    ['behind a link', () => (fs.renameSync(path, `${path}.x`), fs.symlinkSync(`${path}.x`, path))],
    ['of another boot', () => fs.writeFileSync(path, written({ boot: 'another' }))],
    ['of another version', () => fs.writeFileSync(path, written({ version: 2 }))],
    ['without an end', () => fs.writeFileSync(path, written({ endsAt: null }))],
    ['with a text as its end', () => fs.writeFileSync(path, written({ endsAt: '938520' }))],
    ['in a file of a megabyte', () => fs.appendFileSync(path, ' '.repeat(1024 * 1024))],
  ])('%s', async (_what, spoil) => {
    await writeLease(path, lease);
    spoil();
    expect(readLease(path)).toBeNull();
    expect(await leaseAt(path)).toBeNull();
  });

  test('after it was removed', async () => {
    await writeLease(path, lease);
    await removeLease(path);
    expect(readLease(path)).toBeNull();
  });

  test('in a directory without one, and reading it makes none', () => {
    expect(readLease(path)).toBeNull();
    expect(fs.readdirSync(directory)).toEqual([]);
  });
});
