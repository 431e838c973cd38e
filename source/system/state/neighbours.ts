// Which other tasks' sessions worked in a project at the same time, by their records.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stateSnapshot } from './state-snapshot.ts';
import { worktreeFileName } from './files/worktree-file.ts';

/** `own`: the task's state directory, which lies beside those of the project's other tasks. */
export function othersWorkedSince(own: string, at: number): readonly string[] {
  const project = dirname(own);
  return namesIn(project).filter(
    (name) => name !== basename(own) && workedSince(join(project, name), at),
  );
}

/** A task's earlier sessions ended before its last one began: if that one does not count, none does. */
function workedSince(path: string, at: number): boolean {
  try {
    const session = stateSnapshot(path).readRecord()?.session ?? null;
    // A task with a worktree has files of its own.
    if (session === null || existsSync(join(path, worktreeFileName))) return false;
    return session.ended === null || session.ended.at >= at;
  } catch {
    return false;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
