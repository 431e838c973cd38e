import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchDirectory, watchTree } from '../../source/system/watch.ts';

let directory: string;
let root: string;
let hints: Hints;
let close: () => void | Promise<void>;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'watch-'));
  root = join(directory, '.autonomous');
  hints = new Hints();
  close = () => {};
});

afterEach(async () => {
  await close();
  fs.rmSync(directory, { recursive: true, force: true });
});

test('creating, writing or removing a file in a watched directory gives a hint with its name', async () => {
  start(directory);
  fs.writeFileSync(join(directory, 'wish.json'), '{}');
  await hints.until('wish.json');
  fs.appendFileSync(join(directory, 'session.log'), '{}\n');
  await hints.until('session.log');
  hints.clear();
  fs.rmSync(join(directory, 'wish.json'));
  await hints.until('wish.json');
});

test('a missing directory gives no hints and no error', () => {
  start(root);
  expect(hints.all).toEqual([]);
});

test('removing a watched directory is not an error', async () => {
  fs.mkdirSync(root);
  start(root);
  fs.writeFileSync(join(root, 'last'), '');
  await hints.until('last');
  fs.rmSync(root, { recursive: true });
  await hints.until('.autonomous');
});

test('a closed watch gives no hints', async () => {
  fs.mkdirSync(root);
  start(root);
  await close();
  fs.writeFileSync(join(root, 'unseen'), '');
  const closed = hints;
  hints = new Hints();
  start(root);
  fs.writeFileSync(join(root, 'seen'), '');
  await hints.until('seen');
  expect(closed.all).toEqual([]);
});

test('in a tree, tasks, their lists and their session ids give hints by path', async () => {
  fs.mkdirSync(join(root, 'old-task'), { recursive: true });
  fs.writeFileSync(join(root, 'old-task', 'task_list.md'), '- [ ] one');
  await startTree();
  expect(hints.all).toEqual([null]);
  fs.writeFileSync(join(root, 'old-task', 'task_list.md'), '- [x] one');
  await hints.until('old-task/task_list.md');
  fs.mkdirSync(join(root, 'new-task'));
  await hints.until('new-task');
  replace(join(root, 'new-task', 'session.id'));
  await hints.until('new-task/session.id');
  hints.clear();
  replace(join(root, 'new-task', 'session.id'));
  await hints.until('new-task/session.id');
  fs.renameSync(join(root, 'old-task'), join(root, 'moved-task'));
  await hints.until('old-task');
  await hints.until('moved-task');
  fs.writeFileSync(join(root, 'moved-task', 'task_list.md'), '- [ ] two');
  await hints.until('moved-task/task_list.md');
});

test('in a tree, logs and deeper files give no hints', async () => {
  fs.mkdirSync(join(root, 'task', 'deeper'), { recursive: true });
  await startTree();
  for (let count = 0; count < 100; count++) {
    fs.appendFileSync(join(root, 'task', 'session.log'), '{}\n');
    fs.writeFileSync(join(root, 'task', 'deeper', 'task_list.md'), `${count}`);
  }
  fs.writeFileSync(join(root, 'task', 'task_list.md'), '- [ ] one');
  await hints.until('task/task_list.md');
  expect(new Set(hints.all)).toEqual(new Set([null, 'task/task_list.md']));
});

test.each(['', 'not/there/yet'])(
  'a missing tree is watched once it comes, goes and comes back (%j above it)',
  async (above) => {
    root = join(directory, above, '.autonomous');
    await startTree();
    for (const task of ['first', 'second']) {
      fs.mkdirSync(join(root, task), { recursive: true });
      await hints.until(task);
      fs.writeFileSync(join(root, task, 'task_list.md'), '- [ ] one');
      await hints.until(`${task}/task_list.md`);
      fs.rmSync(root, { recursive: true });
      await hints.until(task);
      hints.clear();
    }
  },
);

test('links in a tree are not followed', async () => {
  const elsewhere = join(directory, 'elsewhere');
  fs.mkdirSync(elsewhere);
  fs.mkdirSync(join(root, 'task'), { recursive: true });
  fs.symlinkSync(elsewhere, join(root, 'link'));
  await startTree();
  fs.writeFileSync(join(elsewhere, 'task_list.md'), '- [ ] one');
  fs.writeFileSync(join(root, 'task', 'task_list.md'), '- [ ] one');
  await hints.until('task/task_list.md');
  expect(hints.all).not.toContain('link/task_list.md');
});

test('watching does not keep a process alive', () => {
  fs.mkdirSync(root);
  const module = new URL('../../source/system/watch.ts', import.meta.url).href;
  const script = `
    const { watchDirectory, watchTree } = await import('${module}');
    watchDirectory('${root}', () => {});
    watchTree('${root}', () => process.stdout.write('watching'));`;
  const args = ['--no-warnings', '--input-type=module', '-e', script];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 4000 });
  expect(output).toBe('watching');
});

/** The hints so far, and a way to wait for one. */
class Hints {
  all: (string | null)[] = [];
  #wake = () => {};

  readonly take = (name: string | null): void => {
    this.all.push(name);
    this.#wake();
  };

  clear(): void {
    this.all = [];
  }

  async until(name: string | null): Promise<void> {
    while (!this.all.includes(name)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function start(path: string): void {
  ({ close } = watchDirectory(path, hints.take));
}

async function startTree(): Promise<void> {
  ({ close } = watchTree(root, hints.take));
  await hints.until(null);
}

function replace(path: string): void {
  fs.writeFileSync(`${path}.tmp`, 'new');
  fs.renameSync(`${path}.tmp`, path);
}
