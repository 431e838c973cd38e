// `--worker`: works on the tasks of a hub until it is told to end. The first SIGINT or SIGTERM takes no task any more and ends
// the sessions that run, so that other machines go on with their tasks at once.

import { join } from 'node:path';
import type { HubTask } from '../../../core/hub/task-record.ts';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import { isInterrupted } from '../../../core/run/bounds.ts';
import type { RunRecord } from '../../../core/run/record.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import { isTaskName } from '../../../core/task/task.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { startWorker } from '../../../engine/hub/worker.ts';
import type { GivenOptions } from '../../../core/task/options.ts';
import { isAlive } from '../../../system/process/identity.ts';
import { launchRunner } from '../../../system/process/runner-process.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { delay } from '../../../system/clock.ts';
import { findCommandContext, type CommandContext } from '../../command-context.ts';
import { complain } from '../../complain.ts';
import { enterHubAs } from '../../deps/hub/enter-hub.ts';
import type { SharedTask } from '../../deps/hub/hub-runner-deps.ts';
import { clonedFor } from '../../deps/hub/task-clones.ts';
import { exitCodes } from '../../exit-codes.ts';
import { sandboxOf, type Invocation } from '../../invocation.ts';
import { runnerClientFor } from '../../runner-client-for.ts';

const lookEveryMs = 500;

export async function workerCommand(
  invocation: Invocation,
  { hub }: { hub: string },
): Promise<number> {
  const home = stateHome(process.env);
  const runners = new Map<string, () => Promise<RunRecord | null>>();
  try {
    const place = await enterHubAs(hub);
    const { readConfiguration } = await import('../../../system/configuration.ts');
    const found = readConfiguration(process.env, home);
    if ('problem' in found) return complain(found.problem, exitCodes.wrongUsage);
    const places = found.configuration.settings.sessionsAtOnce;
    let problem: string | null = null;
    const sayProblem = (): void => {
      const now = place.problem();
      if (now !== problem && now !== null) say(`✗ ${now}`);
      if (now === null && problem !== null) say('✓ The hub answers again');
      problem = now;
    };
    const stopSaying = place.clock.every(lookEveryMs, sayProblem);
    const worker = startWorker({
      ...place,
      places,
      work: (key, task) =>
        work({ invocation, hub, home, runners }, key, task).catch((error: unknown) =>
          say(`✗ ${named(key)}: ${errorMessage(error)}`),
        ),
    });
    say(`✓ ${place.machine} works on the tasks of the hub, ${places} at once. End it: Ctrl-C`);
    await toldToEnd();
    worker.drain();
    say('ℹ Ending the sessions that run here; other machines go on with their tasks');
    while (worker.working().length > 0) {
      for (const read of runners.values()) await endRunner(read);
      await delay(lookEveryMs);
    }
    worker.close();
    stopSaying();
    await place.close();
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

async function endRunner(read: () => Promise<RunRecord | null>): Promise<void> {
  const record = await read();
  if (record === null || record.toldToEnd !== null || record.ending !== null) return;
  if (await isAlive(record.runner)) process.kill(record.runner.pid, 'SIGTERM');
}

type Working = {
  invocation: Invocation;
  hub: string;
  home: string;
  runners: Map<string, () => Promise<RunRecord | null>>;
};

/** Resolves when no runner has the task here. Throws a sentence. */
async function work(
  { invocation, hub, home, runners }: Working,
  key: string,
  { offer, run }: HubTask,
): Promise<void> {
  const { name = '' } = placeOf(taskOfHubKey(key) ?? '');
  if (offer === null || !isTaskName(name)) throw new Error('The hub names no valid task');
  const context = await contextFor(invocation, { home, key, offer });
  const state = stateDirectory(home, context.paths.project, name);
  const request = await runnerClientFor(invocation, context).requestFor({
    ...{ task: name, description: offer.description, sandbox: sandboxOf(invocation) },
    ...{ worktree: true, recovers: run !== null && run.ending === null },
    given: optionsOf(offer),
  });
  if ('problem' in request) throw new Error(request.problem);
  const shared: SharedTask = { hub, key, offer };
  const reply = await launchRunner({
    program: join(import.meta.dirname, 'runner.js'),
    directory: context.paths.project,
    stateDirectory: state.path,
    request: { home, request, shared },
  });
  if (reply.kind === 'problem') throw new Error(reply.sentence);
  if (reply.kind === 'busy') return;
  say(`✓ ${named(key)} is worked on here`);
  runners.set(key, () => state.readRecord());
  try {
    const ended = await endOf(() => state.readRecord());
    say(
      `ℹ ${named(key)} ${ended === null || isInterrupted(ended) ? 'is no longer worked on here' : `is ${ended.ending?.kind}`}`,
    );
  } finally {
    runners.delete(key);
  }
}

async function endOf(read: () => Promise<RunRecord | null>): Promise<RunRecord | null> {
  for (;;) {
    const record = await read();
    if (record === null || !(await isAlive(record.runner))) return record;
    await delay(lookEveryMs);
  }
}

function optionsOf({ model, review, checks }: TaskOffer): GivenOptions {
  return {
    ...(model === null ? {} : { model }),
    ...(review === null ? {} : { review }),
    ...(checks === null ? {} : { checks }),
  };
}

/** That of the clone, with the configuration of this machine. */
async function contextFor(
  invocation: Invocation,
  { home, key, offer }: { home: string; key: string; offer: TaskOffer },
): Promise<CommandContext> {
  const clone = await clonedFor(home, key, offer);
  const directory = join(clone.project, offer.directory);
  const context = await findCommandContext({ ...invocation, directory });
  if ('problem' in context) throw new Error(context.problem);
  return context;
}

function named(key: string): string {
  return safeLine(taskOfHubKey(key) ?? key, 300);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
