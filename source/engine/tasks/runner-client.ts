// The verbs on tasks, for the screen and the command line alike: start a run in a runner of its own, and send a
// control request to one that runs. What a run may do comes only from flags and the user's configuration.

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
  /** Codex, or a sentence that says why it was not found. */
  findCodex(): Promise<{ path: string } | { problem: string }>;
  launch(request: RunRequest): Promise<RunnerReply>;
};

/** What flags and configuration say about every run that this program starts. */
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
  /** How long it may go on, if not as the defaults say. */
  bounds?: RunBounds;
};

export type RunBounds = Pick<RunSettings, 'autoContinue' | 'maxSessions'>;

const maxSentenceLength = 1000;

/** `notes`: sentences for the user although it succeeded. */
export type FleetAnswer =
  | { ok: true; notes?: readonly string[] }
  | { ok: false; why: 'busy' | 'problem'; sentence: string };

export type Fleet = {
  /** The request that a run would get; a sentence if Codex was not found. */
  requestFor(wish: RunWish): Promise<RunRequest | { problem: string }>;
  /** Starts the run in a runner of its own and waits until it runs. */
  run(wish: RunWish): Promise<FleetAnswer>;
  /** Sends a control request to the runner of this run; it acts within a second. */
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
      if (run === null) return no(`${name} is not running`);
      const state = doors.state(name);
      try {
        const last = await state.readWish();
        const seq = last !== null && last.run === run ? last.seq + 1 : 0;
        await state.writeWish({ run, want, seq });
        return { ok: true };
      } catch (error) {
        return no(`The request could not be written: ${said(error)}`);
      }
    },
  };
}

export function busySentence(task: string, pid: number | null): string {
  const who = pid === null ? 'in another runner' : `pid ${pid}`;
  return `${task} is already running (${who})`;
}

/** The sentence may contain paths and a task name, which are untrusted. */
function no(sentence: string): Extract<FleetAnswer, { ok: false }> {
  return { ok: false, why: 'problem', sentence: keptLine(sentence, maxSentenceLength) };
}
