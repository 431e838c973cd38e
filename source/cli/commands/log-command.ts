// `--log NAME`: prints the entries that the log pane shows, in order, as text or as JSON Lines. Read-only; needs
// neither Codex nor a runner.

import { once } from 'node:events';
import type { Invocation } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { entryAs, type EntryForm } from '../../core/log/entry-text.ts';
import { linkedTask } from '../../core/task/task.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Entry } from '../../core/log/entry.ts';
import type { LogFilter } from '../../core/log/filter.ts';
import { followedEntries } from '../../engine/log/following-stream.ts';
import { entriesOfLog } from '../../engine/log/stream.ts';
import { exitCodes } from '../exit-codes.ts';
import { followingDeps } from '../deps/following-deps.ts';
import { logStreamDeps } from '../print/log-export.ts';
import { findProjectPaths, type ProjectPaths } from '../project-paths.ts';
import { configurationWarnings } from '../../system/configuration-file.ts';
import { isMissing } from '../../system/files/plain-file.ts';
import { openLog } from '../../system/log/open-log.ts';
import { taskNames } from '../../system/state/task-directory.ts';
import { logPathForReading, taskSnapshot } from '../../system/state/task-snapshot.ts';

export async function logCommand(invocation: Invocation): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  for (const warning of configurationWarnings(process.env)) warn(warning);
  const task = invocation.log ?? '';
  const label = cleanLine(task);
  // Any name that is not an entry of `.autonomous/` could be a path to somewhere else.
  if (!(await taskNames(paths.project)).includes(task)) {
    return complain(`Task not found: ${label} (--list shows all tasks)`, exitCodes.failed);
  }
  if (taskSnapshot(paths.project, task).isLink()) {
    return complain(`${label} is ${linkedTask}`, exitCodes.failed);
  }
  const reading = await readingOf(paths, task, invocation);
  if ('problem' in reading) return complain(reading.problem, exitCodes.failed);
  const form = formFor(invocation);
  let isClosed = false;
  let latest: number | null = null;
  process.stdout.on('error', () => (isClosed = true));
  try {
    for await (const entry of reading.entries) {
      // An entry without a time began no earlier than the one before it.
      latest = entry.startedAt ?? latest;
      const at = entry.endedAt ?? latest;
      if (invocation.since !== null && (at === null || at < invocation.since)) continue;
      const isTaken = process.stdout.write(`${entryAs(form, entry)}\n`);
      if (isClosed) break;
      if (!isTaken)
        await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]);
    }
  } catch (error) {
    // A reader that has closed the pipe (`… | head -1`) is not an error.
    if (!isClosed)
      return complain(`The log cannot be read: ${errorMessage(error)}`, exitCodes.failed);
  } finally {
    await reading.close();
  }
  return exitCodes.done;
}

/** In a terminal the times are those of the screen; in a pipe they sort, and mean the same everywhere. */
function formFor({ json }: Invocation): EntryForm {
  if (json) return 'json';
  return process.stdout.isTTY ? 'local text' : 'text';
}

type Reading = { entries: AsyncIterable<Entry>; close(): Promise<void> };

async function readingOf(
  paths: ProjectPaths,
  task: string,
  { follow, filter: kind }: Invocation,
): Promise<Reading | { problem: string }> {
  const filter: LogFilter = { kind, session: null };
  const following = follow ? followingDeps(paths, task) : null;
  // A run that has just begun has no log yet, and will have one.
  if (following === null || !(await following.isUnderway())) {
    const problem = await whyUnreadable(logPathForReading(paths.project, task), cleanLine(task));
    if (problem !== null) {
      await following?.close();
      return { problem };
    }
  }
  if (following !== null) {
    return { entries: followedEntries(following, filter), close: following.close };
  }
  const deps = await logStreamDeps(paths, task);
  return { entries: entriesOfLog(deps, filter), close: () => deps.index.close() };
}

async function whyUnreadable(path: string, label: string): Promise<string | null> {
  try {
    await (await openLog(path)).close();
    return null;
  } catch (error) {
    return isMissing(error) ? `${label} has no log yet` : errorMessage(error);
  }
}
