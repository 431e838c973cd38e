// The verbs of a dashboard over the hub. A control request is asked of the task's owner, which answers with its name; that a
// task goes on after its end, and that there is a new one, is written to the hub, and a worker takes it.

import type { LeaseRecord } from '../../../core/lease/lease-record.ts';
import { readHubTask } from '../../../core/hub/task-record.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { Clock } from '../../../system/clock.ts';
import type { RunnerAnswer, RunnerClient, StartRun } from '../../tasks/runner-client.ts';
import type { HubLink } from '../hub-link.ts';
import { askOwner, waited } from '../requests.ts';
import { continueTask } from './continue-task.ts';
import { connectedTo, keyAtHub, nameAtHub } from './task-at-hub.ts';
import { taskToGive, type GivenTask } from './task-to-give.ts';

type HubClientDeps = {
  link: HubLink;
  clock: Clock;
  /** Random and never used before. */
  newId(): string;
  /** Gives a new task of this project to the hub, and says so in a sentence. Throws one. */
  give(task: GivenTask): Promise<string>;
  /** For how long an answer is awaited. */
  patienceMs?: number;
};

const tenSeconds = 10_000;
const lookEveryMs = 250;

export function hubClient(deps: HubClientDeps): RunnerClient {
  const { link, clock, newId, patienceMs = tenSeconds } = deps;

  /** Whose the task is; null if the hub does not say. */
  async function leaseOf(key: string): Promise<LeaseRecord | null> {
    const text =
      (
        await link
          .current()
          ?.read('tasks', key)
          .catch(() => null)
      )?.text ?? null;
    const found = text === null ? null : readHubTask(text, key);
    return found?.kind === 'read' ? found.task.lease : null;
  }

  async function goOn(task: TaskKey): Promise<RunnerAnswer> {
    const key = keyAtHub(task);
    const before = await leaseOf(key);
    await continueTask({ connection: connectedTo(link), key, newId });
    const until = clock.monotonic() + patienceMs;
    for (;;) {
      const lease = await leaseOf(key);
      // The owner before may be one that is gone.
      const isNew = lease !== null && lease.nonce !== before?.nonce;
      if (isNew && lease.owner !== null) return yes(`taken by ${lease.owner}`);
      if (clock.monotonic() >= until) {
        return yes(`${nameAtHub(task)} goes on when a worker has a place for it`);
      }
      await waited(clock, lookEveryMs);
    }
  }

  async function start(request: StartRun): Promise<RunnerAnswer> {
    const { task, description, sandbox, resumeLast = false } = request;
    if (sandbox !== 'workspace-write') {
      return no('Full access cannot be given over a hub: each machine has its own --network');
    }
    if (description !== undefined) {
      const asked = taskToGive(request, description);
      if ('problem' in asked) return no(asked.problem);
      return yes(await deps.give(asked));
    }
    if (resumeLast) {
      return no(
        'Its worker says whether it goes on in the last conversation (--worker --resume-last): c continues it',
      );
    }
    return goOn(task);
  }

  return {
    requestFor: () => Promise.resolve({ problem: 'Runs of a hub are started by its workers' }),
    start: (request) => start(request).catch(problemOf),
    send: async ({ name: task, run }, want) => {
      if (run === null) {
        return no(`No machine works on ${nameAtHub(task)}: there is nothing to ask of it`);
      }
      try {
        const key = keyAtHub(task);
        const request = { run, want, id: newId() };
        const machine = await askOwner({ link, clock, key, patienceMs }, request);
        if (machine !== null) return yes(`taken by ${machine}`);
        const owner = (await leaseOf(key))?.owner ?? 'Its machine';
        const seconds = Math.round(patienceMs / 1000);
        return no(`${owner} has not answered for ${seconds} s; the request stays at the hub`);
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

function yes(sentence: string): RunnerAnswer {
  return { ok: true, sentence: safeLine(sentence, 1000) };
}

function no(sentence: string): RunnerAnswer {
  return { ok: false, why: 'problem', sentence: safeLine(sentence, 1000) };
}

function problemOf(error: unknown): RunnerAnswer {
  return no(errorMessage(error));
}
