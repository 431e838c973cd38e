// `--undo` as a program of its own, on checkpoints of a real repository.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepProjectCheckpoint } from '../../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { directoryIdentity } from '../../../source/system/state/task-snapshot.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 90_000 });

let world: GitWorld;
const main = new URL('../../../source/cli/main.ts', import.meta.url).href;
const code = `import { main } from '${main}'; process.exitCode = await main(process.argv.slice(1));`;

beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
  world.write('.autonomous/docs/task_list.md', '- [ ] one\n');
});

afterEach(() => world.remove());

const home = (): string => join(world.directory, 'state-home');
const content = (path: string): string => fs.readFileSync(join(world.root, path), 'utf8');

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  const { environment, root: project } = world;
  const { id } = await projectTree({ project, state: join(world.directory, 'own'), environment });
  const of = { project, task: 'docs', environment };
  expect(await keepProjectCheckpoint(of, { session, moment, tree: id })).toBe(null);
}

function run(...words: string[]): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', code, '--', ...words],
    {
      cwd: world.root,
      env: { ...world.environment, ...compiledSource, XDG_STATE_HOME: home() },
      encoding: 'utf8',
    },
  );
  return { stdout, stderr, status };
}

test('an undo says what would change, does it with --yes, and can be undone', async () => {
  await keep('before', 1);
  world.write('kept.txt', 'changed\n');
  world.write('shared.txt');
  world.write('.autonomous/docs/task_list.md', '- [x] one\n');
  await keep('after', 1);
  world.write('shared.txt', 'mine\n');

  const asked = run('--undo', '--session', '1', '-n', 'docs');
  expect(asked.status).toBe(2);
  expect(asked.stdout).toContain('  restore .autonomous/docs/task_list.md\n  restore kept.txt\n');
  expect(asked.stderr).toBe('Nothing was changed: --yes takes it back\n');
  expect(content('kept.txt')).toBe('changed\n');

  const done = run('--undo', '--session', '1', '-n', 'docs', '--yes');
  expect([done.stderr, done.status]).toEqual(['', 0]);
  expect(content('kept.txt')).toBe('text\n');
  expect(content('.autonomous/docs/task_list.md')).toBe('- [ ] one\n');
  expect(content('shared.txt')).toBe('mine\n');
  expect(done.stdout).toContain(
    `--diff --session 1 | git -C ${world.root} apply -R --include=shared.txt\n`,
  );

  expect(run('--undo', '--session', 'undo-1', '-n', 'docs', '--yes').status).toBe(0);
  expect(content('kept.txt')).toBe('changed\n');
  expect(content('.autonomous/docs/task_list.md')).toBe('- [x] one\n');
});

test('an undo is refused while a task runs in the same files, and where it is called wrongly', async () => {
  const project = world.root;
  world.write('.autonomous/other/task_list.md', '- [ ] one\n');
  const state = stateDirectory(join(home(), 'autonomous-tui'), project, 'other');
  await state.make();
  fs.writeFileSync(join(state.path, 'run.json'), '{}');
  const lock = await state.takeLock();
  await keep('before', 1);
  await keep('after', 1);
  expect(run('--undo', '--session', '1', '-n', 'docs', '--yes')).toMatchObject({
    stderr: 'other is running in these files: pause it, or wait until it has paused\n',
    status: 1,
  });
  // It has files of its own from now on.
  const directory = directoryIdentity(project, 'other');
  if (directory === null) throw new Error('The task has no directory');
  const base = world.git('rev-parse', 'HEAD').trim();
  const path = join(world.directory, 'other');
  const worktree = { path, branch: 'autonomous/other', from: null, base };
  await state.writeWorktree(worktree, directory);
  expect(run('--undo', '--session', '1', '-n', 'docs', '--yes')).toMatchObject({
    stdout: 'Nothing was taken back\n',
    status: 0,
  });
  await state.forgetWorktree();
  lock?.release();
  expect(run('--undo', '--session', '1', '-n', 'docs', '--yes')).toMatchObject({
    stdout: 'Nothing was taken back\n',
    status: 0,
  });
  expect(run('--undo', '-n', 'docs', '--yes')).toMatchObject({
    stderr: '--undo needs either --session N or --back-to N\n',
    status: 2,
  });
});
