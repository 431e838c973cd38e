// How a session ended, derived from the log and stderr, so that the runner that started it and one that adopted it
// (and saw no exit code) record the same. Both know from run.json whether the user paused it.

import { reasonIn } from '../../core/failure/error-line.ts';
import { failureOf, namingWriters, noSandbox, type Failure } from '../../core/failure/failure.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { Cut } from '../../core/run/stop.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import type { CodexDeps } from '../run/runner-deps.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import type { ExitFact } from '../../system/process/codex-process.ts';

export type SessionEnd = { result: SessionResult; exit: ExitFact; stderr: string };

/** A word for how a session ended; `cut` if it reached no result. */
export function outcomeOf(end: SessionEnd, cut: Cut): string {
  const failure = failureIn(end);
  if (failure === null) return 'completed';
  return failure.reason === 'no result' ? cut : failure.reason;
}

/** Why its turn did not complete, or null when it did. */
export function failureIn({ result, exit, stderr }: SessionEnd): Failure | null {
  if (result.turn === 'completed') {
    return result.sandboxTrouble === null ? null : noSandbox(result.sandboxTrouble);
  }
  return failureOf({
    // Codex exits with 0 only when its turn completed: a failure in the log was then written by something else.
    message: exit.exitCode === 0 ? null : result.failureMessage,
    // Once the conversation began, stderr holds only warnings and tool output, so it is ignored.
    stderr: result.threadId === null ? cleanErrors(stderr) : '',
    sandboxTrouble: result.sandboxTrouble,
    exitCode: exit.exitCode,
    signal: exit.signal,
  });
}

/** Adds the pids of the other Codex that a session has to wait for. */
export async function withWriters(
  failure: Failure | null,
  { resumes }: Pick<SessionPlan, 'resumes'>,
  codex: Pick<CodexDeps, 'writersOf'>,
): Promise<Failure | null> {
  if (failure?.reason !== 'another writer' || resumes === null) return failure;
  return namingWriters(failure, await codex.writersOf(resumes));
}

/** What of stderr the log keeps. Of a conversation in use one line says it all, without Codex's backtrace. */
export function keptErrors(stderr: string, outcome: string): string {
  return outcome === 'another writer' ? (reasonIn(stderr)?.line ?? '') : stderr;
}

/** Not only its end: a backtrace of any length may follow the line that says why. */
function cleanErrors(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.trim().length > 2)
    .map((line) => safeLine(line, 1000))
    .join('\n');
}
