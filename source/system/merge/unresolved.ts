// Which files of a task's branch still have the markers of conflicts that were left in them to be resolved.

import { conflictsTrailer } from '../../core/merge/plan.ts';
import { git, type GitCall } from '../git/command.ts';

/** As git writes them where the two sides are named by commits. */
const marker = '^(<+|>+) [0-9a-f]{40}';

/** Looks only where a merge of ours left some. Paths have one character per byte. */
export async function unresolvedIn(
  call: GitCall,
  { old, tip }: { old: string; tip: string },
): Promise<{ paths: readonly string[] } | { problem: string }> {
  const merges = await git(call, {
    arguments: ['rev-list', '--merges', `--grep=^${conflictsTrailer}: `, `${old}..${tip}`, '--'],
  });
  if (merges.kind === 'failed') return { problem: merges.problem };
  if (merges.output === '') return { paths: [] };
  const found = await git(call, {
    arguments: ['grep', '-l', '-z', '-a', '--full-name', '-E', '-e', marker, tip, '--'],
    alsoOk: 1,
  });
  if (found.kind === 'failed') return { problem: found.problem };
  const paths = found.output.split('\0').filter((entry) => entry !== '');
  return { paths: paths.map((entry) => entry.slice(tip.length + 1)) };
}
