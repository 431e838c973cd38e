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

type CodexLaunch = {
  sandbox: Sandbox;
  toolEnvironment?: ToolEnvironment;
  /** A thread id that is a UUID; null for a fresh thread. */
  resumes: string | null;
  /** The user's arguments after `--`. */
  extra: readonly string[];
  /** The session's marker, set so that the user's `shell_environment_policy` does not strip it from commands. */
  uuid: string;
};

/** The arguments after the program's name; the prompt comes on stdin (`-`). */
export function codexArguments(call: CodexLaunch): string[] {
  const { sandbox, toolEnvironment = 'codex', resumes, extra, uuid } = call;
  // A malformed id could be read as an option.
  const thread = resumes !== null && isThreadId(resumes) ? resumes : null;
  return [
    'exec',
    // Before the user's own: arguments for one launch override a setting for all.
    ...environmentArguments(toolEnvironment),
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

const refused: readonly { argument: RegExp; why: string }[] = [
  { argument: /^(?:-s|--sandbox(?:=|$))/u, why: 'the sandbox is chosen with --network' },
  {
    argument: /^(?:--full-auto|--yolo|--dangerously-)/u,
    why: 'the sandbox is chosen with --network',
  },
  {
    argument: /^(?:-a|--ask-for-approval|--approve-for-me|--trust|--ignore-rules)/u,
    why: 'approvals are always "never"',
  },
  { argument: /^(?:-C|--cd|--add-dir|--worktree)/u, why: 'the directory is chosen with --cd' },
  {
    argument: /^(?:--json|--experimental-json|-o|--output-last-message|--output-schema|--color)/u,
    why: 'the output is read by autonomous-tui',
  },
  {
    argument: /^(?:resume|review|fork|help|--last|--all|--ephemeral|--skip-git-repo-check)$/u,
    why: 'the session is chosen by autonomous-tui',
  },
  {
    argument: /^(?:-[hV]|--help$|--version$)/u,
    why: 'Codex would print text instead of working',
  },
  { argument: /^--?$/u, why: 'the prompt is written by autonomous-tui' },
];

const refusedSettings =
  /^["']?(?:sandbox|approval|shell_environment_policy\.set\.AUTONOMOUS|permissions|default_permissions|projects)/u;

/** Why these arguments cannot be passed on to Codex, one sentence; null when they can. */
export function whyRefused(extra: readonly string[]): string | null {
  for (const [index, argument] of extra.entries()) {
    const setting = settingIn(argument, extra[index - 1]);
    if (setting === null) {
      const rule = refused.find((candidate) => candidate.argument.test(argument));
      if (rule !== undefined) return `${argument} cannot be passed on to Codex: ${rule.why}`;
    } else if (refusedSettings.test(setting.trim())) {
      return `-c ${setting} cannot be passed on: sandbox and approvals are chosen by autonomous-tui`;
    }
  }
  const prompt = extra.find((_, index) => isPrompt(extra, index));
  return prompt === undefined
    ? null
    : `${prompt} cannot be passed on to Codex: the prompt is written by autonomous-tui`;
}

/** The `key=value` that an argument is or holds: `-c KEY=VALUE`, `-cKEY=VALUE`, `--config=KEY=VALUE`. */
function settingIn(argument: string, before: string | undefined): string | null {
  if (before === '-c' || before === '--config') return argument;
  return /^(?:-c=?|--config=)(.+)$/su.exec(argument)?.[1] ?? null;
}

/** A word that belongs to no option before it. Unknown options are assumed to take one value. */
function isPrompt(extra: readonly string[], index: number): boolean {
  if (isOption(extra[index] ?? '')) return false;
  const option = extra.slice(0, index).findLast(isOption);
  if (option === '-i' || option === '--image') return false;
  const before = extra[index - 1];
  return before === undefined || !isOption(before) || !/^(?:-[^-]|--[^=]+)$/u.test(before);
}

function isOption(argument: string): boolean {
  return argument.startsWith('-') && argument !== '-';
}
