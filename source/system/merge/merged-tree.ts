// The tree that a merge leaves, or the files that conflict, without touching any file. Of the attributes, those of the
// branch that is merged into count, as they do for `git merge`; no driver that they name runs.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePrivateDirectory } from '../files/safe-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { pathsIn } from '../git/own-index.ts';

type MergedTree =
  | { kind: 'clean'; tree: string }
  /** `tree`: with the files that conflict as they are to be resolved. */
  | { kind: 'conflict'; tree: string; paths: readonly string[] }
  | { kind: 'failed'; problem: string };

type Sides = { old: string; tip: string; /** A directory of ours. */ state: string };

export async function mergedTree(call: GitCall, sides: Sides): Promise<MergedTree> {
  await makePrivateDirectory(sides.state);
  const directory = await mkdtemp(join(sides.state, 'attributes-'));
  try {
    const problem = await writeAttributes(call, sides.old, directory);
    if (problem !== null) return { kind: 'failed', problem };
    const answer = await git(
      { ...call, workTree: directory },
      {
        arguments: [
          'merge-tree',
          '--write-tree',
          '-z',
          '--name-only',
          '--no-messages',
          sides.old,
          sides.tip,
        ],
        alsoOk: 1,
        directory,
      },
    );
    if (answer.kind === 'failed') return { kind: 'failed', problem: whyNot(answer.problem) };
    const [tree = '', ...paths] = pathsIn(answer.output);
    return answer.exitCode === 0
      ? { kind: 'clean', tree }
      : { kind: 'conflict', tree, paths: [...new Set(paths)] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Git before 2.38 does not know `--write-tree`. */
function whyNot(problem: string): string {
  return /usage|write-tree/.test(problem) ? 'git 2.38 or later is needed to merge' : problem;
}

/** The problem, or null. */
async function writeAttributes(
  call: GitCall,
  commit: string,
  directory: string,
): Promise<string | null> {
  const listed = await git(call, { arguments: ['ls-tree', '-r', '-z', '--full-tree', commit] });
  if (listed.kind === 'failed') return listed.problem;
  // A link of that name does not count for git, either.
  for (const [, id = '', path = ''] of listed.output.matchAll(
    /(?<=^|\0)100\d{3} blob ([0-9a-f]+)\t((?:[^\0]*\/)?\.gitattributes)(?=\0)/g,
  )) {
    const text = Buffer.from(path, 'latin1').toString();
    const isOdd = text.split('/').some((step) => ['', '.', '..', '.git'].includes(step));
    if (isOdd || text.includes('\uFFFD')) continue;
    const blob = await git(call, { arguments: ['cat-file', 'blob', id] });
    if (blob.kind === 'failed') return blob.problem;
    await mkdir(join(directory, dirname(text)), { recursive: true });
    await writeFile(join(directory, text), Buffer.from(blob.output, 'latin1'));
  }
  return null;
}
