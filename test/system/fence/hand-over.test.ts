// A task's work goes from one machine to another by a git remote, and home again: real repositories, no shared files.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takenWork, workCommit } from '../../../source/system/fence/hand-over.ts';
import { fetchCommit, moveFence } from '../../../source/system/fence/remote.ts';
import { sharedWork } from '../../../source/system/fence/shared-work.ts';
import { openTaskClone, type TaskClone } from '../../../source/system/fence/task-clone.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 120_000 });

const task = 'shop-docs';
const directory = '.autonomous/docs';
const message = 'Session 1, cut off\n';

let world: GitWorld;
let url: string;
let base: string;
beforeEach(() => {
  world = makeGitWorld();
  const remote = join(world.directory, 'remote.git');
  world.gitIn(world.directory, 'clone', '-q', '--bare', world.root, remote);
  url = `file://${remote}`;
  base = world.git('rev-parse', 'HEAD').trim();
});
afterEach(() => world.remove());

async function cloneOn(machine: string, more: Partial<{ url: string; base: string }> = {}) {
  const { program, environment } = await world.order();
  const place = join(world.directory, machine);
  return openTaskClone({ program, environment, directory: place, url, base, ...more });
}

async function cloned(machine: string): Promise<TaskClone> {
  const clone = await cloneOn(machine);
  if ('problem' in clone) throw new Error(clone.problem);
  return clone;
}

/** A session's files, with the task's list, as one tree. */
function treeOf({ project }: TaskClone, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(join(project, path, '..'), { recursive: true });
    fs.writeFileSync(join(project, path), text);
  }
  world.gitIn(project, 'add', '-A', '-f');
  const tree = world.gitIn(project, 'write-tree').trim();
  world.gitIn(project, 'reset', '-q');
  return tree;
}

async function takenBy(machine: string) {
  const next = await cloned(machine);
  const work = await fetchCommit({ fence: next.fence, url }, `refs/autonomous/${task}/work`);
  if ('problem' in work) throw new Error(work.problem);
  const taken = await takenWork(next.fence.local, { work: work.id, directory, message });
  if ('problem' in taken) throw new Error(taken.problem);
  return { ...taken, next };
}

async function handedOver(owner: TaskClone, files: Readonly<Record<string, string>>, head = base) {
  const tree = treeOf(owner, files);
  const commit = await workCommit(owner.fence.local, { tree, head, base, message, directory });
  if ('problem' in commit) throw new Error(commit.problem);
  const holder = { task, machine: 'a', epoch: 1, nonce: 'n' };
  const from = { lease: null, work: null };
  const place = { fence: owner.fence, url, task };
  const pushed = await moveFence(place, { holder, session: 1, from, work: commit.id });
  expect(pushed.kind).toBe('done');
  return commit;
}

