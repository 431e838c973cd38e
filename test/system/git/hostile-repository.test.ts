// Repositories that were made to run something. Each attack leaves a mark when its program runs. None may at the first
// look, or at a later one; and git as a user calls it does run it, or the attack proves nothing.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGit } from '../../../source/system/git/program.ts';
import { findRepository } from '../../../source/system/git/repository.ts';
import { filesBetween, patchBetween } from '../../../source/system/git/tree-diff.ts';
import { takeTree } from '../../../source/system/git/take-tree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

const at = (...path: string[]): string => join(world.root, ...path);

/** An attack: plants its program, and says how git as a user calls it would run that. */
type Attack = (world: GitWorld) => () => void;

const calls =
  (...all: string[][]) =>
  ({ git }: GitWorld) =>
  () => {
    for (const words of all) {
      try {
        git(...words);
      } catch {
        // What counts is whether the program ran.
      }
    }
  };
const usual = calls(['add', '-A'], ['status'], ['add', '-A'], ['--no-pager', 'diff', 'HEAD']);

const nested: Attack = (made) => {
  const inner = join(made.root, 'vendor');
  made.gitIn(made.directory, 'init', '-q', inner);
  made.write('vendor/code.c');
  made.gitIn(inner, 'add', '-A');
  made.gitIn(inner, 'commit', '-q', '-m', 'inner');
  const program = made.planted();
  for (const [key, value] of [
    ['filter.x.clean', program],
    ['filter.x.process', program],
    ['core.fsmonitor', program],
    ['core.hooksPath', made.directory],
    ['diff.x.textconv', program],
  ] as const) {
    made.gitIn(inner, 'config', key, value);
  }
  made.write('vendor/.gitattributes', '* filter=x diff=x\n');
  made.write('vendor/code.c', 'changed\n');
  return calls(['add', '-A'], ['add', '-A'], ['status'])(made);
};

const hooks: Attack = (made) => {
  const program = made.planted();
  fs.mkdirSync(join(made.root, '.git/hooks'), { recursive: true });
  for (const name of [
    'post-index-change',
    'reference-transaction',
    'pre-commit',
    'fsmonitor-watchman',
  ]) {
    fs.copyFileSync(program, join(made.root, '.git/hooks', name));
  }
  return usual(made);
};

const configured =
  (attributes: string, ...keys: string[]): Attack =>
  (made) => {
    const program = made.planted();
    for (const key of keys) made.git('config', key, program);
    if (attributes !== '') made.write('.gitattributes', attributes);
    return usual(made);
  };

const included: Attack = (made) => {
  made.write(
    'evil',
    `[filter "x"]\n\tclean = ${made.planted()}\n[core]\n\tfsmonitor = ${made.planted()}\n`,
  );
  made.write('.gitattributes', '* filter=x\n');
  made.git('config', 'include.path', '../evil');
  return usual(made);
};

