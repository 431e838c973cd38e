// Runs one check between two sessions: in Codex's sandbox, or directly where the run has full access. It has a process
// group and a session of its own and carries the marker of a session, so what it leaves behind is found and ended like
// that of a session.

import { randomBytes } from 'node:crypto';
import type { ToolEnvironment } from '../../core/codex/arguments.ts';
import type { Check, CheckOutcome } from '../../core/check/check.ts';
import { directArguments, sandboxArguments } from '../../core/check/sandbox-arguments.ts';
import { tailOf } from '../../core/check/tail.ts';
import type { Sandbox } from '../../core/task/task.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { systemClock } from '../clock.ts';
import { replaceFile } from '../files/safe-file.ts';
import { pathFor, type ExitFact } from '../process/codex-process.ts';
import { neverTrusted } from '../project-codex.ts';
import { runToItsEnd, type Launch, type Stop } from './check-process.ts';
import { keepEnd, type OutputEnd } from './output-end.ts';
import { formOf } from './sandbox-help.ts';

export type CheckRun = {
  check: Check;
  sandbox: Sandbox;
  /** The project's real path. */
  project: string;
  /** Absolute path. */
  codex: string;
  /** Every directory that a session may write. */
  writable: readonly string[];
  /** As for a session: what of it configures Codex counts. */
  arguments: readonly string[];
  toolEnvironment: ToolEnvironment;
  /** The marker of its processes. */
  uuid: string;
  /** In the state directory: gets the end of the output as it came. */
  outputPath: string;
  timeoutMs: number;
  interruptGraceMs: number;
  terminateGraceMs: number;
};

export type CheckResult = {
  outcome: CheckOutcome;
  exitCode: number | null;
  signal: string | null;
  durationMs: number;
  /** When it ended, epoch ms. */
  at: number;
  /** The end of its output, clean; of one that was not started, why not. */
  tail: string;
};

export type RunningCheck = {
  /** Resolves when no process of the check is alive. Never rejects. */
  done: Promise<CheckResult>;
  /** Ends it, as a session is ended. */
  cancel(): void;
};

const maxOutputBytes = 256 * 1024;
const maxReasonLength = 500;

export function runCheck(run: CheckRun): RunningCheck {
  const stopped = Promise.withResolvers<Stop>();
  return { done: carryOut(run, stopped.promise), cancel: () => stopped.resolve('interrupted') };
}

async function carryOut(run: CheckRun, cancelled: Promise<Stop>): Promise<CheckResult> {
  const startedAt = systemClock.monotonic();
  const result = (
    outcome: CheckOutcome,
    tail: string,
    exit: ExitFact = { exitCode: null, signal: null },
  ): CheckResult => ({
    outcome,
    ...exit,
    durationMs: Math.round(systemClock.monotonic() - startedAt),
    at: systemClock.now(),
    tail,
  });
  const nonce = randomBytes(16).toString('hex');
  const output = keepEnd(nonce, maxOutputBytes);
  const found = await launchOf(run, nonce)
    .then((launch) => runToItsEnd(run, launch, { cancelled, output }))
    .catch((error: unknown) => ({ problem: errorMessage(error) }));
  if ('problem' in found) return result('not started', found.problem);
  const { stop, exit } = found;
  const bytes = output.end();
  // What is shown is in the receipt; the file is for a closer look.
  await replaceFile(run.outputPath, bytes).catch(() => {});
  const tail = tailOf(bytes.toString('utf8'));
  if (stop === 'interrupted') return result('interrupted', tail);
  if (stop === 'not begun') return result('not started', 'Codex did not start it within a minute');
  if (!output.hasBegun()) return result('not started', whyNotStarted(output, exit));
  if (stop === 'timed out') return result('timed out', tail);
  return result(exit.exitCode === 0 ? 'passed' : 'failed', tail, exit);
}

async function launchOf(run: CheckRun, nonce: string): Promise<Launch> {
  const { check, codex, toolEnvironment, uuid } = run;
  const environment = await pathFor({ directory: run.project, writable: run.writable });
  if (run.sandbox === 'danger-full-access') {
    const words = directArguments({ check, toolEnvironment, nonce });
    return { program: '/bin/sh', arguments: words, environment };
  }
  const words = sandboxArguments({
    form: await formOf({ codex, environment }),
    check,
    toolEnvironment,
    extra: run.arguments,
    untrusted: await neverTrusted(run.project),
    uuid,
    nonce,
  });
  return { program: codex, arguments: words, environment };
}

function whyNotStarted(output: OutputEnd, { exitCode, signal }: ExitFact): string {
  const said = safeLine(output.whyNot(), maxReasonLength);
  if (said !== '') return said;
  return signal === null ? `it ended with exit code ${exitCode}` : `it was ended by ${signal}`;
}
