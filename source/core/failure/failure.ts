// Why a session failed, recognised by Codex's own last message, and the sentence for the user. Only the end of the
// session counts: its last `turn.failed`, or stderr when the log has no message. Output of programs never gets here.
// A message that is in no row of the table is shown as Codex wrote it.

import { readReport, type CodexReport } from './codex-report.ts';
import { reasonIn } from './error-line.ts';
import type { FailureReason, FailureRow, Recovery } from './failure-kinds.ts';
import { failureTable } from './failure-table.ts';
import { inUseBy, type ThreadWriter } from './in-use.ts';

export type Failure = {
  reason: FailureReason;
  recovery: Recovery;
  /** One sentence: what happened and what to do. */
  sentence: string;
  /** Codex's own message, cleaned; empty when there was none. */
  codexMessage: string;
};

type FailedSession = {
  /** The last `turn.failed` (or fatal `error`); null when the log has none. */
  message: string | null;
  /** The end of stderr, used only when there is no message. Empty once a conversation had begun. */
  stderr: string;
  /** The line of a command's output that shows that no sandbox could be created. */
  sandboxTrouble: string | null;
  exitCode: number | null;
  signal: string | null;
};

/** Why a session that did not complete its turn failed. Total: every failure has a recovery. */
export function failureOf(session: FailedSession): Failure {
  const line = session.message === null ? reasonIn(session.stderr) : null;
  const said = session.message ?? line?.text ?? '';
  const report = readReport(said);
  const row = failureTable.find((one) => fits(one, report, line === null ? 'log' : 'stderr'));
  const { shown } = report;
  if (row !== undefined) {
    const sentence = row.named?.(said) ?? row.sentence.replace('…', () => shown);
    return { reason: row.reason, recovery: row.recovery, sentence, codexMessage: shown };
  }
  if (session.sandboxTrouble !== null) return noSandbox(session.sandboxTrouble);
  if (said !== '' && line?.isError !== false) {
    return { reason: 'unknown', recovery: 'try again', sentence: shown, codexMessage: shown };
  }
  return {
    reason: 'no result',
    recovery: 'try again',
    sentence: `Codex ended without a result (${howItEnded(session)})${said === '' ? '' : `: ${shown}`}`,
    codexMessage: shown,
  };
}

/** Statuses that do not say by themselves what is wrong. Empty: Codex wrote none. */
const leavesOpen = /^(?:|400|403|404|410|413|422|451)$/u;

function fits(row: FailureRow, report: CodexReport, from: 'log' | 'stderr'): boolean {
  const { own, status, provider, codes } = report;
  const { says, code, providerSays, launcherSays, refines = leavesOpen } = row;
  if (says?.test(own) === true || row.status?.test(status) === true) return true;
  if (from === 'stderr' && launcherSays?.test(own) === true) return true;
  if (!refines.test(status)) return false;
  return providerSays?.test(provider) === true || codes.some((one) => code?.test(one) === true);
}

/** The failure of a session that ended well but could run no command, for lack of a sandbox. */
export function noSandbox(line: string): Failure {
  return {
    reason: 'no sandbox',
    recovery: 'ask the user',
    sentence:
      'Codex cannot create a sandbox here, so no command ran: allow user namespaces, or start with --network (full access)',
    codexMessage: line,
  };
}

/** The same failure; its sentence names the processes that hold the conversation. */
export function namingWriters(failure: Failure, writers: readonly ThreadWriter[]): Failure {
  if (failure.reason !== 'another writer' || writers.length === 0) return failure;
  return { ...failure, sentence: inUseBy(writers) };
}

/** The name of the error with which a start fails because Codex is not there. */
export const codexNotThere = 'CodexNotThereError';

/** An update may be replacing Codex: it is waited for. */
export function codexMissing(path: string): Failure {
  return {
    reason: 'codex missing',
    recovery: 'wait for Codex',
    sentence: `Codex is not at ${path} any more: install it there again`,
    codexMessage: '',
  };
}

/** A full disk; `sentence` names which one. */
export function diskFull(sentence: string): Failure {
  return { reason: 'disk full', recovery: 'ask the user', sentence, codexMessage: '' };
}

/** What the stage between two sessions found, and only the user can decide. */
export function heldUp(sentence: string): Failure {
  return { reason: 'held up', recovery: 'ask the user', sentence, codexMessage: '' };
}

/** The failure of an Initializer that ended well but left no step. */
export const noChecklist: Failure = {
  reason: 'no checklist',
  recovery: 'try again',
  sentence: 'The planning session ended without writing a single step to task_list.md',
  codexMessage: '',
};

/** One line: what happened, plus Codex's message when that adds something. */
export function failureLine({ sentence, codexMessage }: Failure): string {
  return sentence.includes(codexMessage) ? sentence : `${sentence} (Codex: ${codexMessage})`;
}

function howItEnded({ exitCode, signal }: FailedSession): string {
  if (signal !== null) return `signal ${signal}`;
  return exitCode === null ? 'exit code unknown' : `exit code ${exitCode}`;
}
