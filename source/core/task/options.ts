// What every session of a task is started with, unless a call says otherwise. It comes from options alone.

import type { Check } from '../check/check.ts';
import { duration, tokens } from '../text/numbers.ts';
import { hoursText } from '../limits/hours.ts';
import { noTaskLimits, type TaskLimits } from '../limits/limits.ts';

export type TaskOptions = TaskLimits & {
  model: string | null;
  /** A profile of Codex's configuration. */
  profile: string | null;
  /** Absolute path of Codex, if `--codex` named one. */
  codex: string | null;
  /** Those after `--`, for `codex exec`. */
  arguments: readonly string[];
  /** Commands of the task's own checks; null if none was ever given, and then the configuration's count. */
  checks: readonly string[] | null;
  /** Whether all checks of the task may use the network, those of the configuration included. */
  checkNetwork: boolean;
  /** Whether a Reviewer must accept the work; null: as the configuration says. */
  review: boolean | null;
  /** Whether it works on a branch in a worktree of its own. Chosen when the task starts. */
  worktree: boolean;
  /** Whether its first run stops for a look at the plan; null: as that run is started. Later it means nothing. */
  planFirst: boolean | null;
  /** The most sessions in each of its runs, unless a call says otherwise. */
  maxSessions: number | null;
  /** No other machine ever works on it. */
  pinned: boolean;
  /** The next run that the user starts by a key asks for full access, and the one after does not. */
  fullAccessOnce: boolean;
};

export const noTaskOptions: TaskOptions = {
  model: null,
  profile: null,
  codex: null,
  arguments: [],
  checks: null,
  checkNetwork: false,
  review: null,
  worktree: false,
  planFirst: null,
  maxSessions: null,
  pinned: false,
  fullAccessOnce: false,
  ...noTaskLimits,
};

/**
 * What a call gives: an option that is absent stays as remembered; null and an empty list clear it. A task with an
 * empty list of checks has none, whatever the configuration says.
 */
export type GivenOptions = Partial<TaskOptions>;

export function withGiven(remembered: TaskOptions, given: GivenOptions): TaskOptions {
  return { ...remembered, ...given };
}

/** The checks of a task: its own, else those of the configuration. */
export function checksOf(
  { checks, checkNetwork }: Pick<TaskOptions, 'checks' | 'checkNetwork'>,
  configured: readonly Check[],
): readonly Check[] {
  const all = checks === null ? configured : checks.map((command) => ({ command, network: false }));
  return checkNetwork ? all.map(({ command }) => ({ command, network: true })) : all;
}

/** What the configuration says about the sessions of every task. */
export type ConfiguredOptions = Pick<TaskOptions, 'model' | 'profile'>;

export const nothingConfigured: ConfiguredOptions = { model: null, profile: null };

/** The task's own options, and where it has none, those of the configuration, which are not remembered for it. */
export function withConfigured(options: TaskOptions, configured: ConfiguredOptions): TaskOptions {
  return {
    ...options,
    model: options.model ?? configured.model,
    profile: options.profile ?? configured.profile,
  };
}

/** The arguments for `codex exec`. What follows `--` wins over an option of ours. */
export function argumentsOf({ model, profile, arguments: extra }: TaskOptions): readonly string[] {
  const names = (pattern: RegExp): boolean => extra.some((argument) => pattern.test(argument));
  return [
    ...(model === null || names(/^(?:-m|--model)/u) ? [] : ['-m', model]),
    ...(profile === null || names(/^(?:-p|--profile)/u) ? [] : ['-p', profile]),
    ...extra,
  ];
}

/** Those that only the configuration asks for. */
export function configuredArguments(
  options: TaskOptions,
  configured: ConfiguredOptions = nothingConfigured,
): readonly string[] {
  const { model, profile, arguments: extra } = options;
  const all = argumentsOf({
    ...options,
    model: model === null ? configured.model : null,
    profile: profile === null ? configured.profile : null,
  });
  return all.slice(0, all.length - extra.length);
}

/** The profile that a session would use; null if none is named. */
export function profileOf({ profile, arguments: extra }: TaskOptions): string | null {
  for (const [index, argument] of extra.entries()) {
    if (argument === '-p' || argument === '--profile') return extra[index + 1] ?? null;
    const [, inOne] = /^(?:--profile=|-p=?)(.+)$/su.exec(argument) ?? [];
    if (inOne !== undefined) return inOne;
  }
  return profile;
}

export function sameOptions(one: TaskOptions, other: TaskOptions): boolean {
  const names = Object.keys(noTaskOptions) as (keyof TaskOptions)[];
  return names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

/** For the task's page: `model gpt-5.5`, `profile nightly`, `-- -c x=1`. */
export function optionWords(options: TaskOptions): readonly string[] {
  const {
    model,
    profile,
    codex,
    arguments: extra,
    checks,
    checkNetwork,
    review,
    worktree,
    planFirst,
  } = options;
  return [
    ...(model === null ? [] : [`model ${model}`]),
    ...(profile === null ? [] : [`profile ${profile}`]),
    ...(codex === null ? [] : [`Codex ${codex}`]),
    ...(extra.length === 0 ? [] : [`-- ${extra.join(' ')}`]),
    ...(checks === null ? [] : checks.map((command) => `check ${command}`)),
    ...(checks?.length === 0 ? ['no checks'] : []),
    ...(checkNetwork ? ['checks use the network'] : []),
    ...(review === null ? [] : [review ? 'reviewed before it is done' : 'not reviewed']),
    ...(worktree ? ['worktree of its own'] : []),
    ...(planFirst === true ? ['plan first'] : []),
    ...(options.pinned ? ['pinned to this machine'] : []),
    ...(options.fullAccessOnce ? ['asks for full access at its next start'] : []),
    ...(options.maxSessions === null ? [] : [`max. ${options.maxSessions} sessions in a run`]),
    ...limitWords(options),
  ];
}

function limitWords({ maxTokens, maxTimeMs, hours, after }: TaskLimits): readonly string[] {
  return [
    ...(maxTokens === null ? [] : [`budget ${tokens(maxTokens)} tokens`]),
    ...(maxTimeMs === null ? [] : [`budget ${duration(maxTimeMs)} of work`]),
    ...(hours === null ? [] : [`hours ${hoursText(hours)}`]),
    ...(after === null ? [] : [`after ${after}`]),
  ];
}
