// A task with a worktree, on the real Codex: its sessions, checkpoints and checks are there, its list in the project.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { command } from '../../source/demo/responses-api.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { hasSandbox, makeWorld, smallPlan, test } from '../helpers/end-to-end-world.ts';
import type { EndToEndWorld } from '../helpers/end-to-end-world.ts';

const description = 'Build a REST API for todo app';
const task = 'build-rest-api-todo';

const git = (directory: string, ...words: string[]): string =>
  execFileSync('git', ['-c', 'user.name=U', '-c', 'user.email=u@localhost', ...words], {
    cwd: directory,
    encoding: 'utf8',
  });

describe.skipIf(!hasSandbox)('a task with a worktree', () => {
  let world: EndToEndWorld;

  beforeAll(async () => {
    world = await makeWorld({ plan: smallPlan({ steps: 1 }), configuration: null });
    const { project } = world;
    writeFileSync(join(project, 'parts.txt'), 'part 0\n');
    git(project, 'add', 'parts.txt');
    git(project, 'commit', '-qm', 'first');
    git(project, 'branch', '-M', 'main');
  });

  afterAll(() => world.end());

  test('works on its branch there, and leaves the files of the project alone', async () => {
    const { project } = world;
    const check = ['--check', 'grep -q "part 1" parts.txt'];
    const result = await world.run(['--headless', '--worktree', ...check, description]);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const [, path = ''] =
      /^worktree (.*)\nHEAD .*\nbranch refs\/heads\/autonomous\/build-rest-api-todo$/m.exec(
        git(project, 'worktree', 'list', '--porcelain'),
      ) ?? [];
    expect(readFileSync(join(path, 'parts.txt'), 'utf8')).toBe('part 0\npart 1\n');
    expect(readFileSync(join(project, 'parts.txt'), 'utf8')).toBe('part 0\n');
    const list = join('.autonomous', task, 'task_list.md');
    expect(readFileSync(join(project, list), 'utf8')).toContain('- [x] Do part 1');
    expect(existsSync(join(path, list))).toBe(false);
    expect(git(project, 'status', '--porcelain')).toBe('');
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(path, 'log', '--format=%B', 'main..').trim()).toBe(
      `Do part 1\n\nAutonomous-Task: ${task}\nAutonomous-Session: 2`,
    );

    const listed = await world.run(['--list']);
    expect(listed.stdout).toContain('autonomous/build-rest-api-todo, 1 commit ahead of main');
    expect(await world.run(['--list'])).toEqual(listed);

    const { stdout } = await world.run(['--diff', '--task-name', task]);
    expect(stdout).toContain('+part 1');
    const undone = await world.run(['--undo', '--session', '2', '--yes', '--task-name', task]);
    expect(undone).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(path, 'parts.txt'), 'utf8')).toBe('part 0\n');
    expect(readFileSync(join(project, list), 'utf8')).toContain('- [ ] Do part 1');
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(path, 'log', '-1', '--format=%s').trim()).toBe(`Take back session 2 of ${task}`);

    const again = await world.run(['--headless', '--continue', '--worktree', '--task-name', task]);
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.stderr).toContain('--worktree is for a new task');
  });
});

describe.skipIf(!hasSandbox)('a new worktree', () => {
  test('is prepared there, without network, before the first working session, until it has passed once', async ({
    makeWorld: make,
  }) => {
    const world = await make({
      plan: smallPlan({ work: () => [command('cat prepared.txt >> parts.txt')] }),
      configuration: { restSeconds: 0, prepare: { command: 'sh prepare.sh' } },
    });
    const { project, model } = world;
    const { port } = new URL(model.url);
    const ready = join(project, 'ready');
    writeFileSync(
      join(project, 'prepare.sh'),
      [
        // Without it, there would seem to be no network.
        'bash -c true || exit 9',
        `bash -c '< /dev/tcp/127.0.0.1/${port}' && network=yes || network=no`,
        'echo "run with network: $network" >> prepared.txt',
        `test -e '${ready}' || { echo 'nothing is ready'; exit 3; }`,
      ].join('\n'),
    );
    git(project, 'add', 'prepare.sh');
    git(project, 'commit', '-qm', 'first');

    const dashboard = await world.dashboard(['--worktree', '--task-name', 'shop', 'Build a shop']);
    await dashboard.waitFor(/prepared: sh prepare\.sh fails \(exit code 3\): nothing is ready/);
    expect(await world.listed('shop')).toMatchObject({ state: 'needs you', done: 0, total: 2 });
    expect(world.requests.filter(({ prompt }) => prompt.includes('Role: Executor'))).toEqual([]);

    writeFileSync(ready, '');
    pressFor(dashboard, 'panes', 'continue');
    await dashboard.waitFor(/✓ shop +2\/2 +done/);
    const path = /^worktree (.*)\nHEAD .*\nbranch refs\/heads\/autonomous\/shop$/m.exec(
      git(project, 'worktree', 'list', '--porcelain'),
    )?.[1];
    const twice = 'run with network: no\n'.repeat(2);
    expect(readFileSync(join(path ?? '', 'prepared.txt'), 'utf8')).toBe(twice);
    expect(readFileSync(join(path ?? '', 'parts.txt'), 'utf8')).toBe(twice + twice);
    expect(existsSync(join(project, 'prepared.txt'))).toBe(false);
  });
});
