// `--continue-all`: recovers every interrupted task, each with its own runner in the background. A task that the user
// paused stays paused, even if its runner died before it could pause or before the session was over.

import type { Call } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import { readingDoors } from '../deps/reading-deps.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { Fleet, RunBounds } from '../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { fleetFor } from '../runner-client-for.ts';
import { findSetting, type Setting } from '../command-context.ts';
import { taskNames } from '../../system/state/task-directory.ts';

export async function continueAllCommand(call: Call): Promise<number> {
  const setting = await findSetting(call);
  if ('problem' in setting) return complain(setting.problem, setting.exitCode);
  const fleet = fleetFor(call, setting);
  const { continued, notes, problems } = await continueAll(call, setting, fleet);
  for (const sentence of problems) warn(sentence);
  process.stdout.write(
    continued.length === 0
      ? 'No interrupted tasks\n'
      : `Continuing in the background: ${continued.join(', ')}\n`,
  );
  for (const sentence of notes) process.stdout.write(`ℹ ${sentence}\n`);
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}

/** `notes`: what the user should know even so, one sentence each. */
export type Continued = {
  continued: readonly string[];
  notes: readonly string[];
  problems: readonly string[];
};

export async function continueAll(
  call: Call,
  { place }: Setting,
  fleet: Fleet,
): Promise<Continued> {
  const doors = readingDoors(place);
  const continued: string[] = [];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const name of (await taskNames(place.project)).sort()) {
    const view = await readTaskView(doors, name);
    if (!view.valid || view.state.word !== 'interrupted') continue;
    const record = doors.state(name).readRecord();
    if (record !== null && record.pause !== 'none' && record.toldToEnd === null) continue;
    const answer = await fleet.run({
      task: name,
      sandbox: call.network ? 'danger-full-access' : 'workspace-write',
      ...(record === null ? {} : { bounds: boundsLeft(record, call) }),
    });
    if (answer.ok) {
      continued.push(name);
      notes.push(...(answer.notes ?? []).map((sentence) => `${name}: ${sentence}`));
    } else problems.push(answer.sentence);
  }
  return { continued, notes, problems };
}

/** The interrupted run's remaining bounds. A session that was cut short does not count. */
function boundsLeft({ session, ...record }: RunRecord, call: Call): RunBounds {
  const finished = record.sessionsInRun - (session?.ended === null ? 1 : 0);
  const left = record.maxSessions === null ? null : Math.max(1, record.maxSessions - finished);
  return {
    autoContinue: record.autoContinue && call.autoContinue,
    maxSessions: call.maxSessions ?? left,
  };
}
