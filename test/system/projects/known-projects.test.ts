import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownProjects, notThere } from '../../../source/system/projects/known-projects.ts';
import { recordedProject, recordProject } from '../../../source/system/projects/project-record.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { pathKey, statePath } from '../../../source/system/state/state-files.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { recordWith } from '../../helpers/run-records.ts';

let root: string;
let home: string;
const project = (name: string): string => join(root, name);
const listed = (own: string | null = null) =>
  knownProjects(home, own).map(({ path, problem }) => [path.slice(root.length + 1), problem]);

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'known-projects-')));
  home = join(root, 'state');
});

afterEach(() => fs.rmSync(root, { recursive: true }));

async function ran(name: string): Promise<void> {
  const path = project(name);
  fs.mkdirSync(join(path, '.autonomous', 'docs'), { recursive: true });
  const state = stateDirectory(home, path, 'docs');
  await state.make();
  const directory = (await taskDirectory(path, 'docs').identity())!;
  await state.writeRecord(recordWith({ run: 'run', directory }));
}

describe('the projects known to this machine', () => {
  test('are those where a task has run, by path, after the one that the user is in', async () => {
    expect(listed()).toEqual([]);
    await ran('shop');
    await ran('blog');
    fs.mkdirSync(project('new'));
    expect(listed()).toEqual([
      ['blog', null],
      ['shop', null],
    ]);
    expect(listed(project('shop'))).toEqual([
      ['shop', null],
      ['blog', null],
    ]);
    expect(listed(project('new')).map(([name]) => name)).toEqual(['new', 'blog', 'shop']);
  });

  test('are named even if they are gone, or if a link is in their place', async () => {
    await ran('shop');
    await ran('blog');
    fs.renameSync(project('shop'), project('moved'));
    fs.rmSync(project('blog'), { recursive: true });
    fs.symlinkSync(project('moved'), project('blog'));
    expect(listed()).toEqual([
      ['blog', notThere],
      ['shop', notThere],
    ]);
  });

  test('are forgotten once they are gone and no task has state there', async () => {
    await ran('shop');
    fs.rmSync(project('shop'), { recursive: true });
    fs.rmSync(join(statePath(home, project('shop'), 'docs'), 'run.json'));
    expect(listed()).toEqual([]);
  });

  test('are believed only if their path has the digest that their directory is named after', async () => {
    await ran('shop');
    const key = pathKey(project('shop'));
    const record = join(home, key, '.project.json');
    for (const json of [`{"version":1,"project":"/etc"}`, '{"version":1}', '[', '']) {
      fs.writeFileSync(record, json);
      expect(recordedProject(home, key)).toBeNull();
    }
    await recordProject(home, project('shop'));
    expect(recordedProject(home, key)).toBe(project('shop'));
  });

  test('are not recorded where no task has state: looking at a project leaves no trace', async () => {
    await recordProject(home, project('shop'));
    expect(fs.existsSync(home)).toBe(false);
  });
});