test('a clone has the files of the commit, and a second try changes nothing that was worked', async () => {
  const { project } = await cloned('a');
  expect(fs.readFileSync(join(project, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(world.gitIn(project, 'status', '--porcelain')).toBe('');
  fs.writeFileSync(join(project, 'kept.txt'), 'worked\n');
  await cloned('a');
  expect(fs.readFileSync(join(project, 'kept.txt'), 'utf8')).toBe('worked\n');
});

test('the next machine has every file, the list and the notes, and none of the secrets', async () => {
  const list = '- [x] one\r\n- [ ] zwei ✓\n';
  const commit = await handedOver(await cloned('a'), {
    'kept.txt': 'changed\n',
    'deep/new.txt': 'new\n',
    '.env': 'PASSWORD=hunter2\n',
    [`${directory}/task_list.md`]: list,
    [`${directory}/progress.md`]: 'notes\n',
  });
  expect(commit.leftOut).toEqual(['.env']);
  const { next, ...taken } = await takenBy('b');
  expect(taken.files.get('task_list.md')?.toString()).toBe(list);
  expect(taken.files.get('progress.md')?.toString()).toBe('notes\n');
  const files = world.gitIn(next.project, 'ls-tree', '-r', '--name-only', taken.head);
  expect(files).toBe('deep/new.txt\nkept.txt\n');
  expect(world.gitIn(next.project, 'rev-parse', `${taken.head}^`).trim()).toBe(base);
});

test('the next machine has a list and notes that name a key, with the key masked', async () => {
  const key = `ghp_${'a1B2'.repeat(10)}`;
  const commit = await handedOver(await cloned('a'), {
    [`${directory}/task_list.md`]: `- [x] Grüße ✓\r\n- [ ] Use ${key} for it\n`,
    [`${directory}/progress.md`]: `The key is ${key}.\n`,
  });
  expect(commit.leftOut).toEqual([]);
  const { files } = await takenBy('b');
  expect(files.get('task_list.md')?.toString()).toMatch(
    /^- \[x\] Grüße ✓\r\n- \[ \] Use ghp_…\[masked\] for it\n$/u,
  );
  expect(files.get('progress.md')?.toString()).toMatch(/^The key is ghp_…\[masked\]\.\n$/u);
});

test('commits of the branch go along, but for those that ever had a secret: their files do, in one commit', async () => {
  const owner = await cloned('a');
  const committed = (path: string, text: string): string => {
    fs.writeFileSync(join(owner.project, path), text);
    world.gitIn(owner.project, 'add', '-f', path);
    world.gitIn(owner.project, 'commit', '-qm', `Change ${path}`);
    return world.gitIn(owner.project, 'rev-parse', 'HEAD').trim();
  };
  const list = { [`${directory}/task_list.md`]: '- [ ] one\n' };
  const harmless = committed('one.txt', 'one\n');
  const first = await handedOver(owner, list, harmless);
  expect(world.gitIn(owner.project, 'rev-parse', `${first.id}^`).trim()).toBe(harmless);
  committed('.env', 'PASSWORD=hunter2\n');
  fs.rmSync(join(owner.project, '.env'));
  world.gitIn(owner.project, 'rm', '-q', '--cached', '.env');
  const head = committed('two.txt', 'two\n');
  const second = await workCommit(owner.fence.local, {
    ...{ tree: treeOf(owner, list), head, base, message, directory },
  });
  if ('problem' in second) throw new Error(second.problem);
  const below = world.gitIn(owner.project, 'rev-list', `${second.id}^`, `^${base}`).trim();
  expect(below.split('\n')).toHaveLength(1);
  const files = world.gitIn(owner.project, 'ls-tree', '-r', '--name-only', below);
  expect(files).toBe('kept.txt\none.txt\ntwo.txt\n');
});

test('work that was committed already is taken as that commit', async () => {
  const owner = await cloned('a');
  await handedOver(owner, { [`${directory}/task_list.md`]: '- [ ] one\n' });
  const next = await cloned('b');
  await fetchCommit({ fence: next.fence, url }, `refs/autonomous/${task}/work`);
  const work = world.gitIn(next.project, 'ls-remote', url, `refs/autonomous/${task}/work`);
  const taken = await takenWork(next.fence.local, { work: work.slice(0, 40), directory, message });
  expect(taken).toMatchObject({ head: base });
});

test('any machine with the repository can merge what was done', async () => {
  await handedOver(await cloned('a'), { 'deep/new.txt': 'new\n' });
  const home = await cloned('home');
  const work = await fetchCommit({ fence: home.fence, url }, `refs/autonomous/${task}/work`);
  if ('problem' in work) throw new Error(work.problem);
  const taken = await takenWork(home.fence.local, { work: work.id, directory, message });
  if ('problem' in taken) throw new Error(taken.problem);
  world.gitIn(home.project, 'merge', '-q', '--no-edit', taken.head);
  expect(fs.readFileSync(join(home.project, 'deep/new.txt'), 'utf8')).toBe('new\n');
});

test('a remote that has not the commit, or is none, is one sentence', async () => {
  expect(await cloneOn('a', { base: 'f'.repeat(40) })).toEqual({
    problem: `the git remote has no commit ${'f'.repeat(40)}: push the branch that has it`,
  });
  expect(await cloneOn('b', { url: `file://${world.directory}/nowhere` })).toEqual({
    problem: expect.stringMatching(/^the git remote does not take part: git fetch: /) as string,
  });
});

test('a lock that a killed git left at the remote is named, with what to do', async () => {
  const owner = await cloned('a');
  const lock = join(world.directory, 'remote.git/refs/autonomous', task, 'lease.lock');
  fs.mkdirSync(join(lock, '..'), { recursive: true });
  fs.writeFileSync(lock, '');
  const holder = { task, machine: 'a', epoch: 1, nonce: 'n' };
  const place = { fence: owner.fence, url, task };
  const move = { holder, session: 0, from: { lease: null, work: null }, work: null };
  const pushed = await moveFence(place, move);
  expect(pushed.kind === 'failed' && pushed.problem).toMatch(
    /^the git remote does not take part: .*: error: cannot lock ref .*lease\.lock': File exists\. If no git works there any more, remove that file\.$/,
  );
  fs.rmSync(lock);
  expect((await moveFence(place, move)).kind).toBe('done');
});

test('a push that arrived and was taken for failed costs the machine nothing, unless another one took the work', async () => {
  const clone = await cloned('a');
  const [remote, away] = [join(world.directory, 'remote.git'), join(world.directory, 'away.git')];
  const work = sharedWork({ clone, url, task, base, directory });
  const claim = { machine: 'a', epoch: 1, nonce: 'n' };
  expect(await work.take(claim, false)).toMatchObject({ kind: 'done' });
  const keep = (session: number, text: string) =>
    work.keep({ tree: treeOf(clone, { 'a.txt': text }), head: base, session, isUnderway: false });
  // The remote has the push, and is gone before it answers, and when it is looked at.
  const hook = join(remote, 'hooks', 'post-receive');
  const losingAnswers = (): void => {
    fs.mkdirSync(join(remote, 'hooks'), { recursive: true });
    fs.writeFileSync(hook, `#!/bin/sh\nmv '${remote}' '${away}'\nkill -9 $PPID\n`, { mode: 0o755 });
  };
  const back = (): void => {
    fs.renameSync(away, remote);
    fs.rmSync(hook);
  };
  losingAnswers();
  expect(await keep(1, 'one\n')).toMatchObject({ kind: 'failed' });
  back();
  expect(await keep(2, 'two\n')).toMatchObject({ kind: 'done' });
  losingAnswers();
  expect(await keep(3, 'three\n')).toMatchObject({ kind: 'failed' });
  back();
  const other = sharedWork({ clone: await cloned('b'), url, task, base, directory });
  expect(await other.take({ machine: 'b', epoch: 2, nonce: 'm' }, false)).toMatchObject({
    kind: 'done',
  });
  expect(await keep(4, 'four\n')).toEqual({ kind: 'refused' });
});
