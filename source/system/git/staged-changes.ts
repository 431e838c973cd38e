// Brings what changed in the files into an index.

import { changedFiles, type ChangedFiles, type ChangeSearch } from './changed-files.ts';
import { removeFromIndex, stageFiles, type OwnIndex } from './own-index.ts';

/** What changed since the index was last brought up to date. */
export async function stagedChanges(
  call: OwnIndex,
  search: ChangeSearch,
): Promise<ChangedFiles | { problem: string }> {
  const comparing = changedFiles(call, search);
  const paths = Promise.withResolvers<readonly string[]>();
  // It reads the index while the files are compared.
  const staging = stageFiles(call, paths.promise);
  try {
    const changed = await comparing;
    if ('problem' in changed) return changed;
    paths.resolve(changed.staged);
    const staged = await staging;
    if (staged.kind === 'failed') return { problem: staged.problem };
    if (changed.gone.length === 0) return changed;
    const removed = await removeFromIndex(call, changed.gone);
    return removed.kind === 'failed' ? { problem: removed.problem } : changed;
  } finally {
    paths.resolve([]);
    await staging;
  }
}
