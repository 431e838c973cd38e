// A check that fails at random: the one task has it, the other has none. A failing check is told to the next session; at
// the end the task is not done before it passes.

import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';
import { message } from '../../../source/demo/responses-api.ts';
import type { LoggedCheck } from '../outside/whole-log.ts';
import { paceMs } from './settings.ts';

/** Fails once in four times. */
export const checkAtRandom =
  'test $(( 0x$(head -c 1 /dev/urandom | od -An -tx1 | tr -d " ") % 4 )) -ne 0';

/** Only the check is open in such a session, so it has no step. The worker looks, and leaves it to the next run of the check. */
export function withRepairs(
  worker: (request: ModelRequest) => Answer,
): (request: ModelRequest) => Answer {
  return (request) => {
    const reading = readPrompt(request.prompt);
    const hasNoStep = 'missing' in reading && reading.missing.startsWith('Next open step');
    if (!hasNoStep) return worker(request);
    return { kind: 'items', items: [message('The check passes here.')], delayMs: paceMs };
  };
}

/** Broken laws: the task with the check counts as done only behind a check that passed. */
export function checkBreaches(checks: readonly LoggedCheck[], task: string): string[] {
  const last = checks.at(-1);
  if (last === undefined) return [`no check of ${task} is in its log`];
  return last.exitCode === 0 ? [] : [`${task} ended behind a check that failed`];
}
