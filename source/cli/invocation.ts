// The parsed command line, whichever parser produced it.

import { whyRefused } from '../core/codex/arguments.ts';
import type { RunLimits } from '../core/limits/limits.ts';
import type { GivenOptions } from '../core/task/options.ts';
import type { Sandbox } from '../core/task/task.ts';
import {
  readGeneralOptions,
  whyNotGeneral,
  type GeneralOptions,
} from './options/general-options.ts';
import { readRunLimits, readTaskLimits } from './options/limit-options.ts';
import { readLogOptions, whyNoLog, whyNoReport, type LogOptions } from './options/log-options.ts';
import { emptyValue, wrongValue, type Value } from './options/option-row.ts';
import { clears, readRememberedOptions, whyNotRemembered } from './options/remembered-options.ts';
import { readRunOptions, type RunOptions } from './options/run-options.ts';
import { readSeedOptions, type SeedOptions } from './options/seed-options.ts';
import { options, type OptionName } from './options/table.ts';
import { checkpointVerb, type CheckpointVerb } from './verbs/checkpoint-verb.ts';
import { hubVerb, type HubVerb } from './verbs/hub-verb.ts';
import { orderVerb, type OrderVerb } from './verbs/order-verb.ts';
import { pauseVerb, type PauseVerb } from './verbs/pause-verb.ts';
import { skillVerb, type SkillVerb } from './verbs/skill-verb.ts';
import { takeOverVerb } from './verbs/take-over-verb.ts';
import { tellVerb, type TellVerb } from './verbs/tell-verb.ts';
import { whyNotAGoal } from './word-as-goal.ts';

export type Invocation = SeedOptions &
  GeneralOptions &
  RunOptions &
  LogOptions & {
    description: string | null;
    /** What the task's sessions are started with from now on; `codex` as written. */
    sessionOptions: GivenOptions;
    /** What counts for the run alone. */
    limits: Pick<RunLimits, 'until' | 'planOnly'>;
    verb: CheckpointVerb | null;
    tell: TellVerb | null;
    takesOver: boolean;
    order: OrderVerb | null;
    skill: SkillVerb | null;
    hub: HubVerb | null;
    pause: PauseVerb | null;
    /** The arguments after `--`. */
    extra: readonly string[];
    /** Every option that stands on the command line. */
    given: readonly OptionName[];
  };

/** Where runs started by this invocation may write. */
export function sandboxOf({ network }: Pick<Invocation, 'network'>): Sandbox {
  return network ? 'danger-full-access' : 'workspace-write';
}

/** Whether it names a task to start or to continue. */
export function asksForTask(
  invocation: Pick<Invocation, 'description' | 'taskName' | 'continues'>,
): boolean {
  return invocation.description !== null || invocation.taskName !== null || invocation.continues;
}

export type Parsed = { invocation: Invocation } | { problem: string };

export type Values = Partial<Record<OptionName, Value>>;

/** What both parsers return: options by name, and the other words. */
export type Raw = { values: Values; words: readonly string[] } | { problem: string };

/** Splits argv into our own arguments and those after `--`, for `codex exec`. */
export function cutAtDashes(argv: readonly string[]): {
  own: readonly string[];
  extra: readonly string[];
} {
  const cut = argv.indexOf('--');
  return cut === -1
    ? { own: argv, extra: [] }
    : { own: argv.slice(0, cut), extra: argv.slice(cut + 1) };
}

/** The invocation, or a sentence that says what is wrong with it. `--help` and `--version` answer alone. */
export function checkedInvocation(raw: Raw, extra: readonly string[]): Parsed {
  if ('problem' in raw) return raw;
  const { help = false, version = false } = raw.values;
  return help === false && version === false
    ? checked(raw.values, raw.words, extra)
    : checked({ help, version }, [], []);
}

function checked(values: Values, words: readonly string[], extra: readonly string[]): Parsed {
  const wrong =
    firstProblem((row) => emptyValue(row, values[row.name])) ??
    wrongWords(values, words) ??
    firstProblem((row) => wrongValue(row, values[row.name])) ??
    whyNotGeneral(values) ??
    whyNotRemembered(values) ??
    whyNoLog(values) ??
    whyNoReport(values, words);
  if (wrong !== null) return { problem: wrong };
  const skill = skillVerb(values, words);
  if (skill !== null && typeof skill === 'object') return skill;
  const hub = hubVerb(values, words);
  if (hub !== null && 'problem' in hub) return hub;
  const pause = pauseVerb(values, words);
  if (pause !== null && typeof pause === 'object') return pause;
  const order = orderVerb(values, words);
  if (order !== null && 'problem' in order) return order;
  const verb = order === null ? checkpointVerb(values, words) : null;
  if (verb !== null && 'problem' in verb) return verb;
  const tell = tellVerb(values, words);
  if (tell !== null && 'problem' in tell) return tell;
  const takesOver = takeOverVerb(values, words);
  if (typeof takesOver !== 'boolean') return takesOver;
  const refused = clears(extra) ? null : whyRefused(extra);
  if (refused !== null) return { problem: refused };
  return {
    invocation: {
      ...readSeedOptions(values),
      ...readGeneralOptions(values),
      ...readRunOptions(values),
      ...readLogOptions(values),
      description: words[0] ?? null,
      sessionOptions: { ...readRememberedOptions(values, extra), ...readTaskLimits(values) },
      limits: readRunLimits(values),
      verb,
      tell,
      takesOver,
      order,
      skill,
      hub,
      pause,
      extra,
      given: options.map(({ name }) => name).filter((name) => isGiven(values[name])),
    },
  };
}

function firstProblem(problemOf: (row: (typeof options)[number]) => string | null): string | null {
  for (const row of options) {
    const problem = problemOf(row);
    if (problem !== null) return problem;
  }
  return null;
}

function wrongWords(values: Values, words: readonly string[]): string | null {
  if (words.length > 1) {
    return `Put the description in quotes: autonomous-tui ${JSON.stringify(words.join(' '))}`;
  }
  const [word] = words;
  // Under this very name it is meant as a goal.
  return word === undefined || word === values['task-name'] ? null : whyNotAGoal(word);
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== false;
}
