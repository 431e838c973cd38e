// A headless run in the foreground: this process is the runner.

import { sandboxOf, type Invocation } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import type { Ending } from '../../core/run/run.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { runnerDeps } from '../deps/runner-deps.ts';
import { readingDeps } from '../deps/reading-deps.ts';
import { busySentence } from '../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { systemClock } from '../../system/clock.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { startRun } from '../../engine/run/runner.ts';
import type { TaskChoice } from '../../engine/tasks/task-choice.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { jsonPrinter } from '../print/headless-json.ts';
import { textPrinter, type Printer } from '../print/headless.ts';
import { pauseOnSignals } from '../pause-on-signals.ts';
import { findCommandContext, type CommandContext } from '../command-context.ts';
import { choiceFor } from '../choice-for.ts';
import { stateWarning } from '../../system/state/make-state.ts';

export async function runCommand(invocation: Invocation): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const choice = await choiceFor(invocation, context.paths);
  if (choice.kind === 'problem') return complain(choice.sentence, choice.exitCode);
  const printer = (invocation.json ? jsonPrinter : textPrinter)(
    quietWrite(),
    context.paths.project,
  );
  const warning = stateWarning(context.paths.home, context.paths.project);
  if (warning !== null) warn(warning);
  return carryOut({ invocation, context, choice, printer });
}

/** Without a terminal, no user sees that the run waits. */
const unwatchedWaitMs = 6 * 3_600_000;

type HeadlessRun = {
  invocation: Invocation;
  context: CommandContext;
  choice: Exclude<TaskChoice, { kind: 'problem' }>;
  printer: Printer;
};

async function carryOut({ invocation, context, choice, printer }: HeadlessRun): Promise<number> {
  const { paths } = context;
  const { task } = choice;
  const description = choice.kind === 'start' ? choice.description : null;
  const reading = readingDeps(paths);
  const view = await readTaskView(reading, task);
  const known = description ?? (await taskDirectory(paths.project, task).readDescription());
  const generated = choice.kind === 'start' && choice.generated;
  printer.task({ name: task, description: known, generated, directory: `.autonomous/${task}` });
  if (choice.kind === 'continue' && choice.found === 'last worked' && !invocation.json) {
    process.stdout.write(`ℹ Continuing task: ${task}\n`);
  }
  // Whoever asks for a review of what is done gets one, unless it was accepted: the run knows.
  const asksForReview = invocation.sessionOptions.review === true;
  if (choice.kind === 'continue' && view.state.word === 'done' && !asksForReview) {
    return finish(printer, { kind: 'done', sentence: null, at: systemClock.now() }, exitCodes.done);
  }
  const request = await runnerClientFor(invocation, context, {
    waitsForUser: false,
    maxWaitMs: invocation.maxWaitMs ?? (process.stdout.isTTY ? null : unwatchedWaitMs),
  }).requestFor({
    task,
    sandbox: sandboxOf(invocation),
    resumeLast: invocation.resumeLast,
    ...(description === null ? {} : { description }),
  });
  if ('problem' in request) return complain(request.problem, exitCodes.failed);
  try {
    const run = await startRun(request, await runnerDeps(paths, task), printer.listener);
    if ('refused' in run) {
      const sentence = busySentence(task, run);
      return complain(`${sentence}. Open the dashboard to see it`, exitCodes.busy);
    }
    const firstSignal = pauseOnSignals(run);
    const ending = await run.ended;
    return finish(printer, ending, exitCodeOf(ending, firstSignal()));
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
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
