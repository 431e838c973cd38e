import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberOverlap } from '../../../source/engine/between/session-memory.ts';
import { filesOfOthers, readOverlapsFile } from '../../../source/system/changes/overlaps-file.ts';
import { stateDirectoryAt } from '../../../source/system/state/state-directory.ts';
import { sessionWith } from '../../helpers/run-records.ts';

test('a session that worked beside another task’s leaves who that was and what its own log names', async () => {
  const root = mkdtempSync(join(tmpdir(), 'overlap-'));
  // As in a real state home: what is made private lies below it.
  const home = join(root, 'state', 'project');
  const directory = { device: 1, inode: 2, bornAt: null };
  const remember = async (task: string, number: number, others: readonly string[]) => {
    const state = stateDirectoryAt(join(home, task));
    await state.make();
    const deps = {
      task: { identity: () => Promise.resolve(directory) } as never,
      state,
      clock: { now: () => 200 } as never,
      othersWorkedSince: (at: number) => (at === 100 ? others : []),
    };
    const record = sessionWith({ number, startedAt: 100 });
    await rememberOverlap(deps, record, [`of ${task}`, 'evil\n"}']);
  };
  try {
    await remember('docs', 1, []);
    await remember('docs', 2, ['shop']);
    await remember('shop', 7, ['docs', '../..']);
    const overlaps = await readOverlapsFile(join(home, 'docs'), directory);
    const overlap = {
      session: 2,
      from: 100,
      to: 200,
      others: ['shop'],
      files: ['of docs', 'evil\n"}'],
    };
    expect([...overlaps]).toEqual([[2, overlap]]);
    expect(await filesOfOthers(join(home, 'docs'), overlap)).toEqual(['of shop', 'evil\n"}']);
    expect(await filesOfOthers(join(home, 'docs'), { ...overlap, from: 201, to: 300 })).toEqual([]);
    // Of a task that was deleted since.
    const reborn = { ...directory, inode: 3 };
    expect((await readOverlapsFile(join(home, 'docs'), reborn)).size).toBe(0);
  } finally {
    rmSync(root, { recursive: true });
  }
});
