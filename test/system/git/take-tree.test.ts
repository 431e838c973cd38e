// The tree of a real repository, by the real git.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultTreeLimits } from '../../../source/system/git/left-out.ts';
import { takeTree } from '../../../source/system/git/take-tree.ts';
import { treeChange } from '../../../source/core/stage/tree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

const files = async (): Promise<string[]> => world.filesOf(await world.tree());
const at = (...path: string[]): string => join(world.root, ...path);

test('a tree is the files as they are: new, changed and deleted ones, links and programs', async () => {
  world.write('old.txt');
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'second');
  fs.rmSync(at('old.txt'));
  world.write('src/new.ts');
  fs.writeFileSync(at('run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  fs.symlinkSync('/etc/passwd', at('link'));
  expect(await files()).toEqual([
    '100644 kept.txt',
    '120000 link',
    '100755 run.sh',
    '100644 src/new.ts',
  ]);
});

test('what is ignored, and what belongs to tasks, is not part of it', async () => {
  world.write('.gitignore', 'dist/\n');
  const before = await world.tree();
  world.write('dist/app.js');
  world.write('.autonomous/todo/task_list.md');
  world.write('packages/shop/.autonomous/todo/progress.md');
  expect(await world.tree()).toEqual(before);
  expect(world.filesOf(before)).toEqual(['100644 .gitignore', '100644 kept.txt']);
});

test('a change is another tree, and taking it back is the same one again', async () => {
  const first = await world.tree();
  world.write('kept.txt', 'texT\n');
  const second = await world.tree();
  world.write('kept.txt');
  const third = await world.tree();
  expect(treeChange(first, second)).toBe('changed');
  expect(treeChange(first, third)).toBe('unchanged');
  expect(treeChange(first, null)).toBe('unknown');
});

test('branch, HEAD, index, stash, config and status of the user stay byte for byte', async () => {
  world.write('kept.txt', 'staged\n');
  world.git('stash', '-q');
  world.write('staged.txt');
  world.git('add', 'staged.txt');
  world.write('loose.txt');
  const look = (): unknown => [
    ...['index', 'HEAD', 'config', 'logs/HEAD', 'refs/heads/main', 'refs/stash'].map((name) =>
      fs.readFileSync(at('.git', name), 'latin1'),
    ),
    world.git('status', '--porcelain=v2', '--branch', '--untracked-files=all'),
    fs.readdirSync(at('.git')).sort(),
  ];
  look();
  const before = look();
  await world.tree();
  world.write('more.txt');
  await world.tree();
  fs.rmSync(at('more.txt'));
  expect(look()).toEqual(before);
});

test('a repository without a commit, a worktree and a project below the root have trees, too', async () => {
  const empty = join(world.directory, 'empty');
  world.gitIn(world.directory, 'init', '-q', 'empty');
  fs.writeFileSync(join(empty, 'a'), '');
  world.git('worktree', 'add', '-q', '../tree', '-b', 'side');
  fs.writeFileSync(join(world.directory, 'tree', 'b'), '');
  for (const [name, expected] of [
    ['empty', ['100644 a']],
    ['tree', ['100644 b', '100644 kept.txt']],
  ] as const) {
    const root = join(world.directory, name);
    const gitDir = world.gitIn(root, 'rev-parse', '--absolute-git-dir').trim();
    const index = join(world.directory, 'state', name);
    const tree = await world.tree({ repository: { root, gitDir, identity: '' }, index });
    const listed = world.gitIn(root, 'ls-tree', '-r', tree.id);
    expect(
      listed
        .replace(/ \w+ [0-9a-f]+\t/g, ' ')
        .trim()
        .split('\n'),
    ).toEqual(expected);
  }
});

test('any name is taken: line breaks, tabs, quotes, colons, bytes that are no text', async () => {
  const names = ['a\nb', 'a\tb', '"quoted"', "it's", ':(top)x', '-n', 'größe', '*', 'x\\y'];
  for (const name of names) world.write(name);
  fs.writeFileSync(Buffer.concat([Buffer.from(`${world.root}/`), Buffer.from([0xff, 0xfe])]), '');
  const tree = await world.tree();
  const listed = world.filesOf(tree).map((line) => line.replace(/^\d+ /, ''));
  expect(listed).toEqual(expect.arrayContaining(names));
  expect(listed).toHaveLength(names.length + 2);
  expect((await world.tree()).id).toBe(tree.id);
});

describe('what cannot be recorded', () => {
  test('a file that is too big is left out and named, and changes of the rest are seen', async () => {
    world.write('big');
    fs.truncateSync(at('big'), defaultTreeLimits.maxFileBytes + 1);
    const tree = await world.tree();
    expect(world.filesOf(tree)).toEqual(['100644 kept.txt']);
    expect(tree.leftOut).toEqual([{ path: 'big', reason: 'too big' }]);
    world.write('small');
    expect(await files()).toEqual(['100644 kept.txt', '100644 small']);
  });

  test('a recorded file that grew too big keeps what was recorded', async () => {
    const { id } = await world.tree();
    fs.truncateSync(at('kept.txt'), defaultTreeLimits.maxFileBytes + 1);
    expect(await world.tree()).toEqual({
      kind: 'git',
      id,
      leftOut: [{ path: 'kept.txt', reason: 'too big' }],
    });
  });

  test('a directory with too many new files is left out and named, each time', async () => {
    for (let number = 0; number < 12; number++) world.write(`data/${number % 3}/${number}`);
    world.write('src/new.ts');
    const limits = { ...defaultTreeLimits, maxNewFiles: 5 };
    for (let look = 0; look < 2; look++) {
      const tree = await world.tree({ limits });
      expect(world.filesOf(tree)).toContain('100644 src/new.ts');
      expect(tree.leftOut.every(({ path }) => path.startsWith('data/'))).toBe(true);
      expect(tree.leftOut).not.toEqual([]);
    }
  });

  test('pipes and sockets are passed over, in place of a recorded file, too', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await files()).toEqual(['100644 kept.txt']);
    fs.rmSync(at('kept.txt'));
    execFileSync('mkfifo', [at('kept.txt')]);
    expect(await files()).toEqual([]);
  });

  test('a pipe where git reads its rules ends in a sentence, not in a wait', async () => {
    execFileSync('mkfifo', [at('.gitignore')]);
    const tree = await takeTree(await world.order({ timeoutMs: 500 }));
    expect(tree).toEqual({ problem: 'git ls-files did not end in time' });
  });
});

