// `--log NAME`: the entries of a task's log, without a screen: those that the log pane shows, in order, as text or as
// JSON lines. Looks and touches nothing; needs neither Codex nor a runner.

import { once } from 'node:events';
import type { Call } from './call.ts';
import { complain, warn } from './complain.ts';
import { cleanLine } from './core/clean.ts';
import { entryAs } from './core/entry-text.ts';
import { said } from './core/said.ts';
import { entriesOfLog } from './engine/log-stream.ts';
import { exitCodes } from './exit-codes.ts';
import { logStreamDoors } from './log-export.ts';
import { findPlace } from './place.ts';
import { configurationWarnings } from './system/configuration-file.ts';
import { isMissing, openForReading } from './system/safe-file.ts';
import { taskDirectory, taskNames } from './system/task-directory.ts';

export async function logCommand(call: Call): Promise<number> {
  const place = findPlace(call);
  if ('problem' in place) return complain(place.problem, place.exitCode);
  for (const warning of configurationWarnings(process.env)) warn(warning);
  const task = call.log ?? '';
  const label = cleanLine(task);
  // A name that is no entry of `.autonomous/` would be a path to somewhere else.
  if (!(await taskNames(place.project)).includes(task)) {
    return complain(
      `There is no task ${label}: autonomous-tui --list shows them`,
      exitCodes.failed,
    );
  }
  const problem = await whyUnreadable(taskDirectory(place.project, task).logPath, label);
  if (problem !== null) return complain(problem, exitCodes.failed);

  const doors = await logStreamDoors(place, task);
  const form = call.json ? 'json' : 'text';
  let isClosed = false;
  let latest: number | null = null;
  process.stdout.on('error', () => (isClosed = true));
  try {
    for await (const entry of entriesOfLog(doors, { kind: call.filter, session: null })) {
      // What has no time of its own began no sooner than what stands before it.
      latest = entry.startedAt ?? latest;
      const at = entry.endedAt ?? latest;
      if (call.since !== null && (at === null || at < call.since)) continue;
      const isTaken = process.stdout.write(`${entryAs(form, entry)}\n`);
      if (isClosed) break;
      if (!isTaken)
        await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]);
    }
  } catch (error) {
    // A reader that has gone (`… | head -1`) is no failure of ours.
    if (!isClosed) return complain(`The log can't be read: ${said(error)}`, exitCodes.failed);
  } finally {
    await doors.index.close();
  }
  return exitCodes.done;
}

async function whyUnreadable(path: string, label: string): Promise<string | null> {
  try {
    await (await openForReading(path)).close();
    return null;
  } catch (error) {
    return isMissing(error) ? `${label} has no log yet` : said(error);
  }
}
