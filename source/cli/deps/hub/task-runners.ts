// The runners of a worker: one for each task that it has taken. A runner outlives the worker, like that of any task.

import { join } from 'node:path';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import type { HubTask } from '../../../core/hub/task-record.ts';
import type { Seen } from '../../../core/lease/seen.ts';
import { isInterrupted } from '../../../core/run/bounds.ts';
import type { RunRecord } from '../../../core/run/record.ts';
import type { GivenOptions } from '../../../core/task/options.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { delay } from '../../../system/clock.ts';
import { isAlive } from '../../../system/process/identity.ts';
import { launchRunner } from '../../../system/process/runner-process.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { sandboxOf, type Invocation } from '../../invocation.ts';
import { runnerClientFor } from '../../runner-client-for.ts';
import type { SharedTask } from './hub-runner-deps.ts';
import { contextFor } from './task-context.ts';

type RunnersDeps = {
  invocation: Invocation;
  /** As it was given with --hub. */
  hub: string;
  home: string;
  say(line: string): void;
};

type TaskRunners = {
  /** Resolves when no runner has the task here; what went wrong is said. */
  work(key: string, task: HubTask, seen: Seen): Promise<void>;
  /** Tells each runner once to end its session and to give its task back. */
  endAll(): Promise<void>;
};

const lookEveryMs = 500;

export function taskRunners(deps: RunnersDeps): TaskRunners {
  const { say } = deps;
  const records = new Map<string, () => Promise<RunRecord | null>>();
  const told = new Set<string>();
  /** What went wrong with a task last: it is tried again and again. */
  const problems = new Map<string, string>();

  /** Throws a sentence. */
  async function work(key: string, task: HubTask, seen: Seen): Promise<void> {
    const started = await startRunner(deps, key, { ...task, seen });
    problems.delete(key);
    if (started === 'busy') return;
    // There the user can do all that a task on one machine allows.
    say(`✓ ${named(key)} is worked on here, in ${safeLine(started.directory, 1000)}`);
    records.set(key, started.read);
    try {
      const ended = await endOf(started.read);
      const isOver = ended !== null && !isInterrupted(ended);
      say(`ℹ ${named(key)} is ${isOver ? ended.ending?.kind : 'no longer worked on here'}`);
    } finally {
      records.delete(key);
    }
  }

  return {
    work: (key, task, seen) =>
      work(key, task, seen).catch((error: unknown) => {
        const problem = errorMessage(error);
        if (problems.get(key) !== problem) say(`✗ ${named(key)}: ${problem}`);
        problems.set(key, problem);
      }),
    endAll: async () => {
      for (const read of records.values()) {
        const record = await read();
        if (record === null || record.ending !== null || told.has(record.run)) continue;
        if (!(await isAlive(record.runner))) continue;
        // A second signal would not wait for the end of the session.
        told.add(record.run);
        process.kill(record.runner.pid, 'SIGTERM');
      }
    },
  };
}

async function startRunner(
  { invocation, hub, home }: RunnersDeps,
  key: string,
  { offer, run, seen }: HubTask & { seen: Seen },
): Promise<{ read(): Promise<RunRecord | null>; directory: string } | 'busy'> {
  if (offer === null) throw new Error('The hub names no valid task');
  const { name, context } = await contextFor(invocation, { home, key, offer });
  const state = stateDirectory(home, context.paths.project, name);
  const request = await runnerClientFor(invocation, context).requestFor({
    ...{ task: name, description: offer.description, sandbox: sandboxOf(invocation) },
    ...{ worktree: offer.remote !== null, recovers: run !== null && run.ending === null },
    // Of a task that has not run there is none.
    resumeLast: invocation.resumeLast && run !== null && run.session !== null,
    given: optionsOf(offer),
  });
  if ('problem' in request) throw new Error(request.problem);
  const { accountAtOnce } = context.configuration;
  const shared: SharedTask = { hub, key, offer, seen, accountAtOnce };
  const reply = await launchRunner({
    program: join(import.meta.dirname, 'runner.js'),
    directory: context.paths.project,
    stateDirectory: state.path,
    request: { home, request, shared },
  });
  if (reply.kind === 'problem') throw new Error(reply.sentence);
  if (reply.kind === 'busy') return 'busy';
  return { read: () => state.readRecord(), directory: context.paths.project };
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

function named(key: string): string {
  return safeLine(taskOfHubKey(key) ?? key, 300);
}
