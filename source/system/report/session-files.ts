// Which files some sessions of a task changed, by its checkpoints: from before the first of them to after the last one. What
// the user changed in between is in it, as in `--diff`. The task's own list and notes are not.

import { totalsOf, type FileCounts } from '../../core/changes/changes.ts';
import { isOfTask } from '../../core/changes/own-files.ts';
import type { FilesReport } from '../../core/report/task-report.ts';
import { fileLabels } from '../changes/file-labels.ts';
import { countLines, listFiles } from '../changes/list-files.ts';
import { checkpointCall } from '../checkpoint/keep-checkpoint.ts';
import { findCheckpoints, type OfTask } from '../checkpoint/project-checkpoints.ts';
import { readCheckpoints, resolved } from '../checkpoint/refs.ts';
import type { Range } from '../checkpoint/session-range.ts';
import { systemClock } from '../clock.ts';
import type { GitCall } from '../git/command.ts';

const mostListed = 200;
/** A report is to be there at once; git may count for minutes. */
const longestCountMs = 10_000;

export async function sessionFiles(
  of: OfTask,
  sessions: { readonly first: number; readonly last: number },
): Promise<FilesReport> {
  const found = await findCheckpoints(of);
  if ('problem' in found) {
    return { problem: found.problem ?? 'the project is not in a git repository' };
  }
  const call = checkpointCall(found);
  const range = await rangeOf(call, found.refs, sessions);
  if ('problem' in range) return range;
  const listed = await listFiles(call, range);
  if ('problem' in listed) return listed;
  const files = listed.files.filter((file) => !isOfTask(file.path));
  const counts = await countedLines(call, range, files);
  const { added, removed } = counts.isWhole ? totalsOf(counts.of) : { added: null, removed: null };
  const labels = fileLabels(found.repository.root, of.workplace ?? of.project);
  return {
    count: files.length,
    isCut: listed.isCut,
    ...{ added, removed },
    list: files.slice(0, mostListed).map(({ path }) => ({
      path: labels.ofGit(path),
      lines: counts.of.get(path) ?? null,
    })),
    from: range.first,
    to: range.last,
  };
}

async function rangeOf(
  call: GitCall,
  refs: string,
  { first, last }: { first: number; last: number },
): Promise<(Range & { first: number; last: number }) | { problem: string }> {
  const known = await readCheckpoints(call, refs);
  if ('problem' in known) return known;
  const inRange = known.checkpoints.filter(({ session }) => session >= first && session <= last);
  const [one] = inRange;
  const other = inRange.at(-1);
  if (one === undefined || other === undefined) {
    return { problem: 'no checkpoint of these sessions is kept' };
  }
  const from = await resolved(call, `${one.commit}^1`);
  if (from === null) return { problem: `no checkpoint is kept of before session ${one.session}` };
  return { from, to: other.commit, first: one.session, last: other.session };
}

type RawFiles = Parameters<typeof countLines>[2]['files'];

async function countedLines(
  call: GitCall,
  range: Range,
  files: RawFiles,
): Promise<{ of: ReadonlyMap<string, FileCounts>; isWhole: boolean }> {
  const counts = new Map<string, FileCounts>();
  if (files.length === 0) return { of: counts, isWhole: true };
  const onCounts = (some: ReadonlyMap<string, FileCounts>): void => {
    for (const [path, count] of some) counts.set(path, count);
  };
  const counting = countLines(call, range, { files, onCounts });
  const tooLong = Promise.withResolvers<void>();
  const cancel = systemClock.wakeAt(systemClock.now() + longestCountMs, tooLong.resolve);
  await Promise.race([counting.done, tooLong.promise]);
  cancel();
  counting.close();
  const own = new Map(
    files.flatMap(({ path }) => {
      const count = counts.get(path);
      return count === undefined ? [] : [[path, count] as const];
    }),
  );
  return { of: own, isWhole: own.size === files.length };
}
