// The git fence with real repositories: two machines with a clone each, and a bare remote.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { strayRef, type FenceState } from '../../../source/core/fence/fence-refs.ts';
import { openFence } from '../../../source/system/fence/fence-repository.ts';
import {
  fetchCommit,
  keepStray,
  moveFence,
  readFence,
  type FencePlace,
  type Pushed,
} from '../../../source/system/fence/remote.ts';
import { withoutSecrets } from '../../../source/system/fence/without-secrets.ts';
import { findRepository } from '../../../source/system/git/repository.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 120_000 });

const task = 'shop-docs';
const nothing: FenceState = { lease: null, work: null };

let world: GitWorld;
let remote: string;
beforeEach(() => {
  world = makeGitWorld();
  remote = join(world.directory, 'remote.git');
  world.gitIn(world.directory, 'clone', '-q', '--bare', world.root, remote);
});
afterEach(() => world.remove());

type Machine = { name: string; root: string; place: FencePlace };

async function machine(name: string, how: readonly string[] = []): Promise<Machine> {
  const root = join(world.directory, name);
  world.gitIn(world.directory, 'clone', '-q', ...how, `file://${remote}`, root);
  return { name, root, place: await placeAt(root, name) };
}

async function placeAt(root: string, name: string): Promise<FencePlace> {
  const found = await findRepository(root);
  if ('problem' in found) throw new Error(String(found.problem));
  const directory = join(world.directory, `state-${name}`);
  const order = { ...(await world.order()), repository: found.repository, directory };
  const fence = await openFence(order);
  if ('problem' in fence) throw new Error(fence.problem);
  return { fence, url: `file://${remote}`, task };
}

type Turn = { from: FenceState; work?: string; epoch?: number };

function move({ name, place }: Machine, { from, work, epoch = 1 }: Turn): Promise<Pushed> {
  const holder = { task, machine: name, epoch, nonce: `${name}-${epoch}` };
  return moveFence(place, { holder, session: 1, from, work: work ?? from.work });
}

async function claimed(one: Machine, turn: Turn): Promise<FenceState> {
  const pushed = await move(one, turn);
  if (pushed.kind !== 'done') throw new Error(JSON.stringify(pushed));
  return pushed.state;
}

/** Commits a file on the machine, below no branch that anyone has. */
function commit({ root }: Machine, path: string, text = 'work\n'): string {
  fs.writeFileSync(join(root, path), text);
  world.gitIn(root, 'add', '-A', '-f');
  world.gitIn(root, 'commit', '-q', '-m', `work on ${path}`);
  return world.gitIn(root, 'rev-parse', 'HEAD').trim();
}

async function now(one: Machine): Promise<FenceState> {
  const state = await readFence(one.place);
  if ('problem' in state) throw new Error(state.problem);
  return state;
}

test('of five machines that claim a task at once, one gets it', async () => {
  const machines = await Promise.all(
    Array.from({ length: 5 }, (_, index) => machine(`machine-${index}`)),
  );
  const pushed = await Promise.all(machines.map((one) => move(one, { from: nothing })));
  const won = pushed.filter(({ kind }) => kind === 'done');
  expect(won).toHaveLength(1);
  expect(pushed.filter(({ kind }) => kind === 'refused')).toHaveLength(4);
  expect(won[0]).toEqual({ kind: 'done', state: await now(machines[0]!) });
});

test('the push of a machine that lost the task moves nothing', async () => {
  const [owner, taker] = [await machine('owner'), await machine('taker')];
  const first = await claimed(owner, { from: nothing, work: commit(owner, 'one.txt') });
  const taken = await claimed(taker, { from: first, epoch: 2 });
  const stale = await move(owner, { from: first, work: commit(owner, 'late.txt') });
  expect(stale).toEqual({ kind: 'refused' });
  expect(await now(owner)).toEqual(taken);
});

test('the taker has what the owner pushed last', async () => {
  const [owner, taker] = [await machine('owner'), await machine('taker')];
  const work = commit(owner, 'one.txt', 'first work\n');
  const first = await claimed(owner, { from: nothing, work });
  await claimed(taker, { from: first, epoch: 2 });
  expect(await fetchCommit(taker.place, `refs/autonomous/${task}/work`)).toEqual({ id: work });
  expect(world.gitIn(taker.root, 'show', `${work}:one.txt`)).toBe('first work\n');
});

test('a push whose answer is lost is found to have arrived', async () => {
  const owner = await machine('owner');
  const hook = join(remote, 'hooks', 'post-receive');
  fs.mkdirSync(join(remote, 'hooks'), { recursive: true });
  fs.writeFileSync(hook, '#!/bin/sh\nkill -9 $PPID\n', { mode: 0o755 });
  const state = await claimed(owner, { from: nothing, work: commit(owner, 'one.txt') });
  expect(await now(owner)).toEqual(state);
});

