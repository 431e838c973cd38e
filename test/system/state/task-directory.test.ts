import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  taskDirectory,
  taskNames,
  type TaskDirectory,
} from '../../../source/system/state/task-directory.ts';
import { maxListBytes } from '../../../source/system/state/task-files.ts';
import { taskNamesNow } from '../../../source/system/state/tasks-snapshot.ts';

let project: string;
let task: TaskDirectory;

beforeEach(() => {
  project = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'task-directory-')));
  task = taskDirectory(project, 'docs');
});

afterEach(() => fs.rmSync(project, { recursive: true }));

const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
const file = (name: string): string => join(task.path, name);
const write = (name: string, content: string): void => fs.writeFileSync(file(name), content);

describe('a directory', () => {
  test('is created for its owner alone, and creating it again keeps it', async () => {
    await task.make();
    const identity = await task.identity();
    await task.make();
    expect(await task.identity()).toEqual(identity);
    expect(fs.statSync(task.path).mode & 0o777).toBe(0o700);
  });

  test.each(['../up', '.hidden', 'a b', ''])('called %j is not created', async (name) => {
    await expect(taskDirectory(project, name).make()).rejects.toThrow(/is not a valid task name$/);
    expect(fs.readdirSync(project)).toEqual([]);
  });

  test('that is missing has no identity and no files', async () => {
    expect(await task.identity()).toBeNull();
    expect(await task.readList()).toEqual({ kind: 'missing' });
    expect(await task.readDescription()).toBeNull();
    expect(await task.readThreadId()).toBeNull();
    expect(await task.readLogEnd(100)).toBe('');
    expect(await task.logChangedAt()).toBeNull();
    expect(await task.readErrorLog(100)).toBe('');
  });

  test('that was deleted and created anew is another one, whatever its inode', async () => {
    await task.make();
    const before = await task.identity();
    fs.rmSync(task.path, { recursive: true });
    await task.make();
    expect(await task.identity()).not.toEqual(before);
  });

  test('stays the same, whatever happens in it', async () => {
    await task.make();
    const before = await task.identity();
    write('task_list.md', '- [ ] one');
    fs.mkdirSync(file('more'));
    fs.rmSync(file('task_list.md'));
    fs.chmodSync(task.path, 0o711);
    expect(await task.identity()).toEqual(before);
  });

  test.each([
    ['the task', 'docs'],
    ['all tasks', '.'],
  ])('that is a link in place of %s is missing, and not written to', async (_what, where) => {
    const elsewhere = fs.mkdtempSync(join(tmpdir(), 'elsewhere-'));
    fs.mkdirSync(join(elsewhere, 'docs'));
    const path = join(project, '.autonomous', where);
    if (where !== '.') fs.mkdirSync(join(project, '.autonomous'));
    fs.symlinkSync(elsewhere, path.replace(/\/\.$/, ''));
    expect(await task.identity()).toBeNull();
    await expect(task.make()).rejects.toThrow(/is not a plain directory: move it away/);
    await expect(task.appendToLog('new\n')).rejects.toThrow();
    await expect(task.openLogForCopy()).rejects.toThrow();
    expect(fs.readdirSync(elsewhere)).toEqual(['docs']);
    fs.rmSync(elsewhere, { recursive: true });
  });

  test('replaced by a file is an error that says what to do', async () => {
    fs.mkdirSync(join(project, '.autonomous'));
    fs.writeFileSync(task.path, '');
    await expect(task.make()).rejects.toThrow(/docs is not a plain directory: move it away/);
    expect(await task.identity()).toBeNull();
  });
});

describe('the names of tasks', () => {
  test('are those of all directories and links, and of nothing else', async () => {
    for (const name of ['docs', 'my task', '…']) taskDirectory(project, name);
    fs.mkdirSync(join(project, '.autonomous', 'docs'), { recursive: true });
    fs.mkdirSync(join(project, '.autonomous', 'my task'));
    fs.writeFileSync(join(project, '.autonomous', 'file'), '');
    fs.symlinkSync(tmpdir(), join(project, '.autonomous', 'link'));
    expect((await taskNames(project)).sort()).toEqual(['docs', 'link', 'my task']);
    expect(taskNamesNow(project).sort()).toEqual(['docs', 'link', 'my task']);
  });

  test('are none if .autonomous is missing, a link or a file; of the latter two a list says so', async () => {
    expect(await taskNames(project)).toEqual([]);
    expect(taskNamesNow(project)).toEqual([]);
    fs.symlinkSync(tmpdir(), join(project, '.autonomous'));
    expect(await taskNames(project)).toEqual([]);
    expect(() => taskNamesNow(project)).toThrow(/\.autonomous is not a plain directory/);
    fs.rmSync(join(project, '.autonomous'));
    fs.writeFileSync(join(project, '.autonomous'), '');
    expect(await taskNames(project)).toEqual([]);
    expect(() => taskNamesNow(project)).toThrow(/\.autonomous is not a plain directory/);
  });
});

