// Checkpoints in a real repository, by the real git.

import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkpointDirectory } from '../../../source/core/checkpoint/checkpoint-refs.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import {
  keepProjectCheckpoint,
  type CheckpointRequest,
} from '../../../source/system/checkpoint/project-checkpoints.ts';
import { pathKey } from '../../../source/system/state/state-files.ts';
import { pruneCheckpoints } from '../../../source/system/checkpoint/prune-checkpoints.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

// Many calls of git, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let world: GitWorld;
const task = 'Docs.lock';

beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
});

afterEach(() => world.remove());

const refs = (): string => checkpointDirectory(pathKey(world.root), task);
const at = (session: number): string => `${refs()}/${session}`;

async function keep(
  moment: CheckpointRequest['moment'],
  session: number,
  project = world.root,
): Promise<string | null> {
  const { environment } = world;
  const state = join(world.directory, 'state');
  const tree = await projectTree({ project, state, environment });
  expect(tree.kind).toBe('git');
  return keepProjectCheckpoint({ project, task, environment }, { session, moment, tree: tree.id });
}

const kept = async (moment: CheckpointRequest['moment'], session: number): Promise<void> =>
  expect(await keep(moment, session)).toBe(null);

const refsNow = (): string[] =>
  world
    .git('for-each-ref', '--format=%(refname)', refs())
    .split('\n')
    .filter((ref) => ref !== '')
    .map((ref) => ref.slice(refs().length + 1));

/** Everything of the user's that must stay. */
function usersOwn(): unknown {
  const files = fs
    .readdirSync(join(world.root, '.git'), { recursive: true, encoding: 'utf8' })
    .filter((path) => !/^(?:objects|refs\/autonomous|info)\b/.test(path))
    .sort()
    .map((path) => [path, contentOf(join(world.root, '.git', path))]);
  const status = world.git('status', '--porcelain=v2', '--branch', '--untracked-files=all');
  return { files, status, reflog: world.git('reflog', '--all'), stash: world.git('stash', 'list') };
}

function contentOf(path: string): string {
  return fs.statSync(path).isDirectory() ? '' : fs.readFileSync(path, 'latin1');
}

test('each session has the files before and after it, and the list and notes with them', async () => {
  world.write(`.autonomous/${task}/task_list.md`, '- [ ] one\n');
  await kept('before', 1);
  expect(refsNow()).toEqual(['0']);
  world.write('made.txt');
  world.write(`.autonomous/${task}/task_list.md`, '- [x] one\n');
  world.write(`.autonomous/${task}/progress.md`, 'notes\n');
  await kept('after', 1);
  expect(refsNow()).toEqual(['0', '1']);
  expect(world.git('diff', '--name-status', at(0), at(1)).split('\n')).toEqual([
    `A\t.autonomous/${task}/progress.md`,
    `M\t.autonomous/${task}/task_list.md`,
    'A\tmade.txt',
    '',
  ]);
  expect(world.git('log', '-1', '--format=%an <%ae> %cn|%B', at(1))).toBe(
    `autonomous-tui <autonomous-tui@localhost> autonomous-tui|Session 1 of ${task}\n\nAutonomous-Task: ${task}\nAutonomous-Session: 1\n\n`,
  );
  expect(world.git('fsck', '--strict', '--no-dangling')).toBe('');
});

test('nothing of the user’s changes, and no hook, signature or reflog is made', async () => {
  world.write('kept.txt', 'staged\n');
  world.git('stash', '-q');
  world.write('staged.txt');
  world.git('add', 'staged.txt');
  const program = world.planted();
  for (const hook of ['reference-transaction', 'post-commit', 'pre-commit', 'commit-msg']) {
    fs.copyFileSync(program, join(world.root, '.git', 'hooks', hook));
  }
  for (const [key, value] of [
    ['commit.gpgSign', 'true'],
    ['gpg.program', program],
    ['core.logAllRefUpdates', 'always'],
    ['author.name', 'Someone'],
    ['committer.email', ''],
    ['core.fsmonitor', program],
  ] as const) {
    world.git('config', key, value);
  }
  usersOwn();
  world.ran();
  const before = usersOwn();
  world.ran();
  await kept('before', 1);
  world.write('made.txt');
  await kept('after', 1);
  fs.rmSync(join(world.root, 'made.txt'));
  expect(world.ran()).toBe(false);
  expect(usersOwn()).toEqual(before);
  expect(world.git('log', '-1', '--format=%an %ce %G?', at(1))).toBe(
    'autonomous-tui autonomous-tui@localhost N\n',
  );
});

test('what the user changes between two sessions belongs to neither', async () => {
  await kept('before', 1);
  world.write('first.txt');
  await kept('after', 1);
  world.write('users.txt');
  await kept('before', 2);
  expect(refsNow()).toEqual(['0', '1', 'before-2']);
  world.write('second.txt');
  await kept('after', 2);
  expect(refsNow()).toEqual(['0', '1', '2']);
  const changed = (session: number): string =>
    world.git('diff', '--name-only', `${at(session)}^1`, at(session));
  expect([changed(1), changed(2)]).toEqual(['first.txt\n', 'second.txt\n']);
});

