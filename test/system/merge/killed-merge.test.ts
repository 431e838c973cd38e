// A merge that is killed at any call of git: no file, branch or commit is lost, and the next try merges. All calls take
// minutes, so they are played on request: KILL_AT_ALL=1.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { makeMergeWorld, type MergeWorld } from '../../helpers/merge-world.ts';
import { programPath } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 900_000 });

let world: MergeWorld;
beforeEach(() => {
  world = makeMergeWorld();
  world.write('.git/info/exclude', 'ignored\n');
  world.commit('kept.txt', 'theirs\n');
  world.commit('dir/new.txt', 'theirs\n');
  world.commitHere('ours.txt', 'ours\n');
  world.write('untracked.txt', 'mine\n');
});
afterEach(() => world.remove());

const merging = new URL('../../../source/system/merge/merge-branch.ts', import.meta.url).href;
const code = `import { flushCompileCache } from 'node:module';
import { mergeBranch } from '${merging}';
flushCompileCache();
const outcome = await mergeBranch(JSON.parse(process.argv[1]));
process.exitCode = outcome.kind === 'done' ? 0 : 1;`;

/** Git that kills its caller at its call number `at`, or when it is to do that, before or after it does its work. */
function killingGit(at: number | string, moment: 'before' | 'after'): string {
  const [path, count] = [join(world.directory, 'git'), join(world.directory, 'count')];
  fs.writeFileSync(count, '0\n');
  const script = `#!/bin/sh
read n < '${count}'; n=$((n + 1)); echo $n > '${count}'
if [ $n = ${at} ] || [ $1 = ${at} ]; then ${moment === 'after' ? `'${programPath()}' "$@" > /dev/null;` : ''} kill -9 $PPID; exit 1; fi
exec '${programPath()}' "$@"
`;
  fs.writeFileSync(path, script, { mode: 0o755 });
  return path;
}

/** The signal that ended it, or null. */
async function mergeWith(program: string): Promise<NodeJS.Signals | null> {
  const order = JSON.stringify(await world.mergeOrder({ program }));
  const words = ['--no-warnings', '--input-type=module', '-e', code, '--', order];
  const env = { ...process.env, ...compiledSource };
  return spawnSync(process.execPath, words, { encoding: 'utf8', env }).signal;
}

const isAsked = process.env['KILL_AT_ALL'] !== undefined;

test.runIf(isAsked).each(['before', 'after'] as const)(
  'killed %s any call of git, the next try merges',
  async (moment) => {
    const [old, tip] = [world.id('main'), world.id('autonomous/docs')];
    let kills = 0;
    for (let at = 1; ; at++) {
      const signal = await mergeWith(killingGit(at, moment));
      if (signal === null) break;
      kills++;
      expect(world.id('autonomous/docs')).toBe(tip);
      expect(world.read('untracked.txt')).toBe('mine\n');
      await world.merge();
      expect(world.git('log', '-1', '--format=%P', 'main').trim()).toBe(`${old} ${tip}`);
      expect(world.read('kept.txt')).toBe('theirs\n');
      expect(world.read('dir/new.txt')).toBe('theirs\n');
      expect(world.status()).toBe('?? untracked.txt\n');
      expect(
        fs.readdirSync(join(world.root, '.git')).filter((name) => /lock|autonomous/.test(name)),
      ).toEqual([]);
      world.git('reset', '-q', '--hard', old);
    }
    expect(kills).toBeGreaterThan(10);
  },
);

test.each([
  ['commit-tree', 'after'],
  ['update-ref', 'before'],
  ['update-ref', 'after'],
] as const)('killed at %s, %s it, the next try merges', async (call, moment) => {
  world.write('staged.txt', 'mine\n');
  world.git('add', 'staged.txt');
  expect(await mergeWith(killingGit(call, moment))).toBe('SIGKILL');
  const isMoved = call === 'update-ref' && moment === 'after';
  expect(await world.merge()).toMatchObject(
    isMoved ? { plan: { kind: 'merged' } } : { kind: 'done' },
  );
  expect(world.read('kept.txt')).toBe('theirs\n');
  expect(world.status()).toBe('A  staged.txt\n?? untracked.txt\n');
});

test('what git had begun to write goes back, and what the user wrote since stays and is named', async () => {
  expect(await mergeWith(killingGit('update-ref', 'before'))).toBe('SIGKILL');
  // As git leaves it when it is killed while it writes.
  world.write('kept.txt', 'the');
  world.write('dir/new.txt', 'mine since\n');
  expect(await world.merge()).toMatchObject({
    kind: 'not done',
    plan: { kind: 'in the way', paths: ['dir/new.txt'] },
  });
  expect(world.read('dir/new.txt')).toBe('mine since\n');
  expect(world.read('kept.txt')).toBe('text\n');
});
