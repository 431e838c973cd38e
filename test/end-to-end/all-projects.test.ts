// Two projects with a task of the same name on one screen, one that is gone, and one that comes later.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunRecord } from '../../source/core/run/record.ts';
import { stateDirectory, type StateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { recordWith } from '../helpers/run-records.ts';
import { until } from '../helpers/until.ts';

const list = '- [ ] Do part 1\n- [ ] Do part 2\n';

/** A project in the user's home that is known here, with one task. */
async function another(world: EndToEndWorld, name: string, task: string): Promise<StateDirectory> {
  const path = join(world.home, name);
  await mkdir(join(path, '.autonomous', task), { recursive: true });
  await writeFile(join(path, '.autonomous', task, 'task_list.md'), list);
  const state = stateDirectory(stateHome(world.env), path, task);
  await state.make();
  return state;
}

const untilRecord = (
  state: StateDirectory,
  what: string,
  isSo: (record: RunRecord) => boolean,
): Promise<unknown> =>
  until(what, async () => {
    const record = await state.readRecord();
    return record !== null && isSo(record);
  });

test('--all shows the tasks of all projects, and p pauses the one of the right project', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  const own = await world.prepare('docs');
  const blog = await another(world, 'blog', 'docs');
  const old = await another(world, 'old', 'site');
  await old.writeRecord(recordWith({ run: 'over' }));
  await rename(join(world.home, 'old'), join(world.home, 'moved'));
  world.hold(() => true);

  const dashboard = await world.dashboard(['--all']);
  await dashboard.waitFor(/▸ ○ docs [^]*~\/blog\s[^]* ○ docs [^]*~\/old {2}not there/);
  pressFor(dashboard, 'panes', 'continue');
  await dashboard.waitFor('1 running');
  pressFor(dashboard, 'panes', 'down');
  pressFor(dashboard, 'panes', 'continue');
  await dashboard.waitFor('2 running');
  await untilRecord(blog, 'Codex works in the blog', ({ phase }) => phase === 'working');
  pressFor(dashboard, 'panes', 'pause');
  await dashboard.waitFor(/~\/blog\s[^]*▸ ‖ docs /);
  expect((await blog.readRecord())?.ending?.kind).toBe('paused');
  expect((await own.record())?.ending).toBeNull();

  await another(world, 'later', 'new-here');
  await rename(join(world.home, 'blog'), join(world.home, 'away'));
  await dashboard.waitFor(/~\/later\s[^]* new-here [^]*~\/blog {2}not there/);

  const { stdout } = await world.run(['--list', '--all', '--json']);
  const { projects, tasks } = JSON.parse(stdout) as Record<string, { project: string }[]>;
  expect(tasks).toEqual([
    expect.objectContaining({ project: world.project, name: 'docs', state: 'running' }),
    expect.objectContaining({ project: join(world.home, 'later'), name: 'new-here' }),
  ]);
  expect(projects).toContainEqual({
    project: join(world.home, 'blog'),
    problem: expect.stringContaining('not there') as string,
  });

  pressFor(dashboard, 'panes', 'quit');
  // The line is longer than the terminal is wide.
  await dashboard.waitFor(/1 task is still running: docs \(\/[^]*--all/);
});
