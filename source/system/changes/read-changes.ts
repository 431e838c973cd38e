// What changed in one range: the files, their counts as they come in, and the lines of each, on demand.

import { relative, sep } from 'node:path';
import type { ChangedFile, ChangesRange, FileCounts } from '../../core/changes/changes.ts';
import type { RawFile } from '../../core/changes/raw-files.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { patchBytes } from '../checkpoint/print-patch.ts';
import { countLines, listFiles } from './list-files.ts';
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

const longestPath = 500;

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
  const labelOf = labels(found.repository.root, project);
  return {
    files: sorted(files).map((file) => changedFile(file, labelOf)),
    isCut,
    sharedWith: null,
    count: (onCounts) => countLines(call, between, { files, onCounts }).close,
    patch: (file) => openPatch(call, file),
    bytes: () => patchBytes(call, between, { binary: true }),
  };
}

function changedFile(
  { path, renamedFrom, before, after }: RawFile,
  labelOf: (path: string) => string,
): ChangedFile {
  return {
    path,
    label: labelOf(path),
    renamedFrom: renamedFrom === null ? null : labelOf(renamedFrom),
    before,
    after,
    meanwhile: null,
  };
}

/** The task's list and notes last: they are not what a user looks for first. */
function sorted(files: readonly RawFile[]): RawFile[] {
  const isOfTask = ({ path }: RawFile): boolean => /(?:^|\/)\.autonomous\//.test(path);
  return [...files.filter((file) => !isOfTask(file)), ...files.filter(isOfTask)];
}

/** Paths from the project, as they are in its tasks' logs. */
function labels(root: string, project: string): (path: string) => string {
  const steps = relative(root, project)
    .split(sep)
    .filter((step) => step !== '');
  const inside = steps.map((step) => `${step}/`).join('');
  const up = '../'.repeat(steps.length);
  return (path) => {
    const text = Buffer.from(path, 'latin1').toString();
    const shown = text.startsWith(inside) ? text.slice(inside.length) : `${up}${text}`;
    return safeLine(shown, longestPath);
  };
}
