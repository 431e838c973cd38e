// The arguments of `codex exec`. A resumed session keeps only its conversation, so sandbox and every `-c` are
// passed each time. Codex refuses some options (`-p` among them) after the word `resume`, so the user's come
// before it; ours work on both sides. One of ours separates the two: `-i` takes any number of files, and would
// take `resume` for another.

import type { Sandbox } from '../task/task.ts';
import { isThreadId } from '../task/task.ts';

/** The environment variable that identifies a session: Codex gets it, and all processes it starts inherit it. */
export const sessionMarker = 'AUTONOMOUS_TUI_SESSION';

/**
 * Which environment variables reach the commands that Codex runs. `codex`: as Codex's own configuration says, by
 * default all of them, keys included. `core`: PATH, HOME and the like. (Codex also has `none`, but without a PATH
 * commands cannot even find `cat`.)
 */
export type ToolEnvironment = 'codex' | 'core';

/**
 * Whether a project's own `.codex` counts: `as trusted`, where the user trusts the repository in Codex, or `off`, never.
 */
export type ProjectCodexConfig = 'as trusted' | 'off';

type CodexLaunch = {
  sandbox: Sandbox | 'read-only';
  toolEnvironment?: ToolEnvironment;
  /** A thread id that is a UUID; null for a fresh thread. */
  resumes: string | null;
  /** The user's arguments after `--`. */
  extra: readonly string[];
  /** What the project's surroundings ask for; default: nothing. */
  surroundings?: readonly string[];
  /** The session's marker, set so that the user's `shell_environment_policy` does not strip it from commands. */
  uuid: string;
};

/** The arguments after the program's name; the prompt comes on stdin (`-`). */
export function codexArguments(call: CodexLaunch): string[] {
  const { sandbox, toolEnvironment = 'codex', resumes, extra, surroundings = [], uuid } = call;
  // A malformed id could be read as an option.
  const thread = resumes !== null && isThreadId(resumes) ? resumes : null;
  return [
    'exec',
    // Before the user's own: arguments for one launch override a setting for all.
    ...environmentArguments(toolEnvironment),
    ...(speaksOfGoals([...surroundings, ...extra]) ? [] : ['-c', 'features.goals=false']),
    ...surroundings,
    ...extra,
    '--skip-git-repo-check',
    ...(thread === null ? [] : ['resume']),
    '-c',
    'approval_policy="never"',
    '-c',
    `sandbox_mode="${sandbox}"`,
    '-c',
    `shell_environment_policy.set.${sessionMarker}="${uuid}"`,
    '--json',
    ...(thread === null ? [] : [thread]),
    '-',
  ];
}

function environmentArguments(toolEnvironment: ToolEnvironment): string[] {
  return toolEnvironment === 'codex'
    ? []
    : ['-c', `shell_environment_policy.inherit="${toolEnvironment}"`];
}

/** An executor with a goal of its own would work on past its step. Whoever names the feature decides about it. */
function speaksOfGoals(extra: readonly string[]): boolean {
  return extra.some((argument) => /(?:^|[^A-Za-z_])goals(?![A-Za-z_])/u.test(argument));
}

/** What may be passed on. Everything else is refused, an option that a later Codex brings included. */
const allowed: readonly { names: readonly string[]; takes: 'nothing' | 'a value' | 'values' }[] = [
  { names: ['-c', '--config'], takes: 'a value' },
  { names: ['--enable', '--disable'], takes: 'a value' },
  { names: ['-m', '--model'], takes: 'a value' },
  { names: ['-p', '--profile'], takes: 'a value' },
  { names: ['-i', '--image'], takes: 'values' },
  { names: ['--oss', '--strict-config', '--ignore-user-config'], takes: 'nothing' },
  { names: ['--local-provider', '--cyber-access-program'], takes: 'a value' },
];

const allowedNames = allowed.flatMap(({ names }) => names).join(', ');

