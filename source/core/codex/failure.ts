// Why a session failed, recognised by Codex's own last message, and the sentence for the user. Only the end of the
// session counts: its last `turn.failed`, or stderr when the log has no message. Output of programs never gets here.
// A message that is in no row of the table is shown as Codex wrote it.

import { failureTable, howToFree, type FailureReason, type Recovery } from './failure-table.ts';

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
  const said = session.message ?? lastErrorLine(session.stderr);
  const row = failureTable.find(({ says }) => says.test(said));
  if (row !== undefined) {
    const { reason, recovery, sentence } = row;
    return {
      reason,
      recovery,
      sentence: configurationSentence(said) ?? sentence,
      codexMessage: said,
    };
  }
  if (session.sandboxTrouble !== null) return noSandbox(session.sandboxTrouble);
  if (said !== '')
    return { reason: 'unknown', recovery: 'try again', sentence: said, codexMessage: said };
  return {
    reason: 'no result',
    recovery: 'try again',
    sentence: `Codex ended without a result (${howItEnded(session)})`,
    codexMessage: '',
  };
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
export function namingWriters(failure: Failure, pids: readonly number[]): Failure {
  if (failure.reason !== 'another writer' || pids.length === 0) return failure;
  return {
    ...failure,
    sentence: `The conversation is in use by pid ${pids.join(', ')}; ${howToFree}`,
  };
}

/** A full disk; `sentence` names which one. */
export function diskFull(sentence: string): Failure {
  return { reason: 'disk full', recovery: 'ask the user', sentence, codexMessage: '' };
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
  return codexMessage === '' || codexMessage === sentence
    ? sentence
    : `${sentence} (Codex: ${codexMessage})`;
}

/**
 * The line that says why Codex gave up: `Error: …`, `error: …`, `thread 'main' panicked at …`. Its log lines
 * (`2026-11-22T07:56:53Z ERROR codex_core::…`) appear even when all went well, so they prove nothing. A line that
 * ends with a colon continues on the next one.
 */
function lastErrorLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const last = lines.findLastIndex((line) => /^(?:error\b|thread .* panicked)/iu.test(line));
  const [line = '', next = ''] = last === -1 ? [] : lines.slice(last);
  return line.endsWith(':') ? `${line} ${next}`.trim() : line;
}

/** `Error loading config.toml: /home/me/.codex/config.toml:7:9: unclosed table` names the file and the line. */
function configurationSentence(said: string): string | null {
  const [, path, line] = /^error loading config[^/]*(\/.+\.toml):(\d+):\d+:/iu.exec(said) ?? [];
  return path === undefined ? null : `Codex cannot read ${path} (line ${line}): fix it`;
}

function howItEnded({ exitCode, signal }: FailedSession): string {
  if (signal !== null) return `signal ${signal}`;
  return exitCode === null ? 'exit code unknown' : `exit code ${exitCode}`;
}
