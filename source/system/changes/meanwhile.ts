// Which files another task may have changed, in sessions that overlapped with this task's in the same tree: only what a
// session's own log names is its own then.

import { isOfTask } from '../../core/changes/own-files.ts';
import { othersWords, type Overlap } from '../../core/evidence/overlap.ts';
import { git, type GitCall } from '../git/command.ts';
import { pathsIn } from '../git/own-index.ts';
import type { Range } from '../checkpoint/session-range.ts';
import type { FileLabels } from './file-labels.ts';

type Problem = { problem: string };

type Sessions = {
  /** The task's sessions in the range, by number. */
  numbers: readonly number[];
  overlaps: ReadonlyMap<number, Overlap>;
  rangeOf(session: number): Promise<Range | Problem>;
  labels: FileLabels;
  /**
   * For what is to be taken back: the files that the others' logs name. What both touched, or another session of the range
   * changed alone, is not surely the task's then.
   */
  ofOthers?(overlap: Overlap): Promise<readonly string[]>;
};

export type Meanwhile = {
  /** Who worked in the same files; null: nobody did. */
  readonly sharedWith: string | null;
  /** Who may have changed this path of git; null: it is the task's own. */
  by(path: string): string | null;
};

const nobody: Meanwhile = { sharedWith: null, by: () => null };

export async function meanwhileIn(
  call: GitCall,
  { numbers, overlaps, rangeOf, labels, ofOthers }: Sessions,
): Promise<Meanwhile> {
  const shared = numbers.flatMap((number) => overlaps.get(number) ?? []);
  if (shared.length === 0) return nobody;
  const foreign = new Map<string, string>();
  const own = new Set<string>();
  for (const overlap of shared) {
    const named = new Set(overlap.files.map(labels.ofCodex));
    for (const file of (await ofOthers?.(overlap)) ?? []) named.delete(labels.ofCodex(file));
    const others = othersWords(overlap.others);
    for (const path of await changedPaths(call, await rangeOf(overlap.session))) {
      if (isOfTask(path) || named.has(labels.ofGit(path))) own.add(path);
      else foreign.set(path, others);
    }
  }
  // A session that had the files for itself changed what it changed.
  for (const number of numbers) {
    if (overlaps.has(number) || foreign.size === 0 || ofOthers !== undefined) continue;
    for (const path of await changedPaths(call, await rangeOf(number))) own.add(path);
  }
  if (ofOthers === undefined) for (const path of own) foreign.delete(path);
  const all = [...new Set(shared.flatMap(({ others }) => others))];
  return { sharedWith: othersWords(all), by: (path) => foreign.get(path) ?? null };
}

/** None where that cannot be told: what is not known to be another's is shown as the task's. */
async function changedPaths(call: GitCall, range: Range | Problem): Promise<string[]> {
  if ('problem' in range) return [];
  const answer = await git(call, {
    arguments: [
      ...['diff-tree', '-r', '-z', '--name-only', '--no-renames'],
      ...[range.from, range.to, '--'],
    ],
  });
  return answer.kind === 'ok' ? pathsIn(answer.output) : [];
}
