// Undo in a real repository: against a model of the files, and against what lies in its way.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionName } from '../../../source/core/checkpoint/checkpoint-refs.ts';
import {
  findCheckpoints,
  keepProjectCheckpoint,
} from '../../../source/system/checkpoint/project-checkpoints.ts';
import { carryOutUndo, plannedUndo } from '../../../source/system/checkpoint/undo.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { overlapLine } from '../../../source/core/evidence/overlap.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: GitWorld;
beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n*.log\n');
});
afterEach(() => world.remove());

const task = 'docs';
const directory = { device: 1, inode: 2, bornAt: null };

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  const { environment, root: project } = world;
  const { id } = await projectTree({ project, state: join(world.directory, 'own'), environment });
  const of = { project, task, environment };
  expect(await keepProjectCheckpoint(of, { session, moment, tree: id })).toBe(null);
}

/** The name of the undo, and what stayed. */
async function undo(
  session: SessionName,
  backTo = false,
): Promise<{ name: SessionName; left: readonly string[]; meanwhile: readonly string[] }> {
  const { environment, root: project } = world;
  const found = await findCheckpoints({ project, task, environment });
  if ('problem' in found) throw new Error(String(found.problem));
  const state = join(world.directory, 'own');
  const order = { project, task, environment, state, directory, session, backTo };
  const plan = await plannedUndo(order, found);
  if ('problem' in plan) throw new Error(plan.problem);
  const done = await carryOutUndo(order, found, plan);
  if ('problem' in done) throw new Error(done.problem);
  const meanwhile = plan.meanwhile.map(({ path, by }) => `${path} by ${by}`);
  return { name: done.name, left: [...plan.left, ...done.left].sort(), meanwhile };
}

type Files = ReadonlyMap<string, string>;
const paths = ['a', 'kept.txt', 'dir/b', 'dir/inner/c', '.autonomous/docs/task_list.md', 'l\nf'];

function filesNow(): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const whole = join(world.root, path);
    if (fs.existsSync(whole)) found.set(path, fs.readFileSync(whole, 'utf8'));
  }
  return found;
}

function edit(): void {
  for (const path of paths) {
    const chance = Math.random();
    if (chance < 0.5) continue;
    if (chance < 0.7) fs.rmSync(join(world.root, path), { force: true });
    else world.write(path, `${Math.floor(Math.random() * 3)}\n`);
  }
}

function usersOwn(): unknown {
  const files = ['HEAD', 'index', 'logs/HEAD', 'refs/heads/main', 'refs/stash', 'logs/refs/stash'];
  return [
    ...files.map((name) => fs.readFileSync(join(world.root, '.git', name), 'latin1')),
    world.git('for-each-ref', 'refs/heads', 'refs/tags', 'refs/stash'),
    world.git('fsck', '--no-dangling', '--connectivity-only'),
  ];
}

test('whatever sessions and users edit, an undo takes back a session’s files that nobody changed since, and nothing else', async () => {
  world.write('kept.txt', 'stashed\n');
  world.git('stash', '-q');
  world.write('a', 'staged\n');
  world.git('add', 'a');
  const own = usersOwn();
  const states: { before: Files; after: Files }[] = [];
  for (let session = 1; session <= 3; session++) {
    edit();
    await keep('before', session);
    const before = filesNow();
    edit();
    await keep('after', session);
    states.push({ before, after: filesNow() });
  }
  edit();
  for (const session of [2, 3, 1]) {
    const { before, after } = states[session - 1]!;
    const now = filesNow();
    const { name } = await undo(session);
    for (const path of paths) {
      const isTakenBack = before.get(path) !== after.get(path) && now.get(path) === after.get(path);
      expect(filesNow().get(path), `${session} ${path}`).toBe(
        (isTakenBack ? before : now).get(path),
      );
    }
    expect(usersOwn()).toEqual(own);
    await undo(name);
    expect(filesNow()).toEqual(now);
    edit();
  }
});