describe('what takes the place of something else', () => {
  beforeEach(() => {
    world.write('place/inner.txt');
    world.git('add', '-A');
    world.git('commit', '-q', '-m', 'second');
  });

  test('a directory becomes a file', async () => {
    await world.tree();
    fs.rmSync(at('place'), { recursive: true });
    world.write('place');
    expect(await files()).toEqual(['100644 kept.txt', '100644 place']);
  });

  test('a file becomes a directory', async () => {
    await world.tree();
    fs.rmSync(at('kept.txt'));
    world.write('kept.txt/inner');
    expect(await files()).toEqual(['100644 kept.txt/inner', '100644 place/inner.txt']);
  });

  test('a directory becomes a link: nothing behind it is taken', async () => {
    await world.tree();
    const elsewhere = join(world.directory, 'elsewhere');
    fs.renameSync(at('place'), elsewhere);
    fs.symlinkSync(elsewhere, at('place'));
    expect(await files()).toEqual(['100644 kept.txt', '120000 place']);
    fs.writeFileSync(join(elsewhere, 'inner.txt'), 'secret');
    expect(await files()).toEqual(['100644 kept.txt', '120000 place']);
  });
});

describe('repositories within', () => {
  test('one that is no submodule is taken as plain files, its own rules and repositories included', async () => {
    for (const name of ['vendor', 'vendor/deep']) {
      world.gitIn(world.directory, 'init', '-q', at(name));
      world.write(`${name}/.gitignore`, 'out\n');
      world.write(`${name}/out`);
      world.write(`${name}/code.c`);
      world.gitIn(at(name), 'add', 'code.c');
      world.gitIn(at(name), 'commit', '-q', '-m', 'inner');
    }
    const expected = [
      '100644 kept.txt',
      '100644 vendor/.gitignore',
      '100644 vendor/code.c',
      '100644 vendor/deep/.gitignore',
      '100644 vendor/deep/code.c',
    ];
    expect(await files()).toEqual(expected);
    expect(await files()).toEqual(expected);
    world.write('vendor/deep/code.c', 'changed\n');
    const before = await world.tree();
    world.write('vendor/deep/code.c');
    expect(treeChange(before, await world.tree())).toBe('changed');
  });

  test('one that is made where files are recorded changes nothing about them', async () => {
    world.write('lib/code.c');
    const before = await files();
    world.gitIn(world.directory, 'init', '-q', at('lib'));
    expect(await files()).toEqual(before);
  });

  test('a submodule keeps its recorded commit, and is named as not covered', async () => {
    const other = join(world.directory, 'other');
    world.gitIn(world.directory, 'init', '-q', 'other');
    fs.writeFileSync(join(other, 'a'), '');
    world.gitIn(other, 'add', '-A');
    world.gitIn(other, 'commit', '-q', '-m', 'other');
    world.git('submodule', '--quiet', 'add', '../other', 'sub');
    world.git('commit', '-q', '-m', 'with a submodule');
    const first = await world.tree();
    expect(world.filesOf(first)).toEqual(['100644 .gitmodules', '100644 kept.txt', '160000 sub']);
    expect(first.leftOut).toEqual([{ path: 'sub', reason: 'submodule' }]);
    expect(first.id).toBe(world.git('rev-parse', 'HEAD^{tree}').trim());
    world.write('sub/a', 'changed\n');
    world.gitIn(at('sub'), 'commit', '-q', '-a', '-m', 'inner');
    expect(await world.tree()).toEqual(first);
  });
});