/** Why not, for those that a user may want. */
const refused: readonly { argument: RegExp; why: string }[] = [
  {
    argument: /^(?:-s|--sandbox|--full-auto|--yolo|--dangerously-)/u,
    why: 'the sandbox is chosen with --network',
  },
  {
    argument: /^(?:-a|--ask-for-approval|--approve-for-me|--trust|--ignore-rules)/u,
    why: 'approvals are always "never", and trust is given in Codex itself',
  },
  {
    argument: /^--remote/u,
    why: 'it would send the work to another program, which no sandbox and no signal from here reaches',
  },
  { argument: /^(?:-C|--cd|--add-dir|--worktree)/u, why: 'the directory is chosen with --cd' },
  {
    argument: /^(?:--json|--experimental-json|-o|--output-last-message|--output-schema|--color)/u,
    why: 'the output is read by autonomous-tui',
  },
  {
    argument: /^(?:--last|--all|--ephemeral|--skip-git-repo-check|--thread-source)/u,
    why: 'the session is chosen by autonomous-tui',
  },
  {
    argument: /^(?:-[hV]|--help$|--version$)/u,
    why: 'Codex would print text instead of working',
  },
];

const refusedWords: readonly { word: RegExp; why: string }[] = [
  { word: /^(?:resume|review|fork|help)$/u, why: 'the session is chosen by autonomous-tui' },
  { word: /^/u, why: 'the prompt is written by autonomous-tui' },
];

const refusedSettings =
  /^["']?(?:sandbox|approval|shell_environment_policy["']?\.["']?set["']?\.["']?AUTONOMOUS|permissions|default_permissions|projects)/u;

/** Why these arguments cannot be passed on to Codex, one sentence; null when they can. */
export function whyRefused(extra: readonly string[]): string | null {
  for (let index = 0; index < extra.length; index += 1) {
    const argument = extra[index] ?? '';
    const option = readOption(argument);
    if (option === null) return because(argument);
    const { name, takes } = option;
    if (takes === 'nothing') continue;
    let value = option.value;
    if (value === null) {
      index += 1;
      const next = extra[index];
      if (next === undefined || isOption(next)) {
        return `${argument} cannot be passed on to Codex: it needs a value`;
      }
      value = next;
    }
    if ((name === '-c' || name === '--config') && refusedSettings.test(value.trim())) {
      return `-c ${value} cannot be passed on: sandbox and approvals are chosen by autonomous-tui`;
    }
    if (takes === 'values') while (isValue(extra[index + 1])) index += 1;
  }
  return null;
}

/** Arguments that may be passed on, without the options of these names and their values. */
export function passedOn(extra: readonly string[], without: readonly string[]): string[] {
  const kept: string[] = [];
  let leavesOut = false;
  for (const argument of extra) {
    const option = isOption(argument) ? readOption(argument) : null;
    if (option !== null) leavesOut = without.includes(option.name);
    if (!leavesOut) kept.push(argument);
  }
  return kept;
}

type Option = { name: string; takes: (typeof allowed)[number]['takes']; value: string | null };

/** `-m M`, `-mM`, `-m=M`, `--model M` and `--model=M`. Null for all that is not allowed. */
function readOption(argument: string): Option | null {
  for (const { names, takes } of allowed) {
    for (const name of names) {
      if (argument === name) return { name, takes, value: null };
      if (takes === 'nothing' || !argument.startsWith(name)) continue;
      const rest = argument.slice(name.length);
      if (rest.startsWith('=')) return { name, takes, value: rest.slice(1) };
      if (!name.startsWith('--')) return { name, takes, value: rest };
    }
  }
  return null;
}

function because(argument: string): string {
  const rule = isOption(argument)
    ? refused.find((candidate) => candidate.argument.test(argument))
    : refusedWords.find(({ word }) => word.test(argument));
  const why = rule?.why ?? `only ${allowedNames} are passed on`;
  return `${argument} cannot be passed on to Codex: ${why}`;
}

function isOption(argument: string): boolean {
  return /^-./u.test(argument) && argument !== '--';
}

function isValue(argument: string | undefined): boolean {
  return argument !== undefined && !argument.startsWith('-');
}
