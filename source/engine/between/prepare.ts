// Prepares a new worktree for work: a command of the user's configuration runs in it once, as a check does. Until it has
// passed, no session works there; it is tried again as a check that could not start is.

import type { CheckResult } from '../../system/check/run-check.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { StageContext } from './part.ts';
import { runCommand } from './run-command.ts';
import { capital } from '../../core/text/capital.ts';

export async function prepareWorktree(context: StageContext): Promise<PartAnswer> {
  const { deps, request, givesUp } = context;
  const { prepare } = request.settings;
  if (prepare === null || request.workplace === undefined) return { unprepared: null };
  if (await deps.isPrepared()) return { unprepared: null };
  const result = await runCommand(context, prepare, deps.state.prepareOutputPath);
  if (givesUp.aborted || result.outcome === 'interrupted') return {};
  const name = safeLine(prepare.command, 100);
  if (result.outcome !== 'passed') {
    const sentence = `the worktree could not be prepared: ${name} ${howItFailed(result)}`;
    return { unprepared: sentence, notes: [capital(sentence)] };
  }
  await deps.notePrepared();
  return { unprepared: null, notes: [`The worktree was prepared: ${name}`] };
}

/** `fails (exit code 1): npm error network …` */
function howItFailed({ outcome, exitCode, signal, tail }: CheckResult): string {
  const last = safeLine(tail.trim().split('\n').at(-1) ?? '', 200);
  const how =
    outcome === 'timed out'
      ? 'takes too long'
      : outcome === 'not started'
        ? 'could not start'
        : `fails (${exitCode === null ? String(signal) : `exit code ${exitCode}`})`;
  return last === '' ? how : `${how}: ${last}`;
}