/** A blob of HEAD is missing, and comes from a remote whose program is the agent's. */
const promised: Attack = (made) => {
  const blob = made.git('rev-parse', 'HEAD:kept.txt').trim();
  fs.rmSync(join(made.root, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  for (const [key, value] of [
    ['core.repositoryFormatVersion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.url', made.root],
    ['remote.origin.uploadpack', made.planted()],
    ['protocol.allow', 'always'],
  ] as const) {
    made.git('config', key, value);
  }
  made.write('kept.txt', 'changed\n');
  return calls(['cat-file', '-p', blob])(made);
};

const alternates: Attack = (made) => {
  const other = join(made.directory, 'other');
  made.gitIn(made.directory, 'clone', '-q', '--shared', made.root, other);
  made.gitIn(other, 'config', 'core.fsmonitor', made.planted());
  const lines = `${other}/.git/objects\n"\\n"\n$(${made.planted()})\n../../../..\n`;
  fs.mkdirSync(join(made.root, '.git/objects/info'), { recursive: true });
  fs.writeFileSync(join(made.root, '.git/objects/info/alternates'), lines);
  return () => calls(['status'])({ ...made, git: (...words) => made.gitIn(other, ...words) })();
};

const attacks: readonly [string, Attack][] = [
  ['a nested repository with filters, hooks and a monitor', nested],
  ['hooks', hooks],
  ['a monitor', configured('', 'core.fsmonitor')],
  ['a filter', configured('* filter=x\n', 'filter.x.clean', 'filter.x.smudge')],
  ['a filter that is a process', configured('* filter=x\n', 'filter.x.process')],
  ['a filter of a name full of signs', configured('* filter=x=y.z\n', 'filter.x=y.z.clean')],
  ['a filter by a macro', configured('[attr]evil filter=x\n* evil\n', 'filter.x.clean')],
  ['LFS, as the repository has it', configured('* filter=lfs\n', 'filter.lfs.clean')],
  ['a text conversion', configured('* diff=x\n', 'diff.x.textconv')],
  ['an external diff of files', configured('* diff=x\n', 'diff.x.command')],
  ['an external diff', configured('', 'diff.external')],
  ['a configuration from the work tree', included],
  ['objects that a remote promised', promised],
  ['alternates', alternates],
];

test.each(attacks)('%s: nothing of it runs', async (_, attack) => {
  const before = await world.tree();
  const asUser = attack(world);
  world.ran();
  const order = await world.order();
  // Each may fail; none may run anything.
  await takeTree(order);
  world.write('kept.txt', 'as long\n');
  const tree = await takeTree(order);
  const to = 'problem' in tree ? before.id : tree.id;
  await filesBetween({ ...order, from: before.id, to });
  await patchBetween({ ...order, from: before.id, to });
  expect(world.ran()).toBe(false);
  asUser();
  expect(world.ran()).toBe(true);
});

test('a filter whose name cannot be overridden ends in a sentence', async () => {
  world.write('.gitattributes', Buffer.from('* filter=\xff\n', 'latin1'));
  const section = Buffer.from(`[filter "\xff"]\n\tclean = ${world.planted()}\n`, 'latin1');
  fs.appendFileSync(at('.git/config'), section);
  world.write('kept.txt', 'as long\n');
  expect(await takeTree(await world.order())).toEqual({
    problem: 'the repository defines a filter whose name is not text',
  });
  expect(world.ran()).toBe(false);
  calls(['add', '-A'])(world)();
  expect(world.ran()).toBe(true);
});

test('what the environment says about git is not passed on', async () => {
  const program = world.planted();
  const environment = {
    ...world.environment,
    GIT_EXTERNAL_DIFF: program,
    GIT_DIR: '/nowhere',
    GIT_INDEX_FILE: join(world.directory, 'taken'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: program,
    GIT_TRACE: join(world.directory, 'traced'),
    GIT_OBJECT_DIRECTORY: join(world.directory, 'objects'),
  };
  const before = await world.tree({ environment });
  world.write('new.txt');
  const after = await world.tree({ environment });
  const order = await world.order({ environment });
  expect(await filesBetween({ ...order, from: before.id, to: after.id })).toMatchObject({
    files: [{ path: 'new.txt', kind: 'added' }],
  });
  expect(world.ran()).toBe(false);
  expect(fs.readdirSync(world.directory).sort()).toEqual(['home', 'planted.sh', 'root', 'state']);
});

test('a work tree elsewhere, named by the configuration, is not read', async () => {
  const elsewhere = join(world.directory, 'elsewhere');
  fs.mkdirSync(elsewhere);
  fs.writeFileSync(join(elsewhere, 'secret'), '');
  world.git('config', 'core.worktree', elsewhere);
  world.write('new.txt');
  expect(world.filesOf(await world.tree())).toEqual(['100644 kept.txt', '100644 new.txt']);
});

test('attributes that make everything binary hide no change', async () => {
  const order = await world.order();
  const before = await world.tree();
  world.write('.gitattributes', '* binary -diff\n');
  world.write('kept.txt', 'other\n');
  const after = await world.tree();
  expect(await filesBetween({ ...order, from: before.id, to: after.id })).toMatchObject({
    files: [{ path: '.gitattributes' }, { path: 'kept.txt', added: 1, removed: 1 }],
  });
});

test('damaged objects end in a sentence, and the next tree is whole again', async () => {
  const objects = at('.git/objects');
  const before = await world.tree();
  world.write('kept.txt', 'other\n');
  const after = await world.tree();
  const blob = world.git('rev-parse', `${after.id}:kept.txt`).trim();
  const path = join(objects, blob.slice(0, 2), blob.slice(2));
  fs.chmodSync(path, 0o644);
  fs.writeFileSync(path, 'no object');
  const order = await world.order();
  const diff = await patchBetween({ ...order, from: before.id, to: after.id });
  expect(diff).toHaveProperty('problem');
  world.write('kept.txt', 'another\n');
  expect((await world.tree()).id).not.toBe(after.id);
});

test('a .git that was swapped for a file that points elsewhere is no repository', async () => {
  const swap = (target: string): void => {
    fs.rmSync(at('.git'), { recursive: true, force: true });
    fs.writeFileSync(at('.git'), `gitdir: ${target}\n`);
  };
  const users = join(world.directory, 'users');
  world.gitIn(world.directory, 'init', '-q', users);
  swap(join(users, '.git'));
  expect(await findRepository(world.root)).toEqual({
    problem: '.git points to a repository that does not point back',
  });
  fs.renameSync(users, at('inside'));
  swap('inside/.git');
  expect(await findRepository(world.root)).toEqual({
    problem: '.git points into the project itself',
  });
  swap('nowhere');
  expect(await findRepository(world.root)).toEqual({ problem: '.git points to nothing' });
});

test('git is never taken from the project, by a link neither', async () => {
  const bin = at('node_modules', '.bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(world.planted(), join(bin, 'git'));
  const links = join(world.directory, 'links');
  fs.mkdirSync(links);
  fs.symlinkSync(join(bin, 'git'), join(links, 'git'));
  const path = ['node_modules/.bin', bin, links, world.environment['PATH']].join(':');
  const found = await findGit({ PATH: path }, world.root);
  expect(found).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) as string });
  expect('path' in found && found.path.startsWith(world.directory)).toBe(false);
  expect(world.ran()).toBe(false);
  expect(await findGit({ PATH: bin }, world.root)).toEqual({ problem: 'git is not installed' });
  // Every session may write the temporary directories.
  const elsewhere = join(world.directory, 'bin');
  fs.mkdirSync(elsewhere);
  fs.copyFileSync(world.planted(), join(elsewhere, 'git'));
  expect(await findGit({ PATH: elsewhere, TMPDIR: world.directory }, world.root)).toEqual({
    problem: 'git is not installed',
  });
  expect(world.ran()).toBe(false);
});
