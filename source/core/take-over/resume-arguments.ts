// The arguments of `codex resume`, with which Codex opens a conversation in its own screen. As with `codex exec`, only the
// conversation carries over: sandbox, model and profile are said again. Approvals are the user's: he sits before it.

import { passedOn, type ToolEnvironment } from '../codex/arguments.ts';
import type { Sandbox } from '../task/task.ts';

type ResumeLaunch = {
  threadId: string;
  sandbox: Sandbox;
  toolEnvironment: ToolEnvironment;
  /** What the project's surroundings ask for. */
  surroundings: readonly string[];
  /** The task's own, as for `codex exec`. */
  extra: readonly string[];
};

export function resumeArguments(launch: ResumeLaunch): string[] {
  const { threadId, sandbox, toolEnvironment, surroundings, extra } = launch;
  return [
    'resume',
    ...(toolEnvironment === 'codex'
      ? []
      : ['-c', `shell_environment_policy.inherit="${toolEnvironment}"`]),
    ...surroundings,
    ...passedOn(extra, notOnScreen),
    '-c',
    `sandbox_mode="${sandbox}"`,
    threadId,
  ];
}

/** `codex exec` alone takes them, or they belong to a prompt. */
const notOnScreen = ['--ignore-user-config', '--cyber-access-program', '-i', '--image'];
