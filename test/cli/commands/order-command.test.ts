// `--archive`, `--unarchive` and `--delete` as programs of their own, on a real repository, and killed in the middle.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkpointDirectory } from '../../../source/core/checkpoint/checkpoint-refs.ts';
import { isLeftHalf, orderingFor } from '../../../source/cli/deps/verbs/order-deps.ts';
import { taskDirectory, taskNames } from '../../../source/system/state/task-directory.ts';
import {
  stateDirectory,
  type StateDirectory,
} from '../../../source/system/state/state-directory.ts';
import { pathKey } from '../../../source/system/state/state-files.ts';
import { directoryIdentity } from '../../../source/system/state/task-snapshot.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { openTakeOver } from '../../helpers/open-take-over.ts';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: MergeWorld;
let state: StateDirectory;
const main = new URL('../../../source/cli/main.ts', import.meta.url).href;
const code = `import { main } from '${main}'; process.exitCode = await main(process.argv.slice(1));`;

/** Before anything else: kill -9 at a call that changes the disk, `KILL_AT` of them later. */
const killer = `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
let left = Number(process.env.KILL_AT);
for (const name of ['rename', 'rm', 'rmdir']) {
  const real = fs[name];
  fs[name] = (...words) => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return real(...words);
  };
}
syncBuiltinESMExports();
`;

type Answer = { stdout: string; stderr: string; status: number | null };

