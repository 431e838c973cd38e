// The verbs on tasks, for the screen and the command line alike: start a run in a runner of its own, and send a
// control request to one that runs. What a run may do comes only from flags and the user's configuration.

import type { Check } from '../../core/check/check.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import { partsInForce } from '../../core/stage/stage.ts';
import type { Want } from '../../core/run/fact.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import {
  checksOf,
  noTaskOptions,
  nothingConfigured,
  profileOf,
  withConfigured,
  withGiven,
  type ConfiguredOptions,
  type GivenOptions,
} from '../../core/task/options.ts';
import { isSameDirectory, type DirectoryIdentity } from '../../core/run/record.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunRequest } from '../run/runner-deps.ts';
import type { CodexSurroundings } from '../../system/codex-surroundings.ts';
import { whyNotAfter } from './after-chain.ts';
import type { WorktreeSetting } from '../../system/configuration.ts';
import type { ForeignOwner } from '../../system/files/own-directory.ts';
import type { Coordination } from '../coordination/coordination.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { RunnerReply } from '../../system/process/runner-process.ts';

type RunnerClientDeps = {
  project: string;
  state(task: string): StateDirectory;
  coordination(task: string): Pick<Coordination, 'request'>;
  /** Identity of the task's directory; null if there is none yet. */
  directory(task: string): DirectoryIdentity | null;
  /**
   * Codex and what surrounds it, or a sentence that says why it was not found or must not run. `named`: the path that
   * the user chose.
   */
  findCodex(
    named: string | null,
  ): Promise<{ path: string; surroundings?: CodexSurroundings } | { problem: string }>;
  /** Why a profile of Codex's configuration cannot be used; null if it can. */
  whyNoProfile(profile: string): Promise<string | null>;
  /** Elsewhere `worktree: "always"` has no effect. */
  canHaveWorktree(): Promise<boolean>;
  launch(request: RunRequest): Promise<RunnerReply>;
  newUuid(): string;
};

/** What flags and configuration say about every run that this program starts. */
type RunnerClientDefaults = {
  settings: RunSettings;
  /** Given with the call; a recovered run keeps its own. */
  given: GivenOptions;
  /** For tasks that have none of their own. */
  configured?: ConfiguredOptions;
  /** For tasks without checks of their own. */
  checks?: readonly Check[];
  /** Whether the user looks at the plan first: as given with the call, and as the setting says for new tasks. */
  planOnly?: { given: boolean; setting: boolean };
  /** For new tasks. Default: none. */
  worktree?: WorktreeSetting;
  foreignOwner?: ForeignOwner;
};

export type StartRun = {
  task: string;
  description?: string;
  sandbox: Sandbox;
  resumeLast?: boolean;
  recovers?: boolean;
  /** The user starts it by a key, and can be asked. */
  isByKey?: boolean;
  /** Of a new task, as the form says it. Default: what is given with the call, else the setting. */
  worktree?: boolean;
  planOnly?: boolean;
  after?: string | null;
  /** Of a new task, as the form says it: before what is given with the call. */
  given?: GivenOptions;
};

const maxSentenceLength = 1000;

/**
 * `notes`: sentences for the user although it succeeded. `run`: the run that was started. `sentence`: who acts on it, where that
 * is another machine. `asks`: the task's settings ask for full access, and nothing was started: it is asked for with that.
 */
export type RunnerAnswer =
  | { ok: true; run?: string; notes?: readonly string[]; sentence?: string }
  | { ok: false; why: 'busy' | 'problem' | 'asks'; sentence: string };

export type RunnerClient = {
  /** The request that a run would get; a sentence if Codex was not found. */
  requestFor(request: StartRun): Promise<RunRequest | { problem: string }>;
  /** Starts the run in a runner of its own and waits until it runs. */
  start(request: StartRun): Promise<RunnerAnswer>;
  /** Sends a control request to the runner of this run; it acts within a second. */
  send(task: { name: string; run: string | null }, want: Want): Promise<RunnerAnswer>;
};

