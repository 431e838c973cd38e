// `--continue-all`: takes up every task that was interrupted, each with a runner of its own in the background.
// What a person paused stays paused, also where its runner died before it could.

import type { Call } from './arguments.ts';
import { complain, warn } from './complain.ts';
import { readingDoors } from './reading-doors.ts';
import type { Fleet } from './engine/fleet.ts';
import { readTaskView } from './engine/task-reading.ts';
import { exitCodes } from './exit-codes.ts';
import { fleetFor } from './fleet-for.ts';
import { findSetting, type Setting } from './setting.ts';
import { taskNames } from './system/task-directory.ts';

export async function continueAllCommand(call: Call): Promise<number> {
  const setting = await findSetting(call);
  if ('problem' in setting) return complain(setting.problem, setting.exitCode);
  const { continued, problems } = await continueAll(call, setting, fleetFor(call, setting));
  for (const sentence of problems) warn(sentence);
  process.stdout.write(
    continued.length === 0
      ? 'Nothing was interrupted\n'
      : `Continuing in the background: ${continued.join(', ')}\n`,
  );
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}

export type Continued = { continued: readonly string[]; problems: readonly string[] };

export async function continueAll(
  call: Call,
  { place }: Setting,
  fleet: Fleet,
): Promise<Continued> {
  const doors = readingDoors(place);
  const continued: string[] = [];
  const problems: string[] = [];
  for (const name of (await taskNames(place.project)).sort()) {
    const view = await readTaskView(doors, name);
    if (!view.valid || view.state.word !== 'interrupted') continue;
    const record = await doors.state(name).readRecord();
    if (record?.pause === 'now') continue;
    const answer = await fleet.run({
      task: name,
      sandbox: call.network ? 'danger-full-access' : 'workspace-write',
    });
    if (answer.ok) continued.push(name);
    else problems.push(answer.sentence);
  }
  return { continued, problems };
}
