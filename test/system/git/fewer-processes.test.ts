// What git would say again is not asked again, and whatever changes it is noticed.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileState } from '../../../source/system/files/file-state.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';
import { until } from '../../helpers/until.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

/** The tree, and the commands of git that it took. */
async function look(): Promise<{ id: string; leftOut: readonly string[]; commands: string[] }> {
  const log = join(world.directory, 'commands');
  const program = join(world.directory, 'counting-git');
  writeFileSync(program, `#!/bin/sh\necho "$1" >> '${log}'\nexec git "$@"\n`, { mode: 0o755 });
  rmSync(log, { force: true });
  const tree = await world.tree({ program });
  if (tree.kind !== 'git') throw new Error(tree.kind);
  const commands = readFileSync(log, 'utf8').trim().split('\n');
  return { id: tree.id, leftOut: tree.leftOut.map(({ path }) => path), commands };
}

async function untilSettled(...names: string[]): Promise<void> {
  for (const name of names) {
    await until(`${name} is settled`, () => fileState(join(world.root, '.git', name)));
  }
}

test('a tree of what did not change takes four processes of git', async () => {
  world.write('one.txt', 'one\n');
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'one');
  await look();
  await untilSettled('config', 'index');
  const before = await look();

  const { id, commands } = await look();
  expect(id).toBe(before.id);
  expect(commands.toSorted()).toEqual(['diff-files', 'ls-files', 'update-index', 'write-tree']);
});

test('a configuration that changes later counts, and so does a rule for filters', async () => {
  world.write('one.txt', 'one\n');
  world.git('add', '-A');
  world.git('commit', '-q', '-m', 'one');
  await look();
  await untilSettled('config', 'index');
  await look();
  world.git('config', 'filter.x.clean', 'false');
  world.git('config', 'filter.x.required', 'true');
  world.write('.gitattributes', '*.secret filter=x\n');
  world.write('two.secret', 'two\n');
  const changed = await look();
  expect(changed.commands).toContain('config');
  expect(changed.leftOut).toEqual(['two.secret']);

  await untilSettled('config');
  expect((await look()).leftOut).toEqual(['two.secret']);
});

test.each([
  ['info/attributes', (): void => world.write('.git/info/attributes', '*.secret filter=x\n')],
  [
    'core.attributesFile',
    (): void => {
      world.write('rules', '*.secret filter=x\n');
      world.git('config', 'core.attributesFile', join(world.root, 'rules'));
    },
  ],
  ['a file further up', (): void => world.write('.gitattributes', '*.secret filter=x\n')],
  ['a file beside it', (): void => world.write('a/b/.gitattributes', '*.secret filter=x\n')],
] as const)('rules for filters are found: %s', async (_, rule) => {
  world.write('a/b/two.secret', 'two\n');
  rule();
  expect((await look()).leftOut).toEqual(['a/b/two.secret']);
});
