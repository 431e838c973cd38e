import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  detailsFingerprint,
  logFingerprint,
  taskFingerprint,
} from '../../../source/system/state/fingerprint.ts';

let root: string;
let directory: string;
let state: string;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'fingerprint-'));
  directory = join(root, 'docs');
  state = join(root, 'state');
  fs.mkdirSync(directory);
  fs.mkdirSync(state);
});

afterEach(() => fs.rmSync(root, { recursive: true }));

const look = () => taskFingerprint(directory, state);

test.each([
  ['the list is created', () => fs.writeFileSync(join(directory, 'task_list.md'), '')],
  ['the conversation is saved', () => fs.writeFileSync(join(directory, 'session.id'), 'x')],
  ['the log is begun', () => fs.writeFileSync(join(directory, 'session.log'), '')],
  ['the run progresses', () => fs.writeFileSync(join(state, 'run.json'), '{}')],
])('changes when %s', (_what, change) => {
  const before = look();
  expect(look()).toBe(before);
  change();
  expect(look()).not.toBe(before);
});

test.each([
  ['ticks are judged', 'unproven.json'],
  ['the guard replaced a version, or it was accepted', 'list.replaced'],
])('the one of the details changes when %s', (_what, name) => {
  const before = detailsFingerprint(directory, state);
  fs.writeFileSync(join(state, name), '{}');
  expect(detailsFingerprint(directory, state)).not.toBe(before);
});

test('changes when a file is replaced by one of the same size and time', () => {
  const list = join(directory, 'task_list.md');
  fs.writeFileSync(list, '- [ ] one');
  fs.utimesSync(list, 5, 5);
  const before = look();
  fs.writeFileSync(join(root, 'new'), '- [x] one');
  fs.utimesSync(join(root, 'new'), 5, 5);
  fs.renameSync(join(root, 'new'), list);
  expect(look()).not.toBe(before);
});

test('stays the same while the log grows, which does not change the row', () => {
  const log = join(directory, 'session.log');
  fs.writeFileSync(log, '{}\n');
  const before = look();
  fs.appendFileSync(log, '{}\n');
  expect(look()).toBe(before);
});

test.each([
  ['is gone', () => fs.rmSync(directory, { recursive: true })],
  [
    'is a file',
    () => {
      fs.rmSync(directory, { recursive: true });
      fs.writeFileSync(directory, '');
    },
  ],
])('is null when the directory %s', (_what, change) => {
  change();
  expect(look()).toBeNull();
});

test('of a link is that of the link: what it leads to is not looked at', () => {
  fs.renameSync(directory, join(root, 'elsewhere'));
  fs.symlinkSync(join(root, 'elsewhere'), directory);
  const before = look();
  expect(before).not.toBeNull();
  fs.writeFileSync(join(root, 'elsewhere', 'task_list.md'), '- [ ] one');
  expect(look()).toBe(before);
});

test('of an invalid name has no state', () => {
  fs.writeFileSync(join(state, 'run.json'), '{}');
  const before = taskFingerprint(directory, null);
  fs.rmSync(join(state, 'run.json'));
  expect(taskFingerprint(directory, null)).toBe(before);
});

describe('of a log', () => {
  const later = (): void => void vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  afterEach(() => vi.restoreAllMocks());

  test('stays the same while nothing is appended', () => {
    const log = join(directory, 'session.log');
    fs.writeFileSync(log, 'one');
    later();
    const before = logFingerprint(log);
    expect(before).not.toBeNull();
    expect(logFingerprint(log)).toBe(before);
    fs.appendFileSync(log, 'two');
    expect(logFingerprint(log)).not.toBe(before);
  });

  test('proves nothing right after a change', () => {
    const log = join(directory, 'session.log');
    fs.writeFileSync(log, 'one');
    expect(logFingerprint(log)).toBeNull();
  });

  test('changes when the log goes and when it comes', () => {
    const log = join(directory, 'session.log');
    const none = logFingerprint(log);
    fs.writeFileSync(log, '');
    later();
    expect(logFingerprint(log)).not.toBe(none);
  });
});
