// An undo that is killed before a call of git: no file of anybody's is lost, and the next try takes back the rest. It
// takes every fourth call; KILL_AT_ALL=1 takes all of them.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  findCheckpoints,
  keepProjectCheckpoint,
} from '../../../source/system/checkpoint/project-checkpoints.ts';
import { carryOutUndo, plannedUndo } from '../../../source/system/checkpoint/undo.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { makeGitWorld, programPath, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 900_000 });

const task = 'docs';
let world: GitWorld;

beforeEach(async () => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
  await keep('before', 1);
  asTheSessionLeftThem();
  await keep('after', 1);
});

afterEach(() => world.remove());

function asTheSessionLeftThem(): void {
  world.write('kept.txt', 'by the session\n');
  world.write('new/file.txt', 'by the session\n');
  world.write('users.txt', 'mine\n');
}

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  if (moment === 'after') fs.rmSync(join(world.root, 'users.txt'));
  const { environment, root: project } = world;
  const { id } = await projectTree({ project, state: join(world.directory, 'own'), environment });
  const of = { project, task, environment };
  expect(await keepProjectCheckpoint(of, { session, moment, tree: id })).toBe(null);
  if (moment === 'after') world.write('users.txt', 'mine\n');
}

const undoOrder = () => ({
  project: world.root,
  task,
  environment: world.environment,
  state: join(world.directory, 'own'),
  directory: { device: 1, inode: 2, bornAt: null },
  session: 1,
  backTo: false,
});

const module = (path: string): string =>
  new URL(`../../../source/system/checkpoint/${path}`, import.meta.url).href;
const code = `import { flushCompileCache } from 'node:module';
import { findCheckpoints } from '${module('project-checkpoints.ts')}';
import { carryOutUndo, plannedUndo } from '${module('undo.ts')}';
flushCompileCache();
const order = JSON.parse(process.argv[1]);
const found = { ...(await findCheckpoints(order)), program: order.program };
const done = await carryOutUndo(order, found, await plannedUndo(order, found));
process.exitCode = 'problem' in done ? 1 : 0;`;

/** The signal that ended it: git kills its caller at its call number `at`. Null if it came to its end. */
function undoKilledAt(at: number): NodeJS.Signals | null {
  const [program, count] = [join(world.directory, 'git'), join(world.directory, 'count')];
  fs.writeFileSync(count, '0\n');
  const script = `#!/bin/sh
read n < '${count}'; n=$((n + 1)); echo $n > '${count}'
if [ $n = ${at} ]; then kill -9 $PPID; exit 1; fi
exec '${programPath()}' "$@"
`;
  fs.writeFileSync(program, script, { mode: 0o755 });
  const order = JSON.stringify({ ...undoOrder(), program });
  const words = ['--no-warnings', '--input-type=module', '-e', code, '--', order];
  const env = { ...process.env, ...compiledSource };
  return spawnSync(process.execPath, words, { encoding: 'utf8', env }).signal;
}

async function undoToItsEnd(): Promise<void> {
  const order = undoOrder();
  const found = await findCheckpoints(order);
  if ('problem' in found) throw new Error(String(found.problem));
  const plan = await plannedUndo(order, found);
  if ('problem' in plan) throw new Error(plan.problem);
  if (plan.changes.length === 0) return;
  expect(await carryOutUndo(order, found, plan)).not.toHaveProperty('problem');
}

const read = (path: string): string | null => {
  const whole = join(world.root, path);
  return fs.existsSync(whole) ? fs.readFileSync(whole, 'utf8') : null;
};

/** Where HEAD is, and what branches and the stash hold. */
const usersOwn = (): unknown => [
  read('.git/HEAD'),
  world.git('for-each-ref', 'refs/heads', 'refs/stash'),
];

test('whatever it was doing, the next one takes back what is left, and the user’s own stays', async () => {
  const before = usersOwn();
  const stride = process.env['KILL_AT_ALL'] === undefined ? 4 : 1;
  let kills = 0;
  for (let at = 1; ; at += stride) {
    if (undoKilledAt(at) === null) break;
    kills++;
    expect(read('users.txt')).toBe('mine\n');
    // A file is whole: as the session left it, or as it was before.
    expect(['text\n', 'by the session\n']).toContain(read('kept.txt'));
    await undoToItsEnd();
    expect([read('kept.txt'), read('new/file.txt'), read('users.txt')]).toEqual([
      'text\n',
      null,
      'mine\n',
    ]);
    expect(usersOwn()).toEqual(before);
    asTheSessionLeftThem();
  }
  expect(kills * stride).toBeGreaterThan(10);
  // Once is enough: git has removed no object meanwhile.
  world.git('fsck', '--strict');
});
