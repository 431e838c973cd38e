// A headless run in the foreground: this process is the runner.

import type { Call } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import type { Ending } from '../../core/run/run.ts';
import { said } from '../../core/text/error-message.ts';
import { runnerDoors } from '../deps/runner-deps.ts';
import { readingDoors } from '../deps/reading-deps.ts';
import { busySentence } from '../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { startRun } from '../../engine/run/runner.ts';
import type { TaskChoice } from '../../engine/tasks/task-choice.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { fleetFor } from '../runner-client-for.ts';
import { jsonPrinter, textPrinter, type Printer } from '../print/headless.ts';
import { pauseOnSignals } from '../pause-on-signals.ts';
import { findSetting, type Setting } from '../command-context.ts';
import { choiceFor } from '../choice-for.ts';
import { stateWarning } from '../../system/state/state-directory.ts';

export async function runCommand(call: Call): Promise<number> {
  const setting = await findSetting(call);
  if ('problem' in setting) return complain(setting.problem, setting.exitCode);
  const choice = await choiceFor(call, setting.place);
  if (choice.kind === 'problem') return complain(choice.sentence, choice.exitCode);
  const printer = (call.json ? jsonPrinter : textPrinter)(quietWrite());
  const warning = stateWarning(setting.place.home, setting.place.project);
  if (warning !== null) warn(warning);
  return carryOut({ call, setting, choice, printer });
}

/** Without a terminal, no user sees that the run waits. */
const unwatchedWaitMs = 6 * 3_600_000;

type Carrying = {
  call: Call;
  setting: Setting;
  choice: Exclude<TaskChoice, { kind: 'problem' }>;
  printer: Printer;
};

async function carryOut({ call, setting, choice, printer }: Carrying): Promise<number> {
  const { place } = setting;
  const { task } = choice;
  const description = choice.kind === 'start' ? choice.description : null;
  const reading = readingDoors(place);
  const view = await readTaskView(reading, task);
  const known = description ?? (await taskDirectory(place.project, task).readDescription());
  const generated = choice.kind === 'start' && choice.generated;
  printer.task({ name: task, description: known, generated, directory: `.autonomous/${task}` });
  if (choice.kind === 'continue' && choice.found === 'last worked' && !call.json) {
    process.stdout.write(`ℹ Continuing task: ${task}\n`);
  }
  if (choice.kind === 'continue' && view.state.word === 'done') {
    return finish(printer, { kind: 'done', sentence: null, at: Date.now() }, exitCodes.done);
  }
  const request = await fleetFor(call, setting, {
    waitsForPerson: false,
    maxWaitMs: call.maxWaitMs ?? (process.stdout.isTTY ? null : unwatchedWaitMs),
  }).requestFor({
    task,
    sandbox: call.network ? 'danger-full-access' : 'workspace-write',
    resumeLast: call.resumeLast,
    ...(description === null ? {} : { description }),
  });
  if ('problem' in request) return complain(request.problem, exitCodes.failed);
  try {
    const run = await startRun(request, await runnerDoors(place, task), printer.listener);
    if ('refused' in run) {
      const sentence = busySentence(task, run.pid);
      return complain(`${sentence}. Open the dashboard to see it`, exitCodes.busy);
    }
    const firstSignal = pauseOnSignals(run);
    const ending = await run.ended;
    return finish(printer, ending, exitCodeOf(ending, firstSignal()));
  } catch (error) {
    return complain(said(error), exitCodes.failed);
  }
}

function finish(printer: Printer, ending: Ending, exitCode: number): number {
  printer.ending(ending, exitCode);
  if (ending.kind === 'failed' && ending.sentence !== null) warn(ending.sentence);
  return exitCode;
}

/** Writes to stdout until it is closed; a closed stdout does not end the run. */
function quietWrite(): (text: string) => void {
  let isOpen = true;
  process.stdout.on('error', () => {
    isOpen = false;
  });
  return (text) => {
    if (isOpen) process.stdout.write(text);
  };
}
