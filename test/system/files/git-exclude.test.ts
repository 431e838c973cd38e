import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { excludeFromGit } from '../../../source/system/files/git-exclude.ts';

const word = 'Added .autonomous/ to .git/info/exclude, so Git ignores it.';

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
  fs.mkdirSync(join(root, '.git'));
  expect(await excludeFromGit(root)).toBe(word);
  expect(read()).toMatch(/^#.*\n\.autonomous\/\n$/);
});

test.each([
  ['.git', () => fs.symlinkSync(elsewhere(), join(root, '.git'))],
  ['.git, a file as worktrees have it,', () => fs.writeFileSync(join(root, '.git'), 'gitdir: x')],
  [
    'info',
    () => {
      fs.mkdirSync(join(root, '.git'));
      fs.symlinkSync(join(elsewhere(), 'info'), join(root, '.git', 'info'));
    },
  ],
  [
    'exclude',
    () => {
      fs.mkdirSync(join(root, '.git', 'info'), { recursive: true });
      fs.symlinkSync(join(elsewhere(), 'info', 'exclude'), exclude);
    },
  ],
])('a %s that leads elsewhere is not followed', async (_, make) => {
  make();
  expect(await excludeFromGit(root)).toBeNull();
  const victim = join(root, 'elsewhere', 'info', 'exclude');
  if (fs.existsSync(victim)) expect(fs.readFileSync(victim, 'utf8')).toBe('mine\n');
});

test.skipIf(process.geteuid?.() !== 0)('the repository of another user is left alone', async () => {
  makeRepository('');
  fs.chownSync(join(root, '.git'), 65_534, 65_534);
  expect(await excludeFromGit(root)).toBeNull();
  expect(read()).toBe('');
});

function makeRepository(line: string): void {
  fs.mkdirSync(join(root, '.git', 'info'), { recursive: true });
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
