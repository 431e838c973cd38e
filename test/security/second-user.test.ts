// Another user of the same machine: a shell with another uid, which only root can start. These tests are skipped
// for any other user.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ControlRequest } from '../../source/core/run/control-request.ts';
import { noTaskOptions } from '../../source/core/task/options.ts';
import { stateDirectory, type StateDirectory } from '../../source/system/state/state-directory.ts';
import { taskDirectory, type TaskDirectory } from '../../source/system/state/task-directory.ts';
import { recordWith } from '../helpers/run-records.ts';

const somebodyElse = { uid: 65_534, gid: 65_534 };
const canBeSomebodyElse = spawnSync('/bin/sh', ['-c', ':'], somebodyElse).status === 0;

const secret = 'what nobody else may read';
const wish: ControlRequest = { run: 'run-1', want: 'pause now', seq: 1, id: null };

let root: string;
let task: TaskDirectory;
let state: StateDirectory;

beforeEach(() => {
  // Every user may enter the project and the state home, as on a machine with a shared umask.
  root = fs.mkdtempSync(join(tmpdir(), 'second-user-'));
  const project = join(root, 'project');
  const home = join(root, 'home', '.local', 'state', 'autonomous-tui');
  for (const path of [project, home]) fs.mkdirSync(path, { recursive: true });
  for (const path of [root, project, join(root, 'home')]) fs.chmodSync(path, 0o755);
  task = taskDirectory(project, 'shop');
  state = stateDirectory(home, project, 'shop');
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

describe.skipIf(!canBeSomebodyElse)('a second user on the machine', () => {
  test('can read neither state nor logs', async () => {
    await makeEverything();
    const files = [...filesIn(task.path), ...filesIn(state.path)];
    expect(files.length).toBeGreaterThan(8);
    for (const path of files) {
      expect(fs.readFileSync(path).length, path).toBeGreaterThanOrEqual(0);
      expect(asSomebodyElse('cat "$1"', path), path).toBe('');
    }
    for (const path of [task.path, state.path]) expect(asSomebodyElse('ls -a "$1"', path)).toBe('');
  });

  test('can write no control request, and nothing else', async () => {
    await makeEverything();
    const before = [filesIn(task.path), filesIn(state.path)];
    for (const path of [task.path, state.path, join(task.path, '..'), join(state.path, '..')]) {
      asSomebodyElse(
        'echo x > "$1/wish.json"; mkdir "$1/made"; rm -rf "$1"/*; mv "$1" "$1-2"',
        path,
      );
    }
    expect([filesIn(task.path), filesIn(state.path)]).toEqual(before);
    expect(await state.readControlRequest()).toEqual(wish);
  });

  test('is shut out of directories that were open to all', async () => {
    fs.mkdirSync(task.path, { recursive: true });
    fs.mkdirSync(state.path, { recursive: true });
    for (const path of [task.path, state.path]) {
      for (const each of [path, join(path, '..')]) fs.chmodSync(each, 0o777);
      asSomebodyElse('echo "there" > "$1/planted"', path);
    }
    const words = [...(await state.make()), ...(await task.make())];
    expect(words.filter((word) => word.includes('is now private'))).toHaveLength(5);
    for (const path of [task.path, state.path]) {
      expect(asSomebodyElse('cat "$1/planted"; echo x > "$1/more"', path)).toBe('');
      expect(fs.existsSync(join(path, 'more'))).toBe(false);
    }
  });

  test('is ignored, even if directories were open before', async () => {
    fs.mkdirSync(state.path, { recursive: true });
    fs.chmodSync(state.path, 0o777);
    const record = JSON.stringify(recordWith({ sandbox: 'danger-full-access' }));
    asSomebodyElse(`printf '%s' '${record}' > "$1/run.json"`, state.path);
    asSomebodyElse(`printf '%s' '${JSON.stringify(wish)}' > "$1/wish.json"`, state.path);
    expect(fs.readdirSync(state.path).sort()).toEqual(['run.json', 'wish.json']);
    expect(await state.readRecord()).toBeNull();
    expect(await state.readControlRequest()).toBeNull();
  });
});

/** Everything that a run writes. */
async function makeEverything(): Promise<void> {
  await state.make();
  await task.make();
  const locks = [await state.takeLock(), await task.takeLock()];
  await state.writeRecord(recordWith());
  await state.writeControlRequest(wish);
  await (await state.openPrompt(secret)).close();
  await state.noteTime(0, 0);
  await state.note(secret);
  await task.writeDescription(secret, new Date());
  await task.writeThreadId('01a2023d-ceff-78c1-8e86-de96f121a1f2');
  const uuid = '7d0e2023-ceff-48c1-8e86-de96f121a1f2';
  const opened = [
    task.openLogForCopy(),
    task.openErrorLog(),
    state.openOutput(uuid),
    state.openErrors(uuid),
  ];
  for (const opening of opened) {
    const file = await opening;
    await file.appendFile(secret);
    await file.close();
  }
  await state.writeOptions({ ...noTaskOptions, model: secret }, { device: 1, inode: 2, bornAt: 3 });
  for (const lock of locks) lock?.release();
}

function filesIn(path: string): string[] {
  return fs.readdirSync(path).map((name) => join(path, name));
}

/** What it prints; it may fail. */
function asSomebodyElse(script: string, path: string): string {
  const options = { ...somebodyElse, encoding: 'utf8', cwd: '/' } as const;
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], options).stdout;
}
