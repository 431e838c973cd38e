// A tree without a directory, made in an index of its own.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type GitCall } from '../git/command.ts';

/** The tree of a commit, or a tree, without a directory. */
export async function treeWithout(
  call: GitCall,
  commit: string,
  directory: string,
): Promise<{ id: string } | { problem: string }> {
  const index = join(call.gitDir, 'index-of-work');
  const own = { ...call, index };
  await rm(index, { force: true });
  try {
    for (const words of [
      ['read-tree', commit],
      ['rm', '-r', '--quiet', '--cached', '--ignore-unmatch', '--', directory],
    ]) {
      const done = await git(own, { arguments: words });
      if (done.kind === 'failed') return done;
    }
    const written = await git(own, { arguments: ['write-tree', '--missing-ok'] });
    return written.kind === 'ok' ? { id: written.output.trim() } : written;
  } finally {
    await rm(index, { force: true });
  }
}
