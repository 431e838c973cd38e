// Merges of a task's branch in a real repository: what each case does to the user's branch, index and files.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: MergeWorld;
beforeEach(() => {
  world = makeMergeWorld();
});
afterEach(() => world.remove());

/** All that a merge could change. */
function usersOwn(): unknown {
  return [
    world.git('for-each-ref'),
    world.status(),
    fs.readFileSync(join(world.root, '.git/HEAD'), 'utf8'),
    world.git('ls-files', '--stage'),
    fs.readdirSync(world.root).sort(),
    fs.existsSync(join(world.root, '.git/index.lock')),
  ];
}

test('a branch that is only ahead moves forward, with the files and the index', async () => {
  world.commit('dir/new.txt', 'new\n');
  world.commit('kept.txt', 'changed\n');
  world.write('users.txt', 'untracked\n');
  expect(await world.plan()).toMatchObject({ kind: 'fast-forward', from: 'main', commits: 2 });
  expect(await world.merge()).toMatchObject({ kind: 'done' });
  expect(world.id('main')).toBe(world.id('autonomous/docs'));
  expect(world.read('dir/new.txt')).toBe('new\n');
  expect(world.read('kept.txt')).toBe('changed\n');
  expect(world.status()).toBe('?? users.txt\n');
  expect(world.git('reflog', '-1', 'HEAD')).toContain('merge autonomous/docs');
  expect(fs.existsSync(join(world.root, '.git/index.lock'))).toBe(false);
  expect(await world.plan()).toEqual({ kind: 'merged', from: 'main' });
});

test('branches that both went on get a merge commit, by the user’s name, and staged files elsewhere stay staged', async () => {
  world.commit('theirs.txt', 'theirs\n');
  world.commitHere('ours.txt', 'ours\n');
  world.write('staged.txt');
  world.git('add', 'staged.txt');
  expect(await world.merge()).toMatchObject({ kind: 'done', plan: { kind: 'merge', commits: 1 } });
  expect(world.git('log', '-1', '--format=%an %s %P', 'main').trim()).toBe(
    `U Merge autonomous/docs into main ${world.id('main^1')} ${world.id('autonomous/docs')}`,
  );
  expect(world.read('theirs.txt')).toBe('theirs\n');
  expect(world.status()).toBe('A  staged.txt\n');
});

test('without a name of the user’s, the merge commit gets ours', async () => {
  world.commit('theirs.txt', 'theirs\n');
  world.commitHere('ours.txt', 'ours\n');
  fs.writeFileSync(join(world.directory, 'home', '.gitconfig'), '[commit]\n\tgpgSign = true\n');
  expect(await world.merge()).toMatchObject({ kind: 'done' });
  expect(world.git('log', '-1', '--format=%an', 'main').trim()).toBe('autonomous-tui');
});

test('where the branch is not checked out, only it moves', async () => {
  world.commit('new.txt', 'new\n');
  world.git('checkout', '-q', '-b', 'other');
  const before = fs.readFileSync(join(world.root, '.git/index'));
  expect(await world.merge()).toMatchObject({ kind: 'done', plan: { root: null } });
  expect(world.id('main')).toBe(world.id('autonomous/docs'));
  expect(world.read('new.txt')).toBe(null);
  expect(fs.readFileSync(join(world.root, '.git/index'))).toEqual(before);
});

test('a conflict names its files, and nothing is changed', async () => {
  world.commit('kept.txt', 'theirs\n');
  world.commitHere('kept.txt', 'ours\n');
  const before = usersOwn();
  expect(await world.merge()).toMatchObject({
    kind: 'not done',
    plan: { kind: 'conflict', from: 'main', commits: 1, paths: ['kept.txt'] },
  });
  expect(usersOwn()).toEqual(before);
});

type Obstacle = readonly [string, (made: MergeWorld) => void, object];

