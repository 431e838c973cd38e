// The parsed command line, whichever parser produced it.

import { whyRefused } from '../core/codex/arguments.ts';
import type { FilterKind } from '../core/log/filter.ts';
import { durationMs, sinceTime } from '../core/text/since.ts';
import { clearingWord, type GivenOptions } from '../core/task/options.ts';
import type { Sandbox } from '../core/task/task.ts';
import { systemClock } from '../system/clock.ts';
import { checkpointVerb, type CheckpointVerb } from './verbs/checkpoint-verb.ts';
import { options, type OptionName } from './options.ts';
import { orderVerb, type OrderVerb } from './verbs/order-verb.ts';
import { tellVerb, type TellVerb } from './verbs/tell-verb.ts';
import { whyNotAGoal } from './word-as-goal.ts';

export type Invocation = {
  description: string | null;
  taskName: string | null;
  continues: boolean;
  resumeLast: boolean;
  autoContinue: boolean;
  maxSessions: number | null;
  network: boolean;
  list: boolean;
  help: boolean;
  version: boolean;
  headless: boolean;
  json: boolean;
  directory: string | null;
  /** What the task's sessions are started with from now on; `codex` as written. */
  sessionOptions: GivenOptions;
  trustOwner: boolean;
  /** Milliseconds; null for the default. */
  maxWaitMs: number | null;
  continueAll: boolean;
  /** The task whose log to print, and which entries. */
  log: string | null;
  filter: FilterKind | null;
  /** Epoch ms. */
  since: number | null;
  follow: boolean;
  demo: boolean;
  verb: CheckpointVerb | null;
  tell: TellVerb | null;
  order: OrderVerb | null;
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

/** A list for an option that may be given several times. */
export type Value = string | boolean | readonly string[] | undefined;

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
  for (const row of options) {
    const value = values[row.name];
    const texts = typeof value === 'object' ? value.map((text) => text.trim()) : [value];
    if (row.takes === 'text' && texts.includes('')) {
      return { problem: `--${row.name} needs a value; see autonomous-tui --help` };
    }
  }
  if (words.length > 1) {
    return {
      problem: `Put the description in quotes: autonomous-tui ${JSON.stringify(words.join(' '))}`,
    };
  }
  const [word] = words;
  // Under this very name it is meant as a goal.
  const notAGoal = word === undefined || word === values['task-name'] ? null : whyNotAGoal(word);
  if (notAGoal !== null) return { problem: notAGoal };
  const maxSessions = sessionLimit(text(values['max-sessions']));
  if (maxSessions === 'wrong') {
    return {
      problem: `--max-sessions takes a whole number of at least 1, not ${JSON.stringify(values['max-sessions'])}`,
    };
  }
  const maxWaitMs = duration(text(values['max-wait']));
  if (maxWaitMs === 'wrong') {
    return {
      problem: `--max-wait takes a time such as 90s, 15m, 6h or 2d, not ${JSON.stringify(values['max-wait'])}`,
    };
  }
  const checks = checkCommands(values.check);
  if (checks !== null && checks.length > 1 && checks.includes(clearingWord)) {
    return { problem: '--check none means no checks: give it alone' };
  }
  const filter = filterNamed(text(values.filter));
  if (filter === 'wrong') {
    return {
      problem: `--filter takes ${Object.keys(filterNames).join(', ')}, not ${JSON.stringify(values.filter)}`,
    };
  }
  const sinceText = text(values.since);
  const since = sinceText === null ? null : sinceTime(sinceText, systemClock.now());
  if (sinceText !== null && since === null) {
    return {
      problem: `--since takes a time such as 2h, 03:40 or 2026-01-29, not ${JSON.stringify(sinceText)}`,
    };
  }
  if (text(values.log) === null && (filter !== null || since !== null)) {
    return { problem: '--filter and --since need --log' };
  }
  const follow = values.follow === true;
  if (follow && text(values.log) === null) return { problem: '--follow needs --log NAME' };
  const order = orderVerb(values, words);
  if (order !== null && 'problem' in order) return order;
  const verb = order === null ? checkpointVerb(values, words) : null;
  if (verb !== null && 'problem' in verb) return verb;
  const tell = tellVerb(values, words);
  if (tell !== null && 'problem' in tell) return tell;
  const refused = extra[0] === clearingWord && extra.length === 1 ? null : whyRefused(extra);
  if (refused !== null) return { problem: refused };
  const resumeLast = values['resume-last'] === true;
  return {
    invocation: {
      description: words[0] ?? null,
      taskName: text(values['task-name']),
      continues: values.continue === true || resumeLast,
      resumeLast,
      autoContinue: values['no-auto-continue'] !== true,
      maxSessions,
      network: values.network === true,
      list: values.list === true,
      help: values.help === true,
      version: values.version === true,
      headless: values.headless === true,
      json: values.json === true,
      directory: text(values.cd),
      sessionOptions: givenOptions(values, extra),
      trustOwner: values['trust-owner'] === true,
      maxWaitMs,
      continueAll: values['continue-all'] === true,
      log: text(values.log),
      filter,
      since,
      follow,
      demo: values.demo === true,
      verb,
      tell,
      order,
      extra,
      given: options.map(({ name }) => name).filter((name) => isGiven(values[name])),
    },
  };
}

/** `--model none`, `--codex none` and `-- none` clear what is remembered. */
function givenOptions(values: Values, extra: readonly string[]): GivenOptions {
  const clears = extra.length === 1 && extra[0] === clearingWord;
  return {
    ...(values.model === undefined ? {} : { model: named(values.model) }),
    ...(values.profile === undefined ? {} : { profile: named(values.profile) }),
    ...(values.codex === undefined ? {} : { codex: named(values.codex) }),
    ...(extra.length === 0 ? {} : { arguments: clears ? [] : extra }),
    ...givenChecks(values),
    ...(values.worktree === true ? { worktree: true } : {}),
  };
}

/** Checks that are given anew have the network only if that is said with them. */
function givenChecks(values: Values): GivenOptions {
  const checks = checkCommands(values.check);
  const checkNetwork = values['check-network'] === true;
  if (checks === null) return checkNetwork ? { checkNetwork } : {};
  return { checks: checks.includes(clearingWord) ? [] : checks, checkNetwork };
}

/** Each once; null if none is given. */
function checkCommands(value: Value): readonly string[] | null {
  return typeof value === 'object' ? [...new Set(value.map((command) => command.trim()))] : null;
}

function named(value: Value): string | null {
  const name = text(value);
  return name === clearingWord ? null : name;
}

const filterNames: Record<string, FilterKind> = {
  messages: 'messages',
  commands: 'commands',
  failed: 'failed commands',
  files: 'files',
  errors: 'errors',
  reasoning: 'reasoning',
  'to-dos': 'to-dos',
  runner: 'runner',
};

function filterNamed(name: string | null): FilterKind | null | 'wrong' {
  if (name === null) return null;
  return Object.hasOwn(filterNames, name) ? (filterNames[name] ?? 'wrong') : 'wrong';
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== false;
}

function text(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

function sessionLimit(value: string | null): number | null | 'wrong' {
  if (value === null) return null;
  const limit = Number(value);
  return /^[0-9]+$/u.test(value) && limit >= 1 && Number.isSafeInteger(limit) ? limit : 'wrong';
}

function duration(value: string | null): number | null | 'wrong' {
  return value === null ? null : (durationMs(value) ?? 'wrong');
}
