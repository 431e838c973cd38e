// Runs one command between two sessions, in the sandbox, where the task works: a check, or what prepares a worktree.

import type { Check } from '../../core/check/check.ts';
import { argumentsOf, configuredArguments } from '../../core/task/options.ts';
import type { CheckResult } from '../../system/check/run-check.ts';
import type { StageContext } from './part.ts';

export async function runCommand(
  { deps, request, session, givesUp }: StageContext,
  check: Check,
  outputPath: string,
): Promise<CheckResult> {
  const { settings, surroundings, options, configured } = request;
  const uuid = session?.uuid ?? deps.taskMarker;
  // A runner that died may have left one behind.
  await deps.codex.sweepSession({ uuid, leader: null }, settings.terminateGraceMs);
  const running = deps.runCheck({
    check,
    sandbox: request.sandbox,
    project: request.workplace ?? request.project,
    codex: request.codex,
    writable: surroundings?.writable ?? [],
    arguments: [
      ...(surroundings?.arguments ?? []),
      ...configuredArguments(options, configured),
      ...argumentsOf(options),
    ],
    toolEnvironment: settings.toolEnvironment,
    uuid,
    outputPath,
    timeoutMs: settings.checkMs,
    interruptGraceMs: settings.interruptGraceMs,
    terminateGraceMs: settings.terminateGraceMs,
  });
  givesUp.addEventListener('abort', running.cancel);
  try {
    if (givesUp.aborted) running.cancel();
    return await running.done;
  } finally {
    givesUp.removeEventListener('abort', running.cancel);
  }
}