test('made twice it is the same one; on other files it moves, and what it was stays in its history', async () => {
  await kept('before', 1);
  await kept('before', 1);
  world.write('made.txt');
  await kept('after', 1);
  const first = world.git('rev-parse', at(1));
  await kept('after', 1);
  expect(world.git('rev-parse', at(1))).toBe(first);
  world.write('made.txt', 'more\n');
  await kept('after', 1);
  expect(world.git('rev-parse', `${at(1)}^2`)).toBe(first);
  expect(world.git('rev-parse', `${at(1)}^1`)).toBe(world.git('rev-parse', at(0)));
});

test('a new task of the same name starts anew, and the old one’s stay in the history', async () => {
  await kept('before', 1);
  world.write('made.txt');
  await kept('after', 1);
  await kept('after', 2);
  const old = world.git('rev-parse', at(2));
  await kept('before', 1);
  expect(refsNow()).toEqual(['0']);
  expect(world.git('rev-parse', `${at(0)}^1`)).toBe(old);
});

test('git gc removes none of them', async () => {
  await kept('before', 1);
  world.write('made.txt', 'only here\n');
  await kept('after', 1);
  fs.rmSync(join(world.root, 'made.txt'));
  world.git('gc', '-q', '--prune=now');
  expect(world.git('show', `${at(1)}:made.txt`)).toBe('only here\n');
  await kept('before', 2);
  await kept('after', 2);
  expect(refsNow()).toEqual(['0', '1', '2']);
});

test('a project below the root, with a name that is no ASCII, has its list where it lies', async () => {
  const project = join(world.root, 'päckage');
  world.write(`päckage/.autonomous/${task}/task_list.md`, '- [ ] one\n');
  world.write('päckage/other.txt');
  expect(await keep('before', 1, project)).toBe(null);
  const ref = `${checkpointDirectory(pathKey(project), task)}/0`;
  const files = world.git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', ref);
  expect(files.split('\n')).toEqual([
    'kept.txt',
    `päckage/.autonomous/${task}/task_list.md`,
    'päckage/other.txt',
    '',
  ]);
});

test('a link or a pipe in place of the list is not in it', async () => {
  world.write(`.autonomous/${task}/progress.md`, 'notes\n');
  fs.symlinkSync('/etc/passwd', join(world.root, '.autonomous', task, 'task_list.md'));
  await kept('before', 1);
  expect(world.git('ls-tree', '-r', '--name-only', at(0))).toBe(
    `.autonomous/${task}/progress.md\nkept.txt\n`,
  );
});

describe('the next checkpoint works', () => {
  test('after a git that was killed and left its locks', async () => {
    await kept('before', 1);
    world.write('made.txt');
    const lock = join(world.root, '.git', `${at(1)}.lock`);
    fs.mkdirSync(dirname(lock), { recursive: true });
    fs.writeFileSync(lock, '');
    await kept('after', 1);
    expect(refsNow()).toEqual(['0', '1']);
  });

  test('where the object of the last one is damaged', async () => {
    await kept('before', 1);
    const commit = world.git('rev-parse', at(0)).trim();
    const object = join(world.root, '.git/objects', commit.slice(0, 2), commit.slice(2));
    fs.chmodSync(object, 0o600);
    fs.writeFileSync(object, 'torn');
    world.write('made.txt');
    await kept('after', 1);
    expect(world.git('show', `${at(1)}:made.txt`)).toBe('text\n');
  });

  test('where there is no commit yet', async () => {
    fs.rmSync(join(world.root, '.git'), { recursive: true });
    world.git('init', '-q');
    await kept('before', 1);
    await kept('after', 1);
    expect(refsNow()).toEqual(['0', '1']);
  });

  test('in a linked worktree, where .git is a file', async () => {
    const project = join(world.directory, 'linked');
    world.git('worktree', 'add', '-q', project);
    fs.writeFileSync(join(project, 'made.txt'), 'text\n');
    expect(await keep('before', 1, project)).toBe(null);
    const ref = `${checkpointDirectory(pathKey(project), task)}/0`;
    expect(world.git('ls-tree', '-r', '--name-only', ref)).toBe('kept.txt\nmade.txt\n');
  });
});

describe('old checkpoints', () => {
  const day = 24 * 60 * 60 * 1000;
  const prune = (days: number, running = 'another'): Promise<readonly string[]> =>
    pruneCheckpoints({
      project: world.root,
      task: running,
      environment: world.environment,
      now: Date.now() + days * day,
      keptMs: 30 * day,
    });
  const list = `.autonomous/${task}/task_list.md`;

  test('go when their task has been done for longer than they are kept, all at once', async () => {
    world.write(list, '- [x] Do it\n');
    await kept('before', 1);
    world.write('a.txt', 'new');
    await kept('after', 1);
    expect(await prune(29)).toEqual([]);
    expect(refsNow()).toEqual(['0', '1']);
    expect(await prune(31)).toEqual([task]);
    expect(refsNow()).toEqual([]);
  });

  test('go with a task whose directory is gone', async () => {
    await kept('before', 1);
    fs.rmSync(join(world.root, '.autonomous'), { recursive: true, force: true });
    expect(await prune(31)).toEqual([task]);
  });

  test('stay while a step is open, the list cannot be read, or the task runs', async () => {
    world.write(list, '- [x] Do it\n- [ ] And this\n');
    await kept('before', 1);
    expect(await prune(31)).toEqual([]);
    fs.rmSync(join(world.root, list));
    expect(await prune(31)).toEqual([]);
    world.write(list, '- [x] Do it\n');
    expect(await prune(31, task)).toEqual([]);
    expect(await prune(31)).toEqual([task]);
  });
});
