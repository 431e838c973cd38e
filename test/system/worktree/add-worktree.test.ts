// Worktrees of a real repository, by the real git.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TaskWorktree } from '../../../source/core/worktree/task-worktree.ts';
import { addWorktree } from '../../../source/system/worktree/add-worktree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

// Many calls of git, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let world: GitWorld;
let recorded: TaskWorktree | null;

beforeEach(() => {
  world = makeGitWorld();
  recorded = null;
});

afterEach(() => world.remove());

function add(project = world.root): ReturnType<typeof addWorktree> {
  return addWorktree({
    project,
    task: 'cart',
    environment: world.environment,
    worktrees: join(world.directory, 'worktrees'),
    recorded,
    record: (worktree) => {
      recorded = worktree;
      return Promise.resolve();
    },
  });
}

async function made(project = world.root): Promise<TaskWorktree & { workplace: string }> {
  const answer = await add(project);
  if ('problem' in answer) throw new Error(answer.problem);
  return { ...answer.worktree, workplace: answer.workplace };
}

async function refused(): Promise<string> {
  const answer = await add();
  return 'problem' in answer ? answer.problem : 'it was added';
}

test('a task gets a branch from HEAD and a clean directory of its own; the user’s own stays', async () => {
  world.write('kept.txt', 'changed\n');
  const before = world.git('status', '--porcelain=v2', '--branch');
  const { path, branch, from, base, workplace } = await made();
  expect({ branch, from, base, workplace }).toEqual({
    branch: 'autonomous/cart',
    from: 'refs/heads/main',
    base: world.git('rev-parse', 'HEAD').trim(),
    workplace: path,
  });
  expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(world.gitIn(path, 'status', '--porcelain=v2', '--branch')).toContain(`head ${branch}\n`);
  expect(world.gitIn(path, 'status', '--porcelain')).toBe('');
  expect(world.git('status', '--porcelain=v2', '--branch')).toBe(before);
  fs.writeFileSync(join(path, 'kept.txt'), 'the task’s\n');
  await made();
  expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('the task’s\n');
});

test('a project below the root works below the root of its worktree', async () => {
  world.write('packages/shop/index.js');
  world.git('add', '-A');
  world.git('commit', '-qm', 'shop');
  const { path, workplace } = await made(join(world.root, 'packages/shop'));
  expect(workplace).toBe(join(path, 'packages/shop'));
  expect(fs.readdirSync(workplace)).toEqual(['index.js']);
});

test('a detached HEAD, and a repository that is a worktree itself, have worktrees, too', async () => {
  world.git('checkout', '-q', '--detach');
  const other = join(world.directory, 'other');
  world.git('worktree', 'add', '-q', '--detach', other);
  expect((await made(other)).from).toBeNull();
  expect(world.git('worktree', 'list').trim().split('\n')).toHaveLength(3);
});

test('nothing that the repository names runs', async () => {
  const program = world.planted();
  world.write('.gitattributes', '* filter=x\n');
  world.git('add', '-A');
  world.git('commit', '-qm', 'attributes');
  for (const [key, value] of [
    ['filter.x.smudge', program],
    ['filter.x.process', program],
    ['filter.x.required', 'true'],
    ['core.fsmonitor', program],
    ['core.hooksPath', join(world.directory, 'hooks')],
  ] as const) {
    world.git('config', key, value);
  }
  fs.mkdirSync(join(world.directory, 'hooks'));
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
    fs.copyFileSync(program, join(world.directory, 'hooks', hook));
  }
  const { path } = await made();
  expect(world.ran()).toBe(false);
  expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('text\n');
  try {
    world.git('worktree', 'add', '-q', join(world.directory, 'by-hand'));
  } catch {
    // What counts is whether the program ran.
  }
  expect(world.ran()).toBe(true);
});

