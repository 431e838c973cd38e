// What `codex exec` is called with. Only the conversation carries over when a session is resumed, so
// sandbox and every `-c` are said each time. Some options (`-p` among them) are refused after the word
// `resume`, so the person's come before it; what we say is fine on both sides.

import type { Sandbox } from './task.ts';
import { isThreadId } from './task.ts';

/** The environment variable that Codex gets and all that it starts inherits: by it a session is known. */
export const sessionMarker = 'AUTONOMOUS_TUI_SESSION';

export type CodexCall = {
  sandbox: Sandbox;
  /** A thread id that is a UUID, or null for a fresh thread. */
  resumes: string | null;
  /** What the person gave after `--`. */
  extra: readonly string[];
  /** The session's marker, so that the person's `shell_environment_policy` does not strip it from commands. */
  uuid: string;
};

/** The arguments after the program's name; the prompt comes on stdin (`-`). */
export function codexArguments({ sandbox, resumes, extra, uuid }: CodexCall): string[] {
  // An id that is none could be read as an option.
  const thread = resumes !== null && isThreadId(resumes) ? resumes : null;
  return [
    'exec',
    ...extra,
    ...(thread === null ? [] : ['resume']),
    '-c',
    'approval_policy="never"',
    '-c',
    `sandbox_mode="${sandbox}"`,
    '-c',
    `shell_environment_policy.set.${sessionMarker}="${uuid}"`,
    '--skip-git-repo-check',
    '--json',
    ...(thread === null ? [] : [thread]),
    '-',
  ];
}

const refused: readonly { argument: RegExp; why: string }[] = [
  { argument: /^(?:-s|--sandbox(?:=|$))/u, why: 'the sandbox is chosen with --network' },
  {
    argument: /^(?:--full-auto|--yolo|--dangerously-)/u,
    why: 'the sandbox is chosen with --network',
  },
  { argument: /^(?:-a|--ask-for-approval)/u, why: 'approvals are always "never"' },
  { argument: /^(?:-C|--cd|--add-dir)/u, why: 'the directory is chosen with --cd' },
  {
    argument: /^(?:--json|--experimental-json|-o|--output-last-message|--output-schema|--color)/u,
    why: 'the output is read by autonomous-tui',
  },
  {
    argument: /^(?:resume|review|fork|--last|--all|--ephemeral|--skip-git-repo-check|-)$/u,
    why: 'the session is chosen by autonomous-tui',
  },
  {
    argument: /^(?:-h|--help|-V|--version)$/u,
    why: 'it would answer instead of working',
  },
];

const refusedSettings =
  /^["']?(?:sandbox|approval|shell_environment_policy\.set\.AUTONOMOUS|permissions|default_permissions|projects)/u;

/** Why these arguments can't be passed on to Codex, one sentence, or null when they can. */
export function whyRefused(extra: readonly string[]): string | null {
  for (const [index, argument] of extra.entries()) {
    const before = extra[index - 1];
    const isSetting = before === '-c' || before === '--config';
    const setting = isSetting ? argument : /^(?:-c=?|--config=)(.+)$/u.exec(argument)?.[1];
    if (setting !== undefined) {
      if (refusedSettings.test(setting.trim())) {
        return `-c ${setting} can't be passed on: sandbox and approvals are chosen by autonomous-tui`;
      }
      continue;
    }
    const rule = refused.find((candidate) => candidate.argument.test(argument));
    if (rule !== undefined) return `${argument} can't be passed on to Codex: ${rule.why}`;
  }
  return null;
}
