import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasStateElsewhere, locateState } from '../../../source/system/state/state-location.ts';
import { stateLocation } from '../../../source/system/state/moved-state.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { statePath } from '../../../source/system/state/state-files.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { recordWith } from '../../helpers/run-records.ts';

let root: string;
let home: string;
const project = (name: string): string => join(root, name);

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'kept-state-'));
  home = join(root, 'state');
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true });
});

/** A task that was run in this project. */
async function ran(path: string, run: string, task = 'docs'): Promise<void> {
  fs.mkdirSync(join(path, '.autonomous', task), { recursive: true });
  const state = stateDirectory(home, path, task);
  await state.make();
  await state.noteTime(0, 1000);
  await state.noteStepTimes('1 1000\n');
  const directory = (await taskDirectory(path, task).identity())!;
  await state.writeRecord(recordWith({ run, directory }));
}

const move = (from: string, to: string): void => fs.renameSync(project(from), project(to));
const kept = (path: string) => stateLocation(home, path, 'docs');
const pathOf = (path: string): string => statePath(home, path, 'docs');

describe('the state of a task', () => {
  test('is kept under its project’s path, even before there is any', async () => {
    expect(locateState(home, project('shop'), 'docs')).toBe(pathOf(project('shop')));
    await ran(project('shop'), 'run');
    expect(locateState(home, project('shop'), 'docs')).toBe(pathOf(project('shop')));
  });

  test('is found under the old path after its project was moved', async () => {
    await ran(project('shop'), 'moved');
    await ran(project('another'), 'another');
    move('shop', 'moved');
    expect(locateState(home, project('moved'), 'docs')).toBe(pathOf(project('shop')));
    expect(kept(project('moved')).readRecord()?.run).toBe('moved');
  });

  test('is found after the task alone was moved into another project', async () => {
    await ran(project('shop'), 'moved');
    await ran(project('another'), 'another', 'site');
    const [from, to] = ['shop', 'another'].map((name) => join(project(name), '.autonomous/docs'));
    fs.renameSync(from!, to!);
    expect(kept(project('another')).readRecord()?.run).toBe('moved');
  });

  test('is found under the old name after the task was renamed', async () => {
    await ran(project('shop'), 'renamed');
    await ran(project('shop'), 'deleted', 'deleted');
    await ran(project('shop'), 'another', 'another');
    const tasks = join(project('shop'), '.autonomous');
    fs.rmSync(join(tasks, 'deleted'), { recursive: true });
    fs.renameSync(join(tasks, 'docs'), join(tasks, 'site'));
    const site = stateLocation(home, project('shop'), 'site');
    expect(site.readRecord()?.run).toBe('renamed');
    await stateDirectory(home, project('shop'), 'site').make();
    await site.bringHere();
    expect(site.readRecord()?.run).toBe('renamed');
    expect(locateState(home, project('shop'), 'site')).toMatch(/\/site$/);
    fs.mkdirSync(join(tasks, 'new'));
    expect(stateLocation(home, project('shop'), 'new').readRecord()).toBeNull();
  });

  test('is not found for a task that only shares a name, nor for a copy', async () => {
    await ran(project('shop'), 'another');
    fs.cpSync(project('shop'), project('copy'), { recursive: true });
    expect(hasStateElsewhere(home, project('copy'), 'docs')).toBe(true);
    expect(locateState(home, project('copy'), 'docs')).toBe(pathOf(project('copy')));
    expect(kept(project('copy')).readRecord()).toBeNull();
  });

  test('is found even if another project used the path meanwhile', async () => {
    await ran(project('shop'), 'first');
    move('shop', 'aside');
    kept(project('aside')).readRecord();
    await stateDirectory(home, project('aside'), 'docs').make();
    await kept(project('aside')).bringHere();
    await ran(project('shop'), 'second');
    fs.rmSync(project('shop'), { recursive: true });
    move('aside', 'shop');
    expect(kept(project('shop')).readRecord()?.run).toBe('first');
  });

  test('is searched for elsewhere at most once in ten seconds', async () => {
    const uptime = vi.spyOn(process, 'uptime').mockReturnValue(1000);
    expect(hasStateElsewhere(home, project('shop'), 'docs')).toBe(false);
    await ran(project('another'), 'another');
    expect(hasStateElsewhere(home, project('shop'), 'docs')).toBe(false);
    uptime.mockReturnValue(1010.1);
    expect(hasStateElsewhere(home, project('shop'), 'docs')).toBe(true);
  });

  test('is searched for only in the state directories of projects', async () => {
    fs.mkdirSync(join(home, 'machine', 'docs'), { recursive: true });
    await ran(project('shop'), 'run');
    expect(hasStateElsewhere(home, project('shop'), 'docs')).toBe(false);
  });
});

describe('moving state here', () => {
  test('moves everything known about the task, which is kept here from then on', async () => {
    await ran(project('shop'), 'moved');
    move('shop', 'moved');
    const here = stateDirectory(home, project('moved'), 'docs');
    await here.make();
    await kept(project('moved')).bringHere();
    expect(locateState(home, project('moved'), 'docs')).toBe(here.path);
    expect([
      (await here.readRecord())?.run,
      await here.readTimes(),
      await here.readTicks(),
    ]).toEqual(['moved', '0 1000\n', '1 1000\n']);
    expect(fs.existsSync(join(pathOf(project('shop')), 'run.json'))).toBe(false);
  });

  test('leaves the state of a running task: another project may use the old path', async () => {
    await ran(project('shop'), 'moved');
    const lock = (await stateDirectory(home, project('shop'), 'docs').takeLock(0))!;
    move('shop', 'moved');
    await stateDirectory(home, project('moved'), 'docs').make();
    expect(await kept(project('moved')).bringHere()).toBe(true);
    expect(fs.existsSync(join(pathOf(project('shop')), 'run.json'))).toBe(true);
    expect(kept(project('moved')).readRecord()?.run).toBe('moved');
    lock.release();
    await kept(project('moved')).bringHere();
    expect(fs.existsSync(join(pathOf(project('shop')), 'run.json'))).toBe(false);
  });

  test('does nothing if nothing was moved', async () => {
    await ran(project('shop'), 'run');
    await kept(project('shop')).bringHere();
    expect(kept(project('shop')).readRecord()?.run).toBe('run');
  });

  test('ignores a truncated record', async () => {
    await ran(project('shop'), 'moved');
    fs.writeFileSync(join(pathOf(project('shop')), 'run.json'), '{"version":1');
    move('shop', 'moved');
    expect(kept(project('moved')).readRecord()).toBeNull();
  });
});