test('going back takes back all sessions from one on, but not what the user changed between them', async () => {
  await keep('before', 1);
  world.write('first');
  await keep('after', 1);
  await keep('before', 2);
  world.write('kept.txt', 'second\n');
  fs.chmodSync(join(world.root, 'first'), 0o755);
  await keep('after', 2);
  world.write('users');
  await keep('before', 3);
  world.write('users', 'third\n');
  world.write('dir/third');
  await keep('after', 3);
  expect((await undo(2, true)).left).toEqual(['users']);
  expect(fs.readFileSync(join(world.root, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(fs.existsSync(join(world.root, 'dir'))).toBe(false);
  expect(fs.readFileSync(join(world.root, 'users'), 'utf8')).toBe('third\n');
  expect(fs.statSync(join(world.root, 'first')).mode & 0o111).toBe(0);
});

test('nothing is written through a link, and nothing that git ignores is replaced', async () => {
  const outside = join(world.directory, 'outside');
  fs.mkdirSync(outside);
  world.write('dir/gone');
  world.write('late.txt');
  fs.symlinkSync('kept.txt', join(world.root, 'link'));
  await keep('before', 1);
  fs.rmSync(join(world.root, 'dir'), { recursive: true });
  fs.rmSync(join(world.root, 'late.txt'));
  fs.rmSync(join(world.root, 'link'));
  await keep('after', 1);
  fs.symlinkSync(outside, join(world.root, 'dir'));
  world.write('.git/info/exclude', '.autonomous/\nlate.txt\ndir\n');
  world.write('late.txt', 'ignored now\n');
  const { left } = await undo(1);
  expect(left).toEqual(['dir/gone', 'late.txt']);
  expect(fs.readdirSync(outside)).toEqual([]);
  expect(fs.readFileSync(join(world.root, 'late.txt'), 'utf8')).toBe('ignored now\n');
  expect(fs.readlinkSync(join(world.root, 'link'))).toBe('kept.txt');
});

test('of a session that overlapped with another task only what its own log names is taken back', async () => {
  for (const path of ['named', 'both', 'unnamed', 'gone']) world.write(path, 'before\n');
  await keep('before', 1);
  for (const path of ['named', 'both', 'unnamed']) world.write(path, 'after\n');
  fs.rmSync(join(world.root, 'gone'));
  world.write('.autonomous/docs/progress.md', 'notes\n');
  await keep('after', 1);
  await keep('before', 2);
  world.write('alone', 'after\n');
  world.write('unnamed', 'later\n');
  await keep('after', 2);
  const own = join(world.directory, 'own');
  const overlap = { session: 1, from: 100, to: 200, others: ['shop'] };
  const files = ['named', './both', join(world.root, 'gone')];
  fs.appendFileSync(join(own, 'overlaps.jsonl'), overlapLine({ ...overlap, files }, directory));
  const line = (from: number, to: number, file: string): string =>
    overlapLine({ session: 7, from, to, others: ['docs'], files: [file] }, directory);
  fs.mkdirSync(join(world.directory, 'shop'));
  fs.writeFileSync(
    join(world.directory, 'shop', 'overlaps.jsonl'),
    `${line(150, 300, 'both')}${line(201, 300, 'named')}torn`,
  );
  const { left, meanwhile } = await undo(1, true);
  expect(left).toEqual([]);
  expect([...meanwhile].sort()).toEqual(['both by shop', 'unnamed by shop']);
  const text = (path: string): string => fs.readFileSync(join(world.root, path), 'utf8');
  expect(['named', 'both', 'unnamed', 'gone'].map(text)).toEqual([
    'before\n',
    'after\n',
    'later\n',
    'before\n',
  ]);
  expect(
    ['alone', '.autonomous/docs/progress.md'].map((path) => fs.existsSync(join(world.root, path))),
  ).toEqual([false, false]);
});
