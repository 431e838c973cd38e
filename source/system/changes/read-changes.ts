// What changed in one range: the files, their counts as they come in, and the lines of each, on demand.

import type { ChangedFile, ChangesRange, FileCounts } from '../../core/changes/changes.ts';
import { isOfTask } from '../../core/changes/own-files.ts';
import type { RawFile } from '../../core/changes/raw-files.ts';
import { patchBytes } from '../checkpoint/print-patch.ts';
import { fileLabels, type FileLabels } from './file-labels.ts';
import { countLines, listFiles } from './list-files.ts';
import { meanwhileIn, type Meanwhile } from './meanwhile.ts';
import { openPatch, type OpenPatch } from './open-patch.ts';
import type { Visit } from './visit.ts';

export type ReadChanges = {
  readonly files: readonly ChangedFile[];
  /** There are more. */
  readonly isCut: boolean;
  /** The task whose sessions worked in the same files meanwhile; null: none did. */
  readonly sharedWith: string | null;
  /** Answers how to stop counting. */
  count(onCounts: (counts: ReadonlyMap<string, FileCounts>) => void): () => void;
  patch(file: ChangedFile): OpenPatch;
  /** For `git apply`. */
  bytes(): AsyncIterable<Buffer>;
};

export async function readChanges(
  visit: Visit,
  project: string,
  range: ChangesRange,
): Promise<ReadChanges | { problem: string }> {
  const { call, found } = visit;
  const between = await visit.rangeOf(range);
  if ('problem' in between) return between;
  const listed = await listFiles(call, between);
  if ('problem' in listed) return listed;
  const { files, isCut } = listed;
  const labels = fileLabels(found.repository.root, project);
  const meanwhile = await meanwhileIn(call, {
    numbers: visit.sessionsIn(range),
    overlaps: visit.overlaps,
    rangeOf: (session) => visit.rangeOf({ kind: 'session', session }),
    labels,
  });
  return {
    files: sorted(files).map((file) => changedFile(file, { labels, meanwhile })),
    isCut,
    sharedWith: meanwhile.sharedWith,
    count: (onCounts) => countLines(call, between, { files, onCounts }).close,
    patch: (file) => openPatch(call, file),
    bytes: () => patchBytes(call, between, { binary: true }),
  };
}

function changedFile(
  { path, renamedFrom, before, after }: RawFile,
  { labels, meanwhile }: { labels: FileLabels; meanwhile: Meanwhile },
): ChangedFile {
  return {
    path,
    label: labels.ofGit(path),
    renamedFrom: renamedFrom === null ? null : labels.ofGit(renamedFrom),
    before,
    after,
    meanwhile: meanwhile.by(path),
  };
}

/** The task's list and notes last: they are not what a user looks for first. */
function sorted(files: readonly RawFile[]): RawFile[] {
  const isLast = ({ path }: RawFile): boolean => isOfTask(path);
  return [...files.filter((file) => !isLast(file)), ...files.filter(isLast)];
}