test('a try that was killed between any two steps is finished by the next', async () => {
  const { path, branch } = await made();
  const admin = join(world.root, '.git/worktrees/cart');
  const lock = (): void => fs.writeFileSync(join(admin, 'locked'), 'initializing');
  const clean = (): void => {
    world.git('worktree', 'remove', '--force', '--force', path);
  };
  const kills: Record<string, () => void> = {
    'before the branch': () => (clean(), void world.git('branch', '-D', branch)),
    'with a lock on the branch': () => {
      clean();
      world.git('branch', '-D', branch);
      fs.mkdirSync(join(world.root, '.git/refs/heads/autonomous'), { recursive: true });
      fs.writeFileSync(join(world.root, `.git/refs/heads/${branch}.lock`), '');
    },
    'before the directory': () => (fs.rmSync(path, { recursive: true }), lock()),
    'before .git': () => {
      lock();
      fs.rmSync(path, { recursive: true });
      fs.mkdirSync(path);
    },
    'before HEAD': () => {
      lock();
      fs.rmSync(join(path, 'kept.txt'));
      for (const name of ['HEAD', 'index']) fs.rmSync(join(admin, name));
    },
    'before the files': () => {
      lock();
      fs.rmSync(join(path, 'kept.txt'));
      fs.rmSync(join(admin, 'index'));
    },
    'amid the files': () => {
      fs.writeFileSync(join(path, 'kept.txt'), 'te');
      fs.renameSync(join(admin, 'index'), join(admin, 'index.lock'));
    },
    'when all was done': () => {},
  };
  for (const [when, kill] of Object.entries(kills)) {
    kill();
    recorded = recorded && { ...recorded, made: false };
    await made();
    expect([when, world.gitIn(path, 'status', '--porcelain')]).toEqual([when, '']);
    expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('text\n');
    expect(world.gitIn(path, 'rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe(branch);
    expect(world.git('worktree', 'list', '--porcelain')).not.toContain('locked');
  }
});

test('a worktree that is gone comes back with what the task committed', async () => {
  const { path } = await made();
  fs.writeFileSync(join(path, 'made.txt'), 'text\n');
  world.gitIn(path, 'add', '-A');
  world.gitIn(path, 'commit', '-qm', 'work');
  world.git('worktree', 'remove', path);
  await made();
  expect(fs.existsSync(join(path, 'made.txt'))).toBe(true);
});

test('a branch that was removed after its worktree was there is not made anew from where it began', async () => {
  const { path, branch } = await made();
  world.git('worktree', 'remove', path);
  world.git('branch', '-D', branch);
  expect(await refused()).toBe(
    'autonomous/cart is gone: bring it back with git branch autonomous/cart COMMIT',
  );
  expect(world.git('branch', '--list', branch)).toBe('');
  world.git('branch', branch);
  await made();
});

test('a worktree that was moved, or whose disk is not mounted, is not made a second time', async () => {
  const { path, branch } = await made();
  const elsewhere = join(world.directory, 'elsewhere');
  world.git('worktree', 'move', path, elsewhere);
  expect(await refused()).toBe(
    `${branch} is checked out in ${elsewhere}: bring it back with git worktree move ${elsewhere} ${path}, or switch to another branch there`,
  );
  world.git('worktree', 'move', elsewhere, path);
  await made();

  const worktrees = join(world.directory, 'worktrees');
  fs.renameSync(worktrees, join(world.directory, 'unmounted'));
  for (const mountPoint of [false, true]) {
    if (mountPoint) fs.mkdirSync(worktrees);
    expect(await refused()).toBe(
      `${path} cannot be reached: mount its disk. If it was deleted, mkdir -p ${join(path, '..')} lets it come back with what was committed`,
    );
  }
  fs.rmdirSync(worktrees);
  fs.renameSync(join(world.directory, 'unmounted'), worktrees);
  await made();
});

test('submodules stay empty, and sparse patterns hold no worktree up', async () => {
  const other = join(world.directory, 'library');
  fs.cpSync(world.root, other, { recursive: true });
  world.git('submodule', 'add', '-q', other, 'library');
  world.write('docs/guide.txt');
  world.git('add', '-A');
  world.git('commit', '-qm', 'library');
  world.git('sparse-checkout', 'set', '--no-cone', '/kept.txt', '/library');
  const before = world.git('status', '--porcelain=v2', '--branch');
  const { path } = await made();
  expect(fs.readdirSync(join(path, 'library'))).toEqual([]);
  expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(world.gitIn(path, 'status', '--porcelain')).toBe('');
  expect(world.git('status', '--porcelain=v2', '--branch')).toBe(before);
});

test('a worktree of a bare repository, where .git is a file, has worktrees of its own tasks', async () => {
  const bare = join(world.directory, 'bare.git');
  world.gitIn(world.directory, 'clone', '-q', '--bare', world.root, bare);
  const home = join(world.directory, 'home-tree');
  world.gitIn(bare, 'worktree', 'add', '-q', home, 'main');
  expect(fs.statSync(join(home, '.git')).isFile()).toBe(true);
  const { path, from } = await made(home);
  expect(from).toBe('refs/heads/main');
  expect(fs.readFileSync(join(path, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(world.gitIn(bare, 'worktree', 'list')).toContain(path);
});

const place = async (): Promise<string> => {
  const { path, branch } = await made();
  world.git('worktree', 'remove', path);
  world.git('branch', '-D', branch);
  recorded = null;
  return path;
};

test.each<[string, () => unknown, string]>([
  ['no commit', () => world.git('update-ref', '-d', 'HEAD'), 'has no commit yet'],
  [
    'no repository',
    () => fs.rmSync(join(world.root, '.git'), { recursive: true }),
    'not in a git repository',
  ],
  [
    'a bare repository',
    () => {
      fs.rmSync(world.root, { recursive: true });
      world.gitIn(world.directory, 'init', '-q', '--bare', 'root');
    },
    'is a bare repository',
  ],
  ['a merge', () => fs.writeFileSync(join(world.root, '.git/MERGE_HEAD'), ''), 'A merge is in'],
  ['a rebase', () => fs.mkdirSync(join(world.root, '.git/rebase-merge')), 'A rebase is in'],
  ['a link in the way', async () => fs.symlinkSync(world.root, await place()), 'is there already'],
  [
    'a directory in the way',
    async () => {
      const path = await place();
      fs.mkdirSync(path);
      fs.writeFileSync(join(path, 'mine.txt'), '');
    },
    'is there already',
  ],
])('%s: the worktree is refused in one sentence, and nothing is made', async (_what, how, said) => {
  await how();
  expect(await refused()).toContain(said);
  expect(recorded).toBeNull();
});
