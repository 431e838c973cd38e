import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  projectCodex,
  type ProjectCodex,
  type ProjectCodexQuestion,
} from '../../source/system/project-codex.ts';

let root: string;
let repository: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'project-codex-')));
  repository = join(root, 'shop');
  fs.mkdirSync(join(repository, 'sub', 'deep'), { recursive: true });
  git(repository, 'init', '--quiet');
});

afterEach(() => fs.rmSync(root, { recursive: true }));

const at = (...parts: string[]): string => join(repository, ...parts);
const ask = (question: Partial<ProjectCodexQuestion> = {}) =>
  projectCodex({
    project: repository,
    setting: 'as trusted',
    trusted: [],
    codexHome: join(root, 'codex-home'),
    ...question,
  });
const nothing = { arguments: [], instructions: '' };

function write(path: string, text: string): void {
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, text);
}

function git(directory: string, ...words: string[]): void {
  const who = ['-c', 'user.name=me', '-c', 'user.email=me@home'];
  execFileSync('git', [...who, ...words], { cwd: directory, stdio: 'ignore' });
}

function addWorktree(path: string): void {
  git(repository, 'commit', '--quiet', '--allow-empty', '-m', 'Begin');
  git(repository, 'worktree', 'add', '--quiet', path);
}

describe('a .codex below the root of the repository', () => {
  test.each([
    ['in the directory itself', ['sub'], ['sub', '.codex']],
    ['between it and the root', ['sub', 'deep'], ['sub', '.codex']],
  ])('is refused with its path and three ways out: %s', async (_where, start, planted) => {
    fs.mkdirSync(at(...planted));
    const { problem } = (await ask({ project: at(...start) })) as { problem: string };
    expect(problem).toContain(`${at(...planted)} is below the root of the repository`);
    expect(problem).toContain(`--cd ${repository}`);
    expect(problem).toContain('remove it');
    expect(problem).toContain('"projectCodexConfig": "off"');
  });

  test('is refused as a link or a file, too', async () => {
    fs.symlinkSync(at('sub', 'deep'), at('sub', '.codex'));
    expect(await ask({ project: at('sub') })).toHaveProperty('problem');
  });

  test('does not count where the project’s own configuration is off', async () => {
    fs.mkdirSync(at('sub', '.codex'));
    expect(await ask({ project: at('sub'), setting: 'off' })).toEqual(nothing);
  });

  test.each([
    ['that points to nothing', 'gitdir: /nowhere\n'],
    ['that claims to be a worktree of the repository', 'gitdir: ../.git/worktrees/mine\n'],
    ['that claims to be a submodule', 'gitdir: ../.git/modules/sub\n'],
  ])('is found out behind a .git file %s', async (_what, pointer) => {
    fs.mkdirSync(at('sub', '.codex'));
    fs.writeFileSync(at('sub', '.git'), pointer);
    expect(await ask({ project: at('sub') })).toHaveProperty('problem');
  });

  test('is refused in a worktree that lies inside its repository', async () => {
    addWorktree(at('trees', 'one'));
    fs.mkdirSync(at('trees', 'one', '.codex'));
    expect(await ask({ project: at('trees', 'one') })).toHaveProperty('problem');
  });
});

test.each([
  ['at the root', () => repository],
  ['at the root of a worktree', () => join(root, 'tree')],
])('a .codex counts as Codex trusts it: %s', async (_where, where) => {
  addWorktree(join(root, 'tree'));
  fs.mkdirSync(join(where(), '.codex'));
  expect(await ask({ project: where() })).toEqual(nothing);
});

test('Codex’s own directory is no project’s', async () => {
  fs.mkdirSync(at('sub', '.codex'));
  expect(await ask({ project: at('sub', 'deep'), codexHome: at('sub', '.codex') })).toEqual(
    nothing,
  );
});

test('where the user called the repository untrusted, Codex reads no AGENTS.md, so the prompt has it', async () => {
  write(at('AGENTS.md'), 'Use tabs.');
  const found = await ask({ project: at('sub'), untrusted: [repository] });
  expect(found).toMatchObject({
    arguments: ['-c', 'project_doc_max_bytes=0'],
    instructions: expect.stringContaining('Use tabs.') as string,
  });
  expect(await ask({ project: at('sub'), untrusted: [join(root, 'other')] })).toEqual(nothing);
});

describe('off', () => {
  const off = (question: Partial<ProjectCodexQuestion>) => ask({ setting: 'off', ...question });

  test('names every directory up to the root as untrusted, if the user trusts one of them', async () => {
    const found = await off({ project: at('sub', 'deep'), trusted: [repository] });
    const untrusted = [at('sub', 'deep'), at('sub'), repository]
      .map((path) => `${JSON.stringify(path)}={trust_level="untrusted"}`)
      .join(',');
    expect(found).toMatchObject({ arguments: ['-c', `projects={${untrusted}}`] });
  });

  test('names the main repository of a worktree, whose trust it inherits', async () => {
    const tree = join(root, 'tree');
    addWorktree(tree);
    const found = await off({ project: tree, trusted: [repository] });
    const [, value] = (found as ProjectCodex).arguments;
    expect(value).toContain(JSON.stringify(tree));
    expect(value).toContain(JSON.stringify(repository));
  });

  test('passes nothing where the user trusts none of them', async () => {
    write(at('AGENTS.md'), 'Use tabs.');
    expect(await off({ trusted: [join(root, 'other')] })).toEqual(nothing);
  });

  test('gives the model the AGENTS.md files itself, from the root downwards', async () => {
    write(at('AGENTS.md'), 'Use tabs.\n');
    write(at('sub', 'AGENTS.md'), 'hidden by the override');
    write(at('sub', 'AGENTS.override.md'), 'Use spaces.');
    fs.symlinkSync(at('AGENTS.md'), at('sub', 'deep', 'AGENTS.md'));
    const found = await off({ project: at('sub', 'deep'), trusted: [repository] });
    const { instructions } = found as { instructions: string };
    expect(instructions.match(/Use \w+\./g)).toEqual(['Use tabs.', 'Use spaces.', 'Use tabs.']);
    expect(instructions).toContain(`# AGENTS.md instructions for ${at('sub')}`);
  });

  test('reads no more of them than Codex does, and none outside of the repository', async () => {
    write(join(root, 'secret'), 'secret');
    fs.symlinkSync(join(root, 'secret'), at('sub', 'AGENTS.md'));
    write(at('AGENTS.md'), 'x'.repeat(100_000));
    const found = await off({ project: at('sub'), trusted: [repository] });
    const { instructions } = found as { instructions: string };
    expect(instructions).not.toContain('secret');
    expect(instructions.length).toBeLessThan(33_000);
  });
});