describe('the list', () => {
  beforeEach(async () => void (await task.make()));

  test('is text of at most 1 MiB; a longer one is refused, and the sentence says what to do', async () => {
    write('task_list.md', 'x'.repeat(maxListBytes));
    expect(await task.readList()).toMatchObject({ kind: 'text' });
    write('task_list.md', 'x'.repeat(maxListBytes + 1));
    expect(await task.readList()).toEqual({
      kind: 'unreadable',
      sentence: 'task_list.md is longer than 1 MiB: shorten it',
    });
  });

  test.each([
    ['a link', () => fs.symlinkSync('/etc/passwd', file('task_list.md')), /symbolic link/],
    ['a directory', () => fs.mkdirSync(file('task_list.md')), /directory/],
  ])('that is %s is unreadable, and the sentence says so', async (_what, make, sentence) => {
    make();
    const list = await task.readList();
    expect(list).toMatchObject({ kind: 'unreadable' });
    expect(JSON.stringify(list)).toMatch(sentence);
    expect(JSON.stringify(list)).toMatch(/task_list\.md cannot be read: /);
  });
});

describe('the description', () => {
  beforeEach(async () => void (await task.make()));

  test('is read as it was written, however strange', async () => {
    const description = 'Line\nand "quotes", \u0000 and 🎉';
    await task.writeDescription(description, new Date(0));
    expect(await task.readDescription()).toBe(description);
    expect(JSON.parse(fs.readFileSync(file('task.json'), 'utf8'))).toEqual({
      version: 1,
      description,
      created: '1970-01-01T00:00:00.000Z',
    });
  });

  test('of 2 MB is whole', async () => {
    const description = 'x'.repeat(2_000_000);
    await task.writeDescription(description, new Date(0));
    expect(await task.readDescription()).toBe(description);
  });

  test.each(['', '{', '[]', '{"description":7}', 'null'])(
    'that is invalid counts as missing: %j',
    async (text) => {
      write('task.json', text);
      expect(await task.readDescription()).toBeNull();
    },
  );
});

describe('the conversation', () => {
  beforeEach(async () => void (await task.make()));

  test('is an id and a newline', async () => {
    await task.writeThreadId(thread);
    expect(fs.readFileSync(file('session.id'), 'utf8')).toBe(`${thread}\n`);
    expect(await task.readThreadId()).toBe(thread);
  });

  test.each(['', '--last', 'x', `${thread} --yolo`, `${thread}\n${thread}`])(
    'that is not a thread id counts as missing, since it would become an argument: %j',
    async (text) => {
      write('session.id', text);
      expect(await task.readThreadId()).toBeNull();
    },
  );

  test('with spaces around it still counts', async () => {
    write('session.id', `  ${thread}\r\n\n`);
    expect(await task.readThreadId()).toBe(thread);
  });
});

describe('the log', () => {
  beforeEach(async () => void (await task.make()));

  test('is only appended to, never truncated', async () => {
    write('session.log', 'old\n');
    await task.appendToLog('new\n');
    expect(fs.readFileSync(task.logPath, 'utf8')).toBe('old\nnew\n');
  });

  test.each([
    ['', false],
    ['{}\n', false],
    ['{}', true],
    ['{}\n{"ty', true],
    ['\n', false],
  ])('%j ends in the middle of a line: %s', async (text, answer) => {
    write('session.log', text);
    const whole = answer ? `${text}\nnew\n` : `${text}new\n`;
    expect(await task.appendToLog('new\n')).toBe(whole.length);
    expect(fs.readFileSync(task.logPath, 'utf8')).toBe(whole);
    expect((await task.logEnd()).offset).toBe(whole.length);
  });

  test('shows its end, however long it is', async () => {
    write('session.log', 'abcdef');
    expect(await task.readLogEnd(3)).toBe('def');
    expect(await task.readLogEnd(300)).toBe('abcdef');
  });

  test('that is a link is not opened, and its target stays as it was', async () => {
    const elsewhere = join(project, 'precious');
    fs.writeFileSync(elsewhere, 'precious');
    for (const open of [() => task.appendToLog('x'), () => task.openErrorLog()]) {
      fs.rmSync(task.logPath, { force: true });
      fs.symlinkSync(elsewhere, task.logPath);
      fs.rmSync(task.errorLogPath, { force: true });
      fs.symlinkSync(elsewhere, task.errorLogPath);
      await expect(open()).rejects.toThrow(/symbolic link/);
    }
    expect(fs.readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(await task.logChangedAt()).toBeNull();
  });

  test('that has a second name is not written to, since the text would appear there too', async () => {
    write('session.log', '');
    fs.linkSync(task.logPath, join(project, 'second'));
    await expect(task.appendToLog('x')).rejects.toThrow(/several names/);
  });

  test('has a time of change', async () => {
    write('session.log', '');
    fs.utimesSync(task.logPath, 5, 7);
    expect(await task.logChangedAt()).toBe(7000);
  });
});

test('its lock has only one holder', async () => {
  await task.make();
  const lock = await task.takeLock(0);
  expect(await task.takeLock(0)).toBeNull();
  lock?.release();
  const next = await task.takeLock(0);
  expect(next).not.toBeNull();
  next?.release();
});
