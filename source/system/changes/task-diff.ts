// What a task changed since it began, for a prompt: by its checkpoints, a patch for each file, and never more than is
// shown of it. What the user changed meanwhile is in it, as in `--diff`; the task's own list and notes are not.

import { changeKindOf } from '../../core/changes/file-notes.ts';
import type { ChangedFile, PatchLine } from '../../core/changes/changes.ts';
import { isOfTask } from '../../core/changes/own-files.ts';
import {
  byTelling,
  longestDiff,
  mostPatches,
  tellingDiff,
  type FilePatch,
} from '../../core/review/telling-diff.ts';
import { checkpointCall } from '../checkpoint/keep-checkpoint.ts';
import { findCheckpoints, type OfTask } from '../checkpoint/project-checkpoints.ts';
import { rangeOfTask } from '../checkpoint/session-range.ts';
import { systemClock } from '../clock.ts';
import { fileLabels } from './file-labels.ts';
import { listFiles } from './list-files.ts';
import { openPatch } from './open-patch.ts';

/** The session waits for it. */
const longestReadMs = 30_000;

/** To compare two larger files would take git seconds and gigabytes. */
const largeIsBinary = { key: 'core.bigFileThreshold', value: String(16 * 1024 * 1024) };

/** Null where it cannot be told: without git, without checkpoints. */
export async function taskDiff(
  of: OfTask,
  { readMs = longestReadMs }: { readMs?: number } = {},
): Promise<string | null> {
  const found = await findCheckpoints(of);
  if ('problem' in found) return null;
  const plain = checkpointCall(found);
  const call = { ...plain, configuration: [...plain.configuration, largeIsBinary] };
  const range = await rangeOfTask(call, { refs: found.refs, task: of.task });
  if ('problem' in range) return null;
  const listed = await listFiles(call, range);
  if ('problem' in listed) return null;
  const labels = fileLabels(found.repository.root, of.workplace ?? of.project);
  const changed = listed.files
    .filter(({ path }) => !isOfTask(path))
    .map(({ path, renamedFrom, ...entries }) => {
      const before = renamedFrom === null ? null : labels.ofGit(renamedFrom);
      const file = { path, label: labels.ofGit(path), renamedFrom: before, ...entries };
      return { ...file, meanwhile: null, kind: changeKindOf(file) };
    });
  const until = systemClock.now() + readMs;
  const patches: FilePatch[] = [];
  for (const file of byTelling(changed).slice(0, mostPatches)) {
    if (systemClock.now() >= until) break;
    const read = await linesOf(file, { call, until });
    if (read !== null) patches.push({ label: file.label, kind: file.kind, ...read });
  }
  return tellingDiff(changed, patches, { isListCut: listed.isCut });
}

type Reading = { call: ReturnType<typeof checkpointCall>; until: number };

/** Null if git fails over it: its name is shown all the same. */
async function linesOf(
  file: ChangedFile,
  { call, until }: Reading,
): Promise<Pick<FilePatch, 'lines' | 'isCut'> | null> {
  const patch = openPatch(call, file);
  // Git may think about one file for minutes.
  const cancel = systemClock.wakeAt(until, patch.close);
  const lines: string[] = [];
  let length = 0;
  try {
    for (;;) {
      const next = await patch.read();
      if (next === null) return { lines, isCut: systemClock.now() >= until };
      for (const line of next) {
        const text = `${signs[line.kind]}${line.text}`;
        lines.push(text);
        length += text.length + 1;
        if (length > longestDiff) return { lines, isCut: true };
      }
    }
  } catch {
    return null;
  } finally {
    cancel();
    patch.close();
  }
}

const signs: Readonly<Record<PatchLine['kind'], string>> = {
  hunk: '',
  added: '+',
  removed: '-',
  same: ' ',
  note: '',
};