function run(words: readonly string[], killAt?: number): Answer {
  const kill =
    killAt === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(killer)}`];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--no-warnings', ...kill, '--input-type=module', '-e', code, '--', ...words],
    {
      cwd: world.root,
      env: {
        ...world.environment,
        ...compiledSource,
        XDG_STATE_HOME: home(),
        KILL_AT: String(killAt),
      },
      encoding: 'utf8',
    },
  );
  return { stdout, stderr, status };
}

const home = (): string => join(world.directory, 'state-home');
const paths = () => ({ project: world.root, home: join(home(), 'autonomous-tui') });
const refs = (): string =>
  world.git('for-each-ref', '--format=%(refname)', 'refs/autonomous').trim();
const taskPath = (): string => join(world.root, '.autonomous', 'docs');

/** A task with a worktree, checkpoints and state; beside it another one. */
async function makeTask(): Promise<void> {
  world.write('.autonomous/docs/task_list.md', '- [x] one\n');
  world.write('.autonomous/docs/notes/more.md');
  fs.symlinkSync(join(world.root, 'kept.txt'), join(taskPath(), 'link'));
  await state.make();
  const { branch } = await world.mergeOrder();
  await state.writeWorktree(branch, directoryIdentity(world.root, 'docs')!);
  for (const name of ['0', '1', 'undo-1']) {
    const ref = `${checkpointDirectory(pathKey(world.root), 'docs')}/${name}`;
    world.git('update-ref', ref, 'HEAD');
  }
}

beforeEach(async () => {
  world = makeMergeWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
  world.write('.autonomous/other/task_list.md', '- [ ] two\n');
  state = stateDirectory(join(home(), 'autonomous-tui'), world.root, 'docs');
  await makeTask();
});

afterEach(() => world.remove());

test('an archived task is named at the end of the list, and comes back; nothing of it has moved', () => {
  expect(run(['--archive', '-n', 'docs'])).toEqual({
    stdout: 'Archived docs; --unarchive brings it back\n',
    stderr: '',
    status: 0,
  });
  expect(run(['--list']).stdout).toMatch(/\n {2}○ other [^\n]*\n {2}1 archived: docs\n$/);
  expect(run(['--list', '--json']).stdout.match(/"archived": \w+/g)).toEqual([
    '"archived": true',
    '"archived": false',
  ]);
  expect(fs.readdirSync(taskPath())).toContain('task_list.md');
  expect(run(['--unarchive', '-n', 'docs'])).toMatchObject({
    stdout: 'Brought docs back\n',
    status: 0,
  });
  expect(run(['--list']).stdout).toContain('✓ docs');
});

test('a deletion says what would go, and with --yes it goes: the project’s files and other tasks stay', () => {
  const would = run(['--delete', '-n', 'docs']);
  expect(would).toMatchObject({
    stderr: 'docs was not deleted: --yes deletes it, and nothing brings it back\n',
    status: 2,
  });
  expect(would.stdout).toMatch(
    /^Goes: \S+\.autonomous\/docs, with its list, notes and log\nGoes: its state, \S+\/docs\nGoes: its 3 checkpoints, without undo\nGoes: its worktree \S+ and branch autonomous\/docs\nStays: the project's files\n$/,
  );
  expect([refs().split('\n').length, fs.existsSync(world.worktree)]).toEqual([3, true]);
  expect(run(['--delete', '-n', 'docs', '--yes'])).toEqual({
    stdout: 'Deleted docs\n',
    stderr: '',
    status: 0,
  });
  expect(fs.readdirSync(join(world.root, '.autonomous'))).toEqual(['other']);
  expect(fs.existsSync(state.path)).toBe(false);
  expect([refs(), fs.existsSync(world.worktree)]).toEqual(['', false]);
  expect(world.git('branch', '--list', '--format=%(refname:short)').trim()).toBe('main');
  expect([world.read('kept.txt'), world.status()]).toEqual(['text\n', '']);
  expect(run(['--delete', '-n', 'docs', '--yes'])).toMatchObject({ status: 1 });
});

test('a worktree that is not merged stays, and is named', () => {
  world.commit('new.txt', 'new\n');
  const stays = `worktree ${world.worktree}: autonomous/docs is not merged`;
  expect(run(['--delete', '-n', 'docs']).stdout).toContain(`Stays: its ${stays}\n`);
  expect(run(['--delete', '-n', 'docs', '--yes'])).toMatchObject({
    stdout: `Deleted docs. Its ${stays}\n`,
    status: 0,
  });
  expect(fs.readFileSync(join(world.worktree, 'new.txt'), 'utf8')).toBe('new\n');
});

test('a task whose runner holds it, or is just taking it, is neither archived nor deleted', async () => {
  const lock = await state.takeLock();
  const ordering = orderingFor(paths());
  const refused = { ok: false, sentence: 'docs is running: pause it first' };
  expect([
    await ordering.archive('docs'),
    await ordering.deletion('docs'),
    await ordering.delete('docs'),
  ]).toEqual([refused, refused, refused]);
  // Or somebody has taken it over.
  const directory = directoryIdentity(world.root, 'docs')!;
  await state.writeTakeOver(openTakeOver, directory);
  const taken = { ok: false, sentence: 'You have taken over docs in another terminal (pid 123)' };
  expect([
    await ordering.archive('docs'),
    await ordering.deletion('docs'),
    await ordering.delete('docs'),
  ]).toEqual([taken, taken, taken]);
  await state.forgetTakeOver();
  lock?.release();
  // The runner has taken the first of its two locks.
  const inside = await taskDirectory(world.root, 'docs').takeLock();
  expect(await ordering.delete('docs')).toEqual(refused);
  inside?.release();
  expect(fs.existsSync(taskPath())).toBe(true);
});

test('kill -9 anywhere in a deletion: the task is whole or not listed, and the next try ends it', async () => {
  let kills = 0;
  // Every third of them, others in each run.
  for (let at = 1 + Math.floor(Math.random() * 3); ; at += 3) {
    if (!fs.existsSync(world.worktree)) {
      world.git('worktree', 'prune');
      world.git('worktree', 'add', '-q', '-B', 'autonomous/docs', world.worktree);
    }
    await makeTask().catch((error: unknown) => expect(String(error)).toContain('EEXIST'));
    const { status } = run(['--delete', '-n', 'docs', '--yes'], at);
    if (status === 0) break;
    kills++;
    expect(status).toBe(null);
    if (fs.existsSync(taskPath())) {
      expect(fs.readdirSync(taskPath())).toEqual(expect.arrayContaining(['task_list.md', 'notes']));
    } else {
      expect(await taskNames(world.root)).toEqual(['other']);
    }
    expect([await isLeftHalf(paths(), 'docs'), await orderingFor(paths()).delete('docs')]).toEqual([
      true,
      { ok: true, sentence: 'Deleted docs' },
    ]);
    expect(fs.readdirSync(join(world.root, '.autonomous'))).toEqual(['other']);
    expect(fs.readdirSync(join(state.path, '..'))).toEqual(['.project.json']);
    expect([refs(), fs.existsSync(world.worktree)]).toEqual(['', false]);
    expect([world.read('kept.txt'), world.status()]).toEqual(['text\n', '']);
  }
  expect(kills).toBeGreaterThan(1);
});
