import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  filesBetween,
  patchBetween,
  type DiffOrder,
} from '../../../source/system/git/tree-diff.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

async function between(change: () => void): Promise<DiffOrder> {
  const [from, order] = [await world.tree(), await world.order()];
  change();
  return { ...order, from: from.id, to: (await world.tree()).id };
}

test('each changed file has its kind and its counts of lines', async () => {
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('');
  world.write('moved/old.txt', long);
  world.write('gone.txt', 'a\nb\n');
  const order = await between(() => {
    fs.rmSync(join(world.root, 'gone.txt'));
    fs.renameSync(join(world.root, 'moved/old.txt'), join(world.root, 'new\tname\n.txt'));
    world.write('kept.txt', 'other\nlines\n');
    world.write('größe.bin', Buffer.from([0, 1, 2]));
  });
  const found = await filesBetween(order);
  expect('files' in found && found.files.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { path: 'größe.bin', from: null, kind: 'added', added: null, removed: null },
    { path: 'kept.txt', from: null, kind: 'changed', added: 2, removed: 1 },
    { path: 'gone.txt', from: null, kind: 'deleted', added: 0, removed: 2 },
    { path: 'new\tname\n.txt', from: 'moved/old.txt', kind: 'renamed', added: 0, removed: 0 },
  ]);
});

test('the patch is what changed, and a long one is cut where it was asked to be', async () => {
  const order = await between(() => world.write('kept.txt', `${'other\n'.repeat(100_000)}`));
  expect(await patchBetween({ ...order, to: order.from })).toEqual({ text: '', isCut: false });
  const patch = await patchBetween({ ...order, maxBytes: 1000 });
  expect(patch).toMatchObject({ isCut: true });
  expect('text' in patch && patch.text).toMatch(
    /^diff --git a\/kept.txt b\/kept.txt\n[^]*\n-text\n\+other\n/,
  );
  expect('text' in patch && patch.text.length).toBeLessThanOrEqual(1000);
});

test('a list of files that is cut has the files that it reached', async () => {
  const order = await between(() => {
    for (let number = 0; number < 100; number++) world.write(`many/${number}`);
  });
  const found = await filesBetween({ ...order, maxBytes: 2000 });
  expect(found).toMatchObject({ isCut: true });
  expect('files' in found && found.files.length).toBeGreaterThan(5);
});

test('what is not the id of a tree is refused, and one that is gone is said', async () => {
  const order = { ...(await world.order()), to: (await world.tree()).id };
  expect(await filesBetween({ ...order, from: '--output=/tmp/x' })).toEqual({
    problem: 'no tree to compare with',
  });
  const gone = await filesBetween({ ...order, from: '1'.repeat(40) });
  expect(gone).toHaveProperty('problem');
});