const obstacles: readonly Obstacle[] = [
  [
    'a change that is not committed',
    (made) => made.write('kept.txt', 'mine\n'),
    { kind: 'in the way', paths: ['kept.txt'] },
  ],
  [
    'a staged change',
    (made) => {
      made.write('kept.txt', 'mine\n');
      made.git('add', 'kept.txt');
    },
    { kind: 'in the way', paths: ['kept.txt'] },
  ],
  [
    'an untracked file',
    (made) => made.write('new.txt', 'mine\n'),
    { kind: 'in the way', paths: ['new.txt'] },
  ],
  [
    'an ignored file',
    (made) => {
      made.write('.git/info/exclude', 'new.txt\n');
      made.write('new.txt', 'mine\n');
    },
    { kind: 'in the way', paths: ['new.txt'] },
  ],
  [
    'a file where a directory belongs',
    (made) => made.write('dir', 'mine\n'),
    { kind: 'in the way', paths: ['dir/inner.txt'] },
  ],
  [
    'a worktree with changes',
    (made) => fs.writeFileSync(join(made.worktree, 'left.txt'), 'agent\n'),
    { kind: 'refused', paths: ['left.txt'] },
  ],
  [
    'a branch that is gone',
    (made) => {
      made.git('checkout', '-q', '-b', 'other');
      made.git('branch', '-q', '-D', 'main');
    },
    { kind: 'refused', why: 'the branch main is gone' },
  ],
  [
    'a merge that the user has begun',
    (made) => fs.writeFileSync(join(made.root, '.git/MERGE_HEAD'), `${made.id('main')}\n`),
    { kind: 'refused', why: expect.stringContaining('a merge is in progress') as string },
  ],
  [
    'a rebase of the branch',
    (made) => {
      made.git('checkout', '-q', '--detach');
      made.write('.git/rebase-merge/head-name', 'refs/heads/main\n');
    },
    { kind: 'refused', why: 'a rebase of main is in progress' },
  ],
  [
    'another git at work',
    (made) => made.write('.git/index.lock', ''),
    { kind: 'refused', why: expect.stringContaining('another git works in') as string },
  ],
];

test.each(obstacles)('%s refuses the merge, and nothing is changed', async (_, prepare, plan) => {
  world.commit('kept.txt', 'theirs\n');
  world.commit('new.txt', 'theirs\n');
  world.commit('dir/inner.txt', 'theirs\n');
  prepare(world);
  const before = usersOwn();
  expect(await world.merge()).toMatchObject({ kind: 'not done', plan });
  expect(usersOwn()).toEqual(before);
});

test('a task that began on no branch is told the command instead', async () => {
  world.commit('new.txt', 'theirs\n');
  const branch = { ...(await world.mergeOrder()).branch, from: null };
  expect(await world.plan({ branch })).toMatchObject({
    kind: 'refused',
    command: 'git merge autonomous/docs',
  });
});

test('nothing that a hostile repository names runs, and what only its driver could merge is a conflict', async () => {
  const program = world.planted();
  const hooks = join(world.root, '.git/hooks');
  fs.mkdirSync(hooks, { recursive: true });
  for (const name of [
    'post-merge',
    'post-checkout',
    'reference-transaction',
    'post-index-change',
    'pre-merge-commit',
    'commit-msg',
  ]) {
    fs.copyFileSync(program, join(hooks, name));
    fs.chmodSync(join(hooks, name), 0o755);
  }
  for (const [key, value] of [
    ['merge.x.driver', `${program} %A`],
    ['merge.default', 'x'],
    ['filter.x.smudge', program],
    ['filter.x.clean', program],
    ['core.fsmonitor', program],
    ['diff.external', program],
    ['gpg.program', program],
    ['commit.gpgSign', 'true'],
  ] as const) {
    world.git('config', key, value);
  }
  world.ran();
  const base = world.id('main');
  const quietly = (where: string, ...words: string[]): string =>
    world.gitIn(
      where,
      '-c',
      'core.hooksPath=/dev/null',
      '-c',
      'core.fsmonitor=false',
      '-c',
      'commit.gpgSign=false',
      ...words,
    );
  for (const [where, text] of [
    [world.worktree, 'theirs\n'],
    [world.root, 'ours\n'],
  ] as const) {
    fs.writeFileSync(join(where, '.gitattributes'), 'kept.txt merge=x\n');
    fs.writeFileSync(join(where, 'kept.txt'), text);
    fs.writeFileSync(join(where, `${text.trim()}.txt`), text);
    quietly(where, 'add', '-A');
    quietly(where, 'commit', '-q', '-m', 'changed');
  }
  world.ran();
  expect((await world.merge()).plan).toMatchObject({ kind: 'conflict', paths: ['kept.txt'] });
  quietly(world.root, 'reset', '-q', '--hard', base);
  world.ran();
  expect((await world.merge()).kind).toBe('done');
  expect(world.ran()).toBe(false);
  // The same as the user's git calls it: or the attack would prove nothing.
  world.git('commit', '-q', '--allow-empty', '--no-gpg-sign', '-m', 'x');
  expect(world.ran()).toBe(true);
});

test('files that only a filter of the repository could write are named, and nothing is changed', async () => {
  world.git('config', 'filter.x.smudge', world.planted());
  world.commit('.gitattributes', '*.bin filter=x\n');
  world.commit('a.bin', 'raw\n');
  world.ran();
  const before = world.id('main');
  expect((await world.merge()).plan).toMatchObject({ kind: 'refused', paths: ['a.bin'] });
  expect(world.id('main')).toBe(before);
  expect(world.ran()).toBe(false);
});
