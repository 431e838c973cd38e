import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { excludeFromGit } from '../../../source/system/files/git-exclude.ts';

const word = 'Added .autonomous/ to .git/info/exclude, so Git ignores it.';

const gitEnvironment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

let root: string;
let exclude: string;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'git-exclude-'));
  exclude = join(root, '.git', 'info', 'exclude');
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

test('the line is added once, below the existing ones', async () => {
  makeRepository('*.log');
  expect(await excludeFromGit(root)).toBe(word);
  expect(read()).toMatch(/^\*\.log\n#.*\n\.autonomous\/\n$/);
  expect(await excludeFromGit(root)).toBeNull();
  expect(read().match(/autonomous\//g)).toHaveLength(1);
});

test('a line that the user removed is not added again', async () => {
  makeRepository('');
  await excludeFromGit(root);
  fs.writeFileSync(exclude, read().replace('.autonomous/\n', ''));
  expect(await excludeFromGit(root)).toBeNull();
  expect(read()).not.toContain('.autonomous/');
});

test('a project below the root of its repository counts as well', async () => {
  makeRepository('');
  const project = join(root, 'packages', 'shop');
  fs.mkdirSync(project, { recursive: true });
  expect(await excludeFromGit(project)).toBe(word);
});

test.each(['.autonomous/', '.autonomous', '/.autonomous/'])(
  'an existing %s is enough, in .gitignore too',
  async (line) => {
    makeRepository(line);
    expect(await excludeFromGit(root)).toBeNull();
    fs.writeFileSync(exclude, '');
    fs.writeFileSync(join(root, '.gitignore'), `node_modules\n${line}\n`);
    expect(await excludeFromGit(root)).toBeNull();
    expect(read()).toBe('');
  },
);

test('without a repository there is nothing to do', async () => {
  expect(await excludeFromGit(root)).toBeNull();
  expect(fs.readdirSync(root)).toEqual([]);
});

test('a repository without an exclude file gets one', async () => {
  makeGit();
  expect(await excludeFromGit(root)).toBe(word);
  expect(read()).toMatch(/^#.*\n\.autonomous\/\n$/);
});

test.each([
  [
    'info',
    () => {
      makeGit();
      fs.symlinkSync(join(elsewhere(), 'info'), join(root, '.git', 'info'));
    },
  ],
  [
    'exclude',
    () => {
      makeGit();
      fs.mkdirSync(join(root, '.git', 'info'));
      fs.symlinkSync(join(elsewhere(), 'info', 'exclude'), exclude);
    },
  ],
])('a %s that leads elsewhere is not followed', async (_, make) => {
  make();
  expect(await excludeFromGit(root)).toBeNull();
  const victim = join(root, 'elsewhere', 'info', 'exclude');
  if (fs.existsSync(victim)) expect(fs.readFileSync(victim, 'utf8')).toBe('mine\n');
});

describe('where .git is a file or a link', () => {
  const ignore = (): string => fs.readFileSync(join(root, '.autonomous', '.gitignore'), 'utf8');
  const said = 'Added .autonomous/.gitignore, so Git ignores the tasks.';

  beforeEach(() => fs.mkdirSync(join(root, '.autonomous')));

  test('of a real worktree, Git ignores the tasks', async () => {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', env: gitEnvironment });
    git('init', '--quiet', 'main');
    git('-C', 'main', 'commit', '--quiet', '--allow-empty', '-m', 'One');
    git('-C', 'main', 'worktree', 'add', '--quiet', '../tree');
    const project = join(root, 'tree', 'packages', 'shop');
    fs.mkdirSync(join(project, '.autonomous', 'docs'), { recursive: true });
    fs.writeFileSync(join(project, '.autonomous', 'docs', 'task_list.md'), '- [ ] one\n');
    expect(git('-C', 'tree', 'status', '--porcelain')).not.toBe('');
    expect(await excludeFromGit(project)).toBe(said);
    expect(git('-C', 'tree', 'status', '--porcelain')).toBe('');
    expect(await excludeFromGit(project)).toBeNull();
  });

  test.each([
    ['a file', () => fs.writeFileSync(join(root, '.git'), 'gitdir: elsewhere\n')],
    ['a link', () => fs.symlinkSync(elsewhere(), join(root, '.git'))],
  ])('%s, the tasks ignore themselves, and where it leads nothing is written', async (_, make) => {
    make();
    expect(await excludeFromGit(root)).toBe(said);
    expect(ignore()).toMatch(/^#.*\n\*\n$/);
    const victim = join(root, 'elsewhere', 'info', 'exclude');
    if (fs.existsSync(victim)) expect(fs.readFileSync(victim, 'utf8')).toBe('mine\n');
  });

  test('a .gitignore that is there stays, even an empty one or a link', async () => {
    fs.writeFileSync(join(root, '.git'), 'gitdir: elsewhere\n');
    fs.writeFileSync(join(root, '.autonomous', '.gitignore'), '');
    expect(await excludeFromGit(root)).toBeNull();
    expect(ignore()).toBe('');
    fs.rmSync(join(root, '.autonomous', '.gitignore'));
    fs.symlinkSync('../victim', join(root, '.autonomous', '.gitignore'));
    expect(await excludeFromGit(root)).toBeNull();
    expect(fs.existsSync(join(root, 'victim'))).toBe(false);
  });

  test('an empty .git, a directory or a file, is no repository', async () => {
    fs.writeFileSync(join(root, '.git'), '');
    expect(await excludeFromGit(root)).toBeNull();
    fs.rmSync(join(root, '.git'));
    fs.mkdirSync(join(root, '.git'));
    expect(await excludeFromGit(root)).toBeNull();
    expect(fs.readdirSync(join(root, '.git'))).toEqual([]);
    expect(fs.readdirSync(join(root, '.autonomous'))).toEqual([]);
  });

  test('an empty .git directory does not hide the repository above', async () => {
    makeRepository('');
    const project = join(root, 'vendor');
    fs.mkdirSync(join(project, '.git'), { recursive: true });
    expect(await excludeFromGit(project)).toBe(word);
    expect(read()).toContain('.autonomous/');
    expect(fs.readdirSync(join(project, '.git'))).toEqual([]);
  });
});

test.skipIf(process.geteuid?.() !== 0)('the repository of another user is left alone', async () => {
  makeRepository('');
  fs.chownSync(join(root, '.git'), 65_534, 65_534);
  expect(await excludeFromGit(root)).toBeNull();
  expect(read()).toBe('');
});

function makeGit(): void {
  fs.mkdirSync(join(root, '.git'));
  fs.writeFileSync(join(root, '.git', 'HEAD'), 'ref: refs/heads/main\n');
}

function makeRepository(line: string): void {
  makeGit();
  fs.mkdirSync(join(root, '.git', 'info'));
  fs.writeFileSync(exclude, line);
}

function elsewhere(): string {
  const path = join(root, 'elsewhere');
  fs.mkdirSync(join(path, 'info'), { recursive: true });
  fs.writeFileSync(join(path, 'info', 'exclude'), 'mine\n');
  return path;
}

function read(): string {
  return fs.readFileSync(exclude, 'utf8');
}
