// How a session ended, from the log and stderr, so that whoever records it says the same: the runner that started
// it, or one that adopted it and saw no exit code. That a person paused it stands in run.json, for both to know.

import { failureOf, namingWriters, noSandbox, type Failure } from '../../core/codex/failure.ts';
import { keptLine } from '../../core/text/safe-text.ts';
import type { Cut } from '../../core/run/stop.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import type { CodexDoor } from '../run/runner-deps.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import type { ExitFact } from '../../system/process/codex-process.ts';

export type SessionEnd = { result: SessionResult; exit: ExitFact; stderr: string };

/** A word for how a session ended; `cut` where it came to no result. */
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
    // Codex exits with 0 only when its turn completed: what says otherwise then, somebody else wrote into the log.
    message: exit.exitCode === 0 ? null : result.failureMessage,
    // Once it has begun, stderr holds warnings and what its tools print: its silence is the truth then.
    stderr: result.threadId === null ? cleanErrors(stderr) : '',
    sandboxTrouble: result.sandboxTrouble,
    exitCode: exit.exitCode,
    signal: exit.signal,
  });
}

/** Whoever waits for another Codex has to know for which. */
export async function withWriters(
  failure: Failure | null,
  { resumes }: Pick<SessionPlan, 'resumes'>,
  codex: Pick<CodexDoor, 'writersOf'>,
): Promise<Failure | null> {
  if (failure?.reason !== 'another writer' || resumes === null) return failure;
  return namingWriters(failure, await codex.writersOf(resumes));
}

function cleanErrors(stderr: string): string {
  return stderr
    .split('\n')
    .slice(-200)
    .map((line) => keptLine(line, 1000))
    .join('\n');
}