export function createRunnerClient(
  deps: RunnerClientDeps,
  defaults: RunnerClientDefaults,
): RunnerClient {
  /** Chosen when the task starts, and only then. */
  const startsWithWorktree = async ({ description, worktree }: StartRun): Promise<boolean> => {
    if (description === undefined) return false;
    if (worktree !== undefined) return worktree;
    if (defaults.given.worktree !== undefined) return defaults.given.worktree;
    return defaults.worktree === 'always' && (await deps.canHaveWorktree());
  };
  const hasRun = async (name: string): Promise<boolean> => {
    const [directory, record] = [deps.directory(name), await deps.state(name).readRecord()];
    return directory !== null && record !== null && isSameDirectory(record.directory, directory);
  };
  const requestFor: RunnerClient['requestFor'] = async (request) => {
    const remembered = await deps
      .state(request.task)
      .readOptions(deps.directory(request.task))
      .catch(() => noTaskOptions);
    const ofForm = request.after == null ? {} : { after: request.after };
    const given =
      request.recovers === true ? {} : { ...defaults.given, ...ofForm, ...request.given };
    const worktree = remembered.worktree || (await startsWithWorktree(request));
    const options = { ...withGiven(remembered, given), worktree };
    const { configured = nothingConfigured } = defaults;
    const profile = profileOf(withConfigured(options, configured));
    const problem = profile === null ? null : await deps.whyNoProfile(profile);
    if (problem !== null) return { problem };
    const codex = await deps.findCodex(options.codex);
    if ('problem' in codex) return codex;
    const { path, surroundings } = codex;
    // One that was deleted since is asked about when it is its turn.
    const notAfter = await whyNotAfter(request.task, given.after ?? null, deps);
    if (notAfter !== null) return { problem: notAfter };
    const checks = checksOf(options, defaults.checks ?? []);
    const { maxTokens, maxTimeMs, hours, after } = options;
    const limits = { ...defaults.settings.limits, maxTokens, maxTimeMs, hours, after };
    const remembersPlan = options.planFirst !== null && !(await hasRun(request.task));
    const planFirst = remembersPlan ? options.planFirst : null;
    const planOnly = plansOnly(request, planFirst, defaults.planOnly);
    const isAnswered = request.isByKey === true && request.sandbox === 'danger-full-access';
    return {
      project: deps.project,
      task: request.task,
      description: request.description ?? null,
      codex: path,
      // As found: a path that was written relative to a directory means the same anywhere.
      options: {
        ...options,
        codex: options.codex === null ? null : path,
        fullAccessOnce: options.fullAccessOnce && !isAnswered,
      },
      configured: {
        ...configured,
        checks: defaults.checks ?? [],
        review: defaults.settings.review,
      },
      surroundings,
      foreignOwner: defaults.foreignOwner,
      sandbox: request.sandbox,
      checks,
      settings: {
        ...defaults.settings,
        maxSessions: defaults.settings.maxSessions ?? options.maxSessions,
        limits: { ...limits, planOnly },
        review: options.review ?? defaults.settings.review,
        stage: partsInForce({ ...defaults.settings, checks, worktree }),
      },
      resumeLast: request.resumeLast ?? false,
      recovers: request.recovers ?? false,
    };
  };
  return {
    requestFor,
    start: async (startRun) => {
      const request = await requestFor(startRun);
      if ('problem' in request) return no(request.problem);
      const { sandbox, options } = request;
      if (startRun.isByKey === true && options.fullAccessOnce && sandbox === 'workspace-write') {
        return { ...no(`${startRun.task} asks for full access before it starts`), why: 'asks' };
      }
      const reply = await deps.launch(request);
      switch (reply.kind) {
        case 'started':
          return { ok: true, run: reply.run, notes: reply.notes ?? [] };
        case 'busy':
          return { ...no(busySentence(startRun.task, reply)), why: 'busy' };
        case 'problem':
          return no(reply.sentence);
        default:
          return reply satisfies never;
      }
    },
    send: async ({ name, run }, want) => {
      if (run === null) return no(`${name} is not running`);
      try {
        await deps.coordination(name).request({ run, want, id: deps.newUuid() });
        return { ok: true };
      } catch (error) {
        return no(`The request could not be written: ${errorMessage(error)}`);
      }
    },
  };
}

/** A recovered run has its own. `planFirst`: what the task's settings say; null if nothing, or if it has run. */
function plansOnly(
  { description, planOnly, recovers = false }: StartRun,
  planFirst: boolean | null,
  { given, setting }: { given: boolean; setting: boolean } = { given: false, setting: false },
): boolean {
  if (recovers) return false;
  return planOnly ?? (given || (planFirst ?? (setting && description !== undefined)));
}

export function busySentence(
  task: string,
  { pid, isTakenOver = false }: { pid: number | null; isTakenOver?: boolean },
): string {
  if (isTakenOver) return `You have taken over ${task} in another terminal (pid ${pid})`;
  const who = pid === null ? 'in another runner' : `pid ${pid}`;
  return `${task} is already running (${who})`;
}

/** The sentence may contain paths and a task name, which are untrusted. */
function no(sentence: string): Extract<RunnerAnswer, { ok: false }> {
  return { ok: false, why: 'problem', sentence: safeLine(sentence, maxSentenceLength) };
}
