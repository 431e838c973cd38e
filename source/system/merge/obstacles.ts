// What speaks against moving the files of a checked-out branch from one tree to another. The user's index is only read.

import { join } from 'node:path';
import type { FileChange } from '../../core/checkpoint/undo-plan.ts';
import type { NoMerge, Refusal } from '../../core/merge/plan.ts';
import { git } from '../git/command.ts';
import { discardIndex } from '../git/own-index.ts';
import { changesBetween, overwritten } from './local-changes.ts';
import type { MergeCall, MergeOrder } from './merge-call.ts';
import { copyIndex } from '../git/copy-index.ts';

type Moving = { from: string; old: string; tree: string };

/** What speaks against changing the files. */
export async function obstacleIn(
  call: MergeCall,
  { state, branch }: MergeOrder,
  { from, old, tree }: Moving,
): Promise<NoMerge | null> {
  const root = call.workTree;
  const refused = (why: string, more: Refusal = {}): NoMerge => ({
    kind: 'refused',
    why,
    ...more,
  });
  const differences = await changesBetween(call, old, tree);
  if ('problem' in differences) return refused(differences.problem);
  const { changes } = differences;
  const index = join(state, 'index.users');
  const own = { ...call, index };
  try {
    await copyIndex(join(call.gitDir, 'index'), index);
    const found = await overwritten(own, old, changes);
    if ('problem' in found) return refused(found.problem);
    if ('unmerged' in found) {
      const why = `${root} has conflicts of an earlier merge`;
      return refused(why, { paths: found.unmerged, command: `git -C ${root} status` });
    }
    if (found.paths.length > 0) return { kind: 'in the way', from, root, paths: found.paths };
    const filtered = await filteredIn(own, changes, tree);
    if ('problem' in filtered) return refused(filtered.problem);
    if (filtered.paths.length === 0) return null;
    return refused('files need a filter of the repository, which is not run here', {
      paths: filtered.paths,
      command: `git -C ${root} merge ${branch.branch}`,
    });
  } finally {
    await discardIndex({ index });
  }
}

/** Files that would be written and that only a program of the repository could write as they belong. */
async function filteredIn(
  call: MergeCall & { index: string },
  changes: readonly FileChange[],
  tree: string,
): Promise<{ paths: readonly string[] } | { problem: string }> {
  const written = changes.filter(({ to }) => to !== null && to.mode.startsWith('100'));
  if (written.length === 0) return { paths: [] };
  await discardIndex(call);
  const read = await git(call, { arguments: ['read-tree', tree] });
  if (read.kind === 'failed') return { problem: read.problem };
  const answer = await git(call, {
    arguments: ['check-attr', '-z', '--cached', '--stdin', 'filter'],
    input: written.map(({ path }) => `${path}\0`).join(''),
  });
  if (answer.kind === 'failed') return { problem: answer.problem };
  // A filter that is put out of use is one that is defined.
  const defined = new Set(
    call.configuration.flatMap(({ key }) => /^filter\.(.*)\.smudge$/s.exec(key)?.[1] ?? []),
  );
  const parts = answer.output.split('\0');
  const paths: string[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const value = parts[at + 2] ?? '';
    if (defined.has(value) && !(value === 'lfs' && call.hasLfs)) paths.push(parts[at] ?? '');
  }
  return { paths };
}
