// The verbs on tasks, for the screen and for the command line alike: hand a run to a runner, and leave a wish
// for one that runs. What a run may do comes from flags and the person's configuration only.

import { keptLine } from '../../core/text/safe-text.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { Want } from '../../core/run/run.ts';
import { said } from '../../core/text/error-message.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunRequest } from '../run/runner-deps.ts';
import type { ForeignOwner } from '../../system/files/own-directory.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { RunnerReply } from '../../system/process/runner-process.ts';

export type FleetDoors = {
  project: string;
  state(task: string): StateDirectory;
  /** Codex, or the sentence that says why there is none. */
  findCodex(): Promise<{ path: string } | { problem: string }>;
  launch(request: RunRequest): Promise<RunnerReply>;
};

/** What flags and configuration say about every run of this program. */
export type FleetDefaults = {
  settings: RunSettings;
  extra: readonly string[];
  foreignOwner?: ForeignOwner;
};

export type RunWish = {
  task: string;
  description?: string;
  sandbox: Sandbox;
  resumeLast?: boolean;
  takeUp?: boolean;
  /** How long it may go on, where that is not what the defaults say. */
  bounds?: RunBounds;
};

export type RunBounds = Pick<RunSettings, 'autoContinue' | 'maxSessions'>;

const maxSentenceLength = 1000;

/** `notes`: what the person should hear of all the same, a sentence each. */
export type FleetAnswer =
  | { ok: true; notes?: readonly string[] }
  | { ok: false; why: 'busy' | 'problem'; sentence: string };

export type Fleet = {
  /** The request that a run would get; the sentence where there is no Codex. */
  requestFor(wish: RunWish): Promise<RunRequest | { problem: string }>;
  /** Hands the run to a runner of its own and waits until it runs. */
  run(wish: RunWish): Promise<FleetAnswer>;
  /** Leaves a wish for the runner of this run; it acts within a second. */
  want(task: { name: string; run: string | null }, want: Want): Promise<FleetAnswer>;
};

export function createFleet(doors: FleetDoors, defaults: FleetDefaults): Fleet {
  const requestFor: Fleet['requestFor'] = async (wish) => {
    const codex = await doors.findCodex();
    if ('problem' in codex) return codex;
    return {
      project: doors.project,
      task: wish.task,
      description: wish.description ?? null,
      codex: codex.path,
      extra: defaults.extra,
      foreignOwner: defaults.foreignOwner,
      sandbox: wish.sandbox,
      settings: { ...defaults.settings, ...wish.bounds },
      resumeLast: wish.resumeLast ?? false,
      takeUp: wish.takeUp ?? false,
    };
  };
  return {
    requestFor,
    run: async (wish) => {
      const request = await requestFor(wish);
      if ('problem' in request) return no(request.problem);
      const reply = await doors.launch(request);
      switch (reply.kind) {
        case 'started':
          return { ok: true, notes: reply.notes ?? [] };
        case 'busy':
          return { ...no(busySentence(wish.task, reply.pid)), why: 'busy' };
        case 'problem':
          return no(reply.sentence);
        default:
          return reply satisfies never;
      }
    },
    want: async ({ name, run }, want) => {
      if (run === null) return no(`Nothing runs for ${name}`);
      const state = doors.state(name);
      try {
        const last = await state.readWish();
        const seq = last !== null && last.run === run ? last.seq + 1 : 0;
        await state.writeWish({ run, want, seq });
        return { ok: true };
      } catch (error) {
        return no(`The wish could not be written: ${said(error)}`);
      }
    },
  };
}

export function busySentence(task: string, pid: number | null): string {
  const who = pid === null ? 'another runner' : `the runner with pid ${pid}`;
  return `${task} is being worked on already, by ${who}`;
}

/** The sentence may name paths, and the task of somebody else's making. */
function no(sentence: string): Extract<FleetAnswer, { ok: false }> {
  return { ok: false, why: 'problem', sentence: keptLine(sentence, maxSentenceLength) };
}