test('a remote that refuses for its own reasons is no other owner', async () => {
  const owner = await machine('owner');
  fs.mkdirSync(join(remote, 'hooks'), { recursive: true });
  fs.writeFileSync(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect(await move(owner, { from: nothing })).toEqual({
    kind: 'failed',
    problem: expect.stringContaining('pre-receive hook declined') as string,
  });
  fs.rmSync(remote, { recursive: true });
  expect(await move(owner, { from: nothing })).toEqual({
    kind: 'failed',
    problem: expect.stringMatching(
      /^the git remote does not take part: git push: fatal: /,
    ) as string,
    // Nobody can say whether it arrived.
    mayBe: { lease: expect.any(String) as string, work: null },
  });
  expect(await readFence(owner.place)).toEqual({
    problem: expect.stringMatching(/^the git remote does not take part: git ls-remote: /) as string,
  });
});

test('all stray work of a machine is kept, and doing it twice is doing it once', async () => {
  const owner = await machine('owner');
  const [first, second] = [commit(owner, 'a.txt'), commit(owner, 'b.txt')];
  world.gitIn(owner.root, 'reset', '-q', '--hard', 'HEAD~2');
  const third = commit(owner, 'c.txt');
  for (const stray of [first, first, second, third]) {
    const kept = await keepStray(owner.place, { machine: 'owner', commit: stray });
    expect(kept).toBe(null);
  }
  const all = world.gitIn(remote, 'rev-list', strayRef(task, 'owner')).split('\n');
  expect(all).toEqual(expect.arrayContaining([first, second, third]));
  expect(world.gitIn(remote, 'show', `${strayRef(task, 'owner')}:c.txt`)).toBe('work\n');
});

test('nothing that looks like a secret reaches the remote', async () => {
  const owner = await machine('owner');
  const base = world.gitIn(owner.root, 'rev-parse', 'HEAD').trim();
  const token = `ghp_${'a1B2'.repeat(10)}`;
  const secret = 'the password of the shop';
  const names = ['.env', 'deep/.env.local', 'server.pem', 'id_ed25519', 'n\nl/.env'];
  for (const name of names) write(owner, name, `${secret} in ${name}\n`);
  write(owner, 'config.ts', `export const token = '${token}';\n`);
  write(owner, 'kept.txt', `changed, with ${token}\n`);
  write(owner, 'work.txt', 'work\n');
  const tree = world.gitIn(owner.root, 'rev-parse', `${commit(owner, 'more.txt')}^{tree}`).trim();
  const { local } = owner.place.fence;
  const without = await withoutSecrets(local, { tree, base, directory: '.autonomous/docs' });
  if ('problem' in without) throw new Error(without.problem);
  expect([...without.leftOut].sort()).toEqual([...names, 'config.ts', 'kept.txt'].sort());
  const pushed = world
    .gitIn(owner.root, 'commit-tree', '-p', base, '-m', 'work', without.id)
    .trim();
  await claimed(owner, { from: nothing, work: pushed });
  const objects = world.gitIn(remote, 'cat-file', '--batch', '--batch-all-objects');
  expect(objects).not.toContain(secret);
  expect(objects).not.toContain(token);
  // What the base has stays; what is new and harmless goes.
  const files = world.gitIn(remote, 'ls-tree', '-r', '--name-only', pushed).trim().split('\n');
  expect(files).toEqual(['kept.txt', 'more.txt', 'work.txt']);
  expect(world.gitIn(remote, 'show', `${pushed}:kept.txt`)).toBe('text\n');
});

test('nothing that the repository names runs, and its settings lead nowhere else', async () => {
  const owner = await machine('owner');
  const planted = world.planted();
  const elsewhere = join(world.directory, 'elsewhere.git');
  world.gitIn(world.directory, 'init', '-q', '--bare', elsewhere);
  for (const [key, value] of [
    ['core.sshCommand', planted],
    ['core.askPass', planted],
    ['credential.helper', planted],
    ['core.fsmonitor', planted],
    ['core.hooksPath', world.directory],
    ['remote.origin.receivepack', planted],
    ['remote.origin.uploadpack', planted],
    ['gpg.program', planted],
    ['push.gpgSign', 'if-asked'],
    [`url.file://${elsewhere}.insteadOf`, `file://${remote}`],
  ] as const) {
    world.gitIn(owner.root, 'config', key, value);
  }
  fs.copyFileSync(planted, join(world.directory, 'pre-push'));
  fs.copyFileSync(planted, join(owner.root, '.git', 'hooks', 'pre-push'));
  const place = await placeAt(owner.root, 'owner');
  await claimed({ ...owner, place }, { from: nothing, work: commit(owner, 'one.txt') });
  // The user's own git would have run it.
  world.ran();
  await claimed({ ...owner, place }, { from: await now(owner), epoch: 2 });
  await fetchCommit(place, `refs/autonomous/${task}/work`);
  expect(world.ran()).toBe(false);
  expect(world.gitIn(elsewhere, 'for-each-ref')).toBe('');
});

test.each(['ext::sh -c "touch mark"', '--upload-pack=touch', 'origin', ''])(
  'the address %j reaches no program and no remote of the repository',
  async (url) => {
    const owner = await machine('owner');
    const place = { ...owner.place, url };
    const answer = await readFence(place).catch((error: unknown) => ({ problem: String(error) }));
    expect(answer).toEqual({ problem: expect.stringMatching(/not allowed|no address/) as string });
    expect(fs.existsSync('/mark')).toBe(false);
  },
);

test('a shallow clone takes part', async () => {
  world.write('more.txt');
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'second');
  world.git('push', '-q', remote, 'main');
  const [owner, taker] = [await machine('owner', ['--depth', '1']), await machine('taker')];
  const work = commit(owner, 'one.txt');
  await claimed(owner, { from: nothing, work });
  expect(await fetchCommit(taker.place, `refs/autonomous/${task}/work`)).toEqual({ id: work });
});

function write({ root }: Machine, path: string, text: string): void {
  const whole = join(root, path);
  fs.mkdirSync(join(whole, '..'), { recursive: true });
  fs.writeFileSync(whole, text);
}
