// The dashboard of a project: first hands a requested run to a background runner, then shows all tasks until the user
// quits, and says which tasks still run.

import type { Call } from '../invocation.ts';
import { choiceFor } from '../choice-for.ts';
import { complain, warn } from '../complain.ts';
import { continueAll } from './continue-all-command.ts';
import { said } from '../../core/text/error-message.ts';
import { readingDoors } from '../deps/reading-deps.ts';
import type { Fleet } from '../../engine/tasks/runner-client.ts';
import type { Store } from '../../engine/tasks/store.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { fleetFor } from '../runner-client-for.ts';
import { findSetting, type Setting } from '../command-context.ts';
import { logoutWarning } from '../../system/process/logout.ts';
import { keepHeapSmall } from '../../system/process/small-heap.ts';
import { stateWarning } from '../../system/state/state-directory.ts';
import { viewTasks, watchTasks } from './view-tasks.ts';
import { isUnderWay } from '../../ui/look/state-words.ts';

export async function dashboardCommand(call: Call): Promise<number> {
  keepHeapSmall();
  const setting = await findSetting(call);
  if ('problem' in setting) return complain(setting.problem, setting.exitCode);
  const fleet = fleetFor(call, setting);
  if (call.continueAll) {
    const { notes, problems } = await continueAll(call, setting, fleet);
    for (const sentence of [...notes, ...problems]) warn(sentence);
  }
  const begun = await beginIfAsked(call, setting, fleet);
  if ('exitCode' in begun) return begun.exitCode;
  return show({ call, setting, fleet, selected: begun.selected });
}

/** Starts or continues the task that the invocation names; an exit code if there is nothing to show after that. */
async function beginIfAsked(
  call: Call,
  setting: Setting,
  fleet: Fleet,
): Promise<{ selected: string | null } | { exitCode: number }> {
  if (call.description === null && call.taskName === null && !call.continues) {
    return { selected: null };
  }
  const choice = await choiceFor(call, setting.place);
  if (choice.kind === 'problem') {
    return { exitCode: complain(choice.sentence, choice.exitCode) };
  }
  const { task } = choice;
  if (choice.kind === 'continue') {
    const view = await readTaskView(readingDoors(setting.place), task);
    if (view.state.word === 'done') {
      process.stdout.write(`✓ ${task} is done: all ${view.total} steps are ticked\n`);
      return { exitCode: exitCodes.done };
    }
  }
  const answer = await fleet.run({
    task,
    sandbox: call.network ? 'danger-full-access' : 'workspace-write',
    resumeLast: call.resumeLast,
    ...(choice.kind === 'start' ? { description: choice.description } : {}),
  });
  if (answer.ok) return { selected: task };
  if (answer.why === 'problem') return { exitCode: complain(answer.sentence, exitCodes.failed) };
  const sentence = `${answer.sentence}. Open the dashboard to see it`;
  return { exitCode: complain(sentence, exitCodes.busy) };
}

type Showing = { call: Call; setting: Setting; fleet: Fleet; selected: string | null };

async function show({ call, setting, fleet, selected }: Showing): Promise<number> {
  const { place } = setting;
  for (const warning of [stateWarning(place.home, place.project), logoutWarning()]) {
    if (warning !== null) warn(warning);
  }
  const watching = watchTasks(setting);
  try {
    const sandbox = call.network ? 'danger-full-access' : 'workspace-write';
    await viewTasks({ setting, watching, fleet, selected, sandbox });
  } catch (error) {
    return complain(
      `The dashboard failed (${said(error)}). Tasks keep running. Reopen with: autonomous-tui`,
      exitCodes.failed,
    );
  } finally {
    await watching.observer.close();
  }
  sayWhatGoesOn(watching.store);
  return exitCodes.done;
}

/** Printed after the screen is gone: quitting has stopped nothing. */
function sayWhatGoesOn(store: Store): void {
  const running = store.board().tasks.filter(({ state }) => isUnderWay(state.word));
  if (running.length === 0) return;
  const names = running.map(({ label }) => label).join(', ');
  const count = running.length === 1 ? '1 task is' : `${running.length} tasks are`;
  process.stdout.write(`${count} still running: ${names}. Reopen with: autonomous-tui\n`);
}
