// Writes the entries that the log pane shows to a file that the user names. Never overwrites a file.

import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { entryAs } from '../../core/log/entry-text.ts';
import { exportForm, exportHeading } from '../../core/log/export-form.ts';
import type { LogFilter } from '../../core/log/filter.ts';
import { createLineTimes, readTimeNotes } from '../../core/log/times.ts';
import { isTaskName } from '../../core/task/task.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { copyDepsFor } from '../deps/copy-deps.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { isLandmark } from '../../engine/log/landmarks.ts';
import { entriesOfLog, type LogStreamDeps } from '../../engine/log/stream.ts';
import { indexLog } from '../../system/log/log-index.ts';
import { isMissing } from '../../system/files/plain-file.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { logPathForReading } from '../../system/state/task-snapshot.ts';

type LogExport = { task: string; path: string; filter: LogFilter };

/** Returns a sentence that says what was done. */
export async function exportLog(
  paths: ProjectPaths,
  { task, path, filter }: LogExport,
): Promise<string> {
  const form = exportForm(path);
  if (typeof form !== 'string') return form.problem;
  const deps = await logStreamDeps(paths, task);
  // No shell has expanded this path.
  const to = resolve(path.replace(/^~(?=\/)/u, homedir()));
  try {
    const file = await open(to, 'wx', 0o600);
    let count = 0;
    try {
      for await (const entry of entriesOfLog(deps, filter)) {
        if (count === 0 && form === 'markdown') {
          const heading = { task: cleanLine(task), filter, from: entry.startedAt };
          await file.write(exportHeading({ ...heading, to: lastTime(deps, filter) }));
        }
        await file.write(`${entryAs(form, entry)}\n`);
        count++;
      }
    } finally {
      await file.close();
    }
    return `${count} ${count === 1 ? 'entry' : 'entries'} written to ${path}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return `File already exists; choose another name: ${path}`;
    }
    if (isMissing(error)) return `No such directory: ${dirname(path)}`;
    throw error;
  } finally {
    await deps.index.close();
  }
}

/** The caller must close the index. */
export async function logStreamDeps(paths: ProjectPaths, task: string): Promise<LogStreamDeps> {
  const { project, home } = paths;
  const notes = isTaskName(task)
    ? readTimeNotes(await stateDirectoryAt(locateState(home, project, task)).readTimes())
    : [];
  return {
    index: indexLog(logPathForReading(project, task), { isLandmark }),
    project,
    times: createLineTimes(notes),
    copies: copyDepsFor(paths, task),
  };
}

/** When the last line of the log, or of the one session, was written; null if unknown. */
function lastTime({ times }: LogStreamDeps, { session }: LogFilter): number | null {
  const end = session?.to ?? Infinity;
  return times.notes().findLast(({ offset }) => offset < end)?.at ?? null;
}
