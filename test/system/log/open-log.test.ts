import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NoDirectoryError } from '../../../source/system/files/entered-directory.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { openLog } from '../../../source/system/log/open-log.ts';
import { tailLog } from '../../../source/system/log/tail.ts';

let root: string;
let task: string;
let log: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'open-log-')));
  task = join(root, 'project', '.autonomous', 'shop');
  log = join(task, 'session.log');
  fs.mkdirSync(task, { recursive: true });
  fs.writeFileSync(log, 'of the task\n');
  fs.mkdirSync(join(root, 'elsewhere'));
  fs.writeFileSync(join(root, 'elsewhere', 'session.log'), 'of another directory\n');
});

afterEach(() => fs.rmSync(root, { recursive: true }));

/** What an agent does between our look and our opening. */
function swapForLink(): void {
  fs.rmSync(task, { recursive: true, force: true });
  fs.symlinkSync(join(root, 'elsewhere'), task);
}

describe('a task’s directory that was swapped for a link', () => {
  beforeEach(swapForLink);

  test('is not read through by a tail', async () => {
    const tail = tailLog(log);
    await expect(tail.read()).rejects.toThrow(NoDirectoryError);
    await tail.close();
  });

  test('is not read through by an index', async () => {
    const index = indexLog(log);
    await expect(index.read()).rejects.toThrow(NoDirectoryError);
    await index.close();
  });

  test('is named by its path, not by that of a descriptor', async () => {
    await expect(openLog(log)).rejects.toThrow(`${task} is not a plain directory`);
  });
});

test('however often the directory is swapped, no read is of another directory', async () => {
  const aside = join(root, 'aside');
  fs.renameSync(task, aside);
  let isOver = false;
  const swapping = (async () => {
    while (!isOver) {
      fs.renameSync(aside, task);
      await new Promise(setImmediate);
      fs.renameSync(task, aside);
      fs.symlinkSync(join(root, 'elsewhere'), task);
      await new Promise(setImmediate);
      fs.unlinkSync(task);
    }
  })();
  const read = new Set<string>();
  for (let times = 0; times < 300; times += 1) {
    const handle = await openLog(log).catch(() => null);
    if (handle === null) continue;
    read.add(await handle.readFile('utf8'));
    await handle.close();
  }
  isOver = true;
  await swapping;
  expect([...read]).toEqual(['of the task\n']);
});

test('a log in the state directory is opened by its path', async () => {
  const path = join(root, 'live.jsonl');
  fs.writeFileSync(path, 'own\n');
  const handle = await openLog(path);
  expect(await handle.readFile('utf8')).toBe('own\n');
  await handle.close();
});
