// The files that differ between two trees, at once, and their counts of lines, as git gets to them. Git does not count a
// file of many megabytes: that would take it seconds and gigabytes.

import { createCountReader, rawFilesIn, type RawFile } from '../../core/changes/raw-files.ts';
import type { FileCounts } from '../../core/changes/changes.ts';
import type { FileEntry } from '../../core/checkpoint/undo-plan.ts';
import { gitBytes } from '../git/bytes.ts';
import { git, type GitCall } from '../git/command.ts';
import type { Range } from '../checkpoint/session-range.ts';

/** Above this many files on both sides no renames are looked for. */
const mostRenames = 400;
/** A tree of more changed files is cut. */
const mostListBytes = 16 * 1024 * 1024;
const largeBytes = 16 * 1024 * 1024;

const compare = ['diff-tree', '-r', '-M', `-l${mostRenames}`, '-z'];
const safely = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=dirty'];

export async function listFiles(
  call: GitCall,
  { from, to }: Range,
): Promise<{ files: RawFile[]; isCut: boolean } | { problem: string }> {
  const words = [...compare, '--raw', '--no-abbrev', ...safely, from, to, '--'];
  const answer = await git(large(call), { arguments: words, maxBytes: mostListBytes });
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { files: rawFilesIn(answer.output), isCut: answer.isCut };
}

type Counting = { close(): void; done: Promise<void> };

/** `onCounts` is called as they come in. */
export function countLines(
  call: GitCall,
  { from, to }: Range,
  { files, onCounts }: { files: readonly RawFile[]; onCounts: (counts: Counts) => void },
): Counting {
  const bytes = gitBytes(large(call), [...compare, '--numstat', ...safely, from, to, '--']);
  let isClosed = false;
  const count = async (): Promise<void> => {
    const read = createCountReader();
    const uncounted: RawFile[] = [];
    const byPath = new Map(files.map((file) => [file.path, file]));
    for await (const piece of bytes.pieces) {
      const counts = new Map<string, FileCounts>();
      for (const [path, lines] of read(piece.toString('latin1'))) {
        const file = byPath.get(path);
        if (lines !== null) counts.set(path, { kind: 'lines', ...lines });
        else if (file !== undefined) uncounted.push(file);
      }
      if (counts.size > 0 && !isClosed) onCounts(counts);
    }
    const sizes = isClosed ? null : await sizesOf(call, uncounted);
    if (sizes !== null && !isClosed) onCounts(sizes);
  };
  return {
    done: count().catch(() => {}),
    close: () => {
      isClosed = true;
      bytes.close();
    },
  };
}

type Counts = ReadonlyMap<string, FileCounts>;

async function sizesOf(call: GitCall, files: readonly RawFile[]): Promise<Counts | null> {
  if (files.length === 0) return null;
  const ids = files.flatMap(({ before, after }) => [before, after]).flatMap((one) => one?.id ?? []);
  const answer = await git(call, {
    arguments: ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
    input: ids.map((id) => `${id}\n`).join(''),
  });
  if (answer.kind === 'failed') return null;
  const sizes = new Map(
    answer.output.split('\n').map((line): [string, number] => {
      const [id = '', size = ''] = line.split(' ');
      return [id, Number(size)];
    }),
  );
  const sizeOf = (entry: FileEntry | null): number | null =>
    entry === null ? null : (sizes.get(entry.id) ?? 0);
  return new Map(
    files.map(({ path, before, after }): [string, FileCounts] => {
      const [one, other] = [sizeOf(before), sizeOf(after)];
      const isLarge = Math.max(one ?? 0, other ?? 0) >= largeBytes;
      return [path, { kind: isLarge ? 'large' : 'binary', before: one, after: other }];
    }),
  );
}

/** Git takes files of that size for binary: it neither reads nor compares them. */
function large(call: GitCall): GitCall {
  const threshold = { key: 'core.bigFileThreshold', value: String(largeBytes) };
  return { ...call, configuration: [...call.configuration, threshold] };
}
