// `--merge` as a program of its own, on a real repository.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { directoryIdentity } from '../../../source/system/state/task-snapshot.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { openTakeOver } from '../../helpers/open-take-over.ts';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: MergeWorld;
const main = new URL('../../../source/cli/main.ts', import.meta.url).href;
const code = `import { main } from '${main}'; process.exitCode = await main(process.argv.slice(1));`;

beforeEach(() => {
  world = makeMergeWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
  world.write('.autonomous/docs/task_list.md', '- [x] one\n');
});

afterEach(() => world.remove());

const home = (): string => join(world.directory, 'state-home');

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

test('a merge says what it did; while the task runs or is taken over, on a conflict and without a branch it says why not', async () => {
  const state = stateDirectory(join(home(), 'autonomous-tui'), world.root, 'docs');
  await state.make();
  expect(run('--merge', '-n', 'docs')).toEqual({
    stdout: '',
    stderr: 'docs has no branch of its own: it works in the project\n',
    status: 1,
  });
  const { branch } = await world.mergeOrder();
  await state.writeWorktree(branch, directoryIdentity(world.root, 'docs')!);
  fs.writeFileSync(join(state.path, 'run.json'), '{}');
  world.commit('new.txt', 'new\n');

  const lock = await state.takeLock();
  expect(run('--merge', '-n', 'docs')).toMatchObject({
    stderr: 'docs is running: pause it first\n',
    status: 1,
  });
  await state.writeTakeOver(openTakeOver, directoryIdentity(world.root, 'docs')!);
  expect(run('--merge', '-n', 'docs')).toMatchObject({
    stderr: 'You have taken over docs in another terminal (pid 123)\n',
    status: 1,
  });
  await state.forgetTakeOver();
  lock?.release();
  expect(run('--merge', '-n', 'docs')).toEqual({
    stdout:
      'Merged autonomous/docs (1 commit) into main: fast-forward. Its worktree and branch are removed\n',
    stderr: '',
    status: 0,
  });
  expect(fs.existsSync(world.worktree)).toBe(false);
  await state.writeWorktree(branch, directoryIdentity(world.root, 'docs')!);
  expect(run('--merge', '-n', 'docs')).toMatchObject({
    stdout: 'autonomous/docs and its worktree are gone already\n',
    status: 0,
  });
  await state.writeWorktree(branch, directoryIdentity(world.root, 'docs')!);
  world.git('worktree', 'add', '-q', '-b', 'autonomous/docs', world.worktree);
  world.commit('kept.txt', 'theirs\n');
  world.commitHere('kept.txt', 'ours\n');
  expect(run('--merge', '-n', 'docs')).toMatchObject({
    stderr:
      'autonomous/docs conflicts with main in kept.txt: nothing was changed. --yes lets a session resolve them\n',
    status: 1,
  });
  expect(run('--merge', '--undo', '-n', 'docs').status).toBe(2);
});