describe('filters', () => {
  const big = 'line\n'.repeat(100);

  test('files with one are left out and named; they keep what was recorded', async () => {
    world.write('.gitattributes', '*.enc filter=crypt\n*.txt filter=other\n');
    world.write('a.enc', big);
    world.write('kept.txt', big);
    const tree = await world.tree();
    expect(world.filesOf(tree)).toEqual(['100644 .gitattributes', '100644 kept.txt']);
    expect(tree.leftOut).toEqual([
      { path: 'kept.txt', reason: 'filter' },
      { path: 'a.enc', reason: 'filter' },
    ]);
  });

  test('LFS is the user’s own, or those files are left out', async () => {
    world.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
    world.write('a.bin', big);
    expect((await world.tree()).leftOut).toEqual([{ path: 'a.bin', reason: 'filter' }]);
    const configuration = join(world.environment['HOME'] ?? '', '.gitconfig');
    fs.appendFileSync(
      configuration,
      '[filter "lfs"]\n\tclean = sed -n \'1s/.*/pointer/p\'\n\trequired = true\n',
    );
    const tree = await world.tree();
    expect(tree.leftOut).toEqual([]);
    expect(world.git('cat-file', 'blob', `${tree.id}:a.bin`)).toBe('pointer\n');

    world.git('config', 'filter.lfs.clean', world.planted());
    world.write('a.bin', `${big}more\n`);
    expect((await world.tree()).id).toBe(tree.id);
    expect(world.ran()).toBe(false);
    world.git('config', 'filter.lfs.process', world.planted());
    world.write('a.bin', big);
    expect((await world.tree()).leftOut).toEqual([{ path: 'a.bin', reason: 'filter' }]);
    expect(world.ran()).toBe(false);
  });
});

test('files that a sparse checkout leaves away are not deleted', async () => {
  world.write('far/away.txt');
  world.write('near/here.txt');
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'two');
  world.git('sparse-checkout', 'set', 'near');
  expect(fs.existsSync(at('far'))).toBe(false);
  const whole = world.git('rev-parse', 'HEAD^{tree}').trim();
  expect((await world.tree()).id).toBe(whole);
  world.write('near/here.txt', 'changed\n');
  expect(await files()).toEqual(['100644 far/away.txt', '100644 kept.txt', '100644 near/here.txt']);
});

describe('an index that is not as it was left', () => {
  test.each([
    ['torn', (index: string) => fs.truncateSync(index, 40)],
    ['gone', (index: string) => fs.rmSync(index)],
    ['locked by a git that was killed', (index: string) => fs.writeFileSync(`${index}.lock`, '')],
  ])('%s, is made anew', async (_, harm) => {
    world.write('new.txt');
    const { id } = await world.tree();
    const { index } = await world.order();
    harm(index);
    world.write('newer.txt');
    expect(world.filesOf(await world.tree())).toContain('100644 newer.txt');
    fs.rmSync(at('newer.txt'));
    expect((await world.tree()).id).toBe(id);
  });
});
