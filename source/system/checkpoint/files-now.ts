// The files of a project as they are now, with the task's list and notes, as a tree that can be compared with a
// checkpoint. The runner may be at work: its index is copied, never used.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDirectory } from '../files/safe-file.ts';
import { takeTree } from '../git/take-tree.ts';
import { checkpointCall } from './keep-checkpoint.ts';
import { keptFilesOf, type OfTask, type TaskCheckpoints } from './project-checkpoints.ts';
import { treeWithFiles } from './tree-with-files.ts';
import { copyIndex } from '../git/copy-index.ts';

/** `state`: the task's state directory. */
export async function treeNow(
  of: OfTask & { state: string },
  found: TaskCheckpoints,
): Promise<{ id: string } | { problem: string }> {
  await makePrivateDirectory(of.state);
  const directory = await mkdtemp(join(of.state, 'index-'));
  try {
    const index = join(directory, 'index');
    await copyIndex(join(of.state, 'index'), index).catch(() => {});
    const tree = await takeTree({ ...found, index });
    if ('problem' in tree) return tree;
    const files = await keptFilesOf(of);
    return await treeWithFiles(checkpointCall(found), tree.id, { ...found, files });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
