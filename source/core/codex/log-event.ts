// What a line of session.log can say. The log holds Codex's events, the runner's own (`autonomous.*`), and, in logs of
// the old shell runner, whatever Codex printed on stderr between them. read-line.ts reads them.

import type { CheckOutcome } from '../check/check.ts';
import type { Role } from '../task/task.ts';

/** Tokens as Codex counts them: totals of the whole thread, not of the session. */
export type Usage = {
  inputTokens: number;
  /** Part of inputTokens. */
  cachedInputTokens: number;
  outputTokens: number;
  /** Part of outputTokens. */
  reasoningTokens: number;
};

export type ItemStatus = 'in progress' | 'completed' | 'failed' | 'declined';

export type ItemStage = 'started' | 'updated' | 'completed';

export type FileChange = { path: string; change: 'add' | 'delete' | 'update' };

type ToDo = { text: string; completed: boolean };

/** Old versions repeat nothing from the start in an item's end: those fields are empty, and the fold fills them in. */
export type ItemBody =
  | { kind: 'message'; text: string }
  | { kind: 'reasoning'; text: string }
  | {
      kind: 'command';
      command: string;
      output: string;
      exitCode: number | null;
      status: ItemStatus;
    }
  | { kind: 'file-changes'; changes: readonly FileChange[]; status: ItemStatus }
  | {
      kind: 'tool-call';
      server: string;
      tool: string;
      /** JSON text of the arguments. */
      arguments: string;
      /** Text of the result or of the error, null while it runs. */
      answer: string | null;
      status: ItemStatus;
    }
  | { kind: 'sub-agent'; tool: string; prompt: string; states: string; status: ItemStatus }
  | { kind: 'search'; query: string }
  | { kind: 'to-dos'; items: readonly ToDo[] }
  /** Codex's `error` item: a warning, not a failure. */
  | { kind: 'warning'; message: string }
  | { kind: 'unknown-item'; name: string; json: string };

/** How a session ended, as the runner recorded it. */
export type SessionEnded = {
  type: 'session-ended';
  session: number;
  uuid: string;
  at: number | null;
  exitCode: number | null;
  signal: string | null;
  outcome: string;
};

/** A check that the runner ran between two sessions. */
export type CheckEnded = {
  type: 'check';
  session: number;
  at: number | null;
  command: string;
  outcome: CheckOutcome;
  exitCode: number | null;
  durationMs: number;
  /** Tests and scripts that were deleted or changed since the baseline. */
  touched: readonly string[];
  /** The end of what it printed. */
  tail: string;
};

/** The user worked in a conversation of the task, in Codex's own screen. */
export type TakenOver = {
  type: 'taken-over';
  /** Its end. */
  at: number | null;
  from: number | null;
  threadId: string;
  /** The conversation's totals before and after; null where they are not known. */
  before: Usage | null;
  totals: Usage | null;
  /** What changed meanwhile. */
  files: readonly string[];
};

/** What the user said to a session, and it was told. */
export type Told = {
  type: 'told';
  session: number;
  /** When it was logged, after the session's end. */
  at: number | null;
  texts: readonly string[];
};

/**
 * What a line says. All its text is RAW and chosen by whatever wrote the log, names of unknown events included:
 * code that keeps or shows it must pass it through clean() first, as entries.ts and session.ts do.
 * Only `threadId`, `uuid` and `id` are checked against a grammar.
 */
export type LogEvent =
  | { type: 'thread-started'; threadId: string }
  | { type: 'turn-started' }
  /** Usage is null when the line has none (versions up to 0.42). */
  | { type: 'turn-completed'; usage: Usage | null }
  | { type: 'turn-failed'; message: string }
  /** Versions up to 0.42 report tokens while the turn runs, and not at its end. */
  | { type: 'tokens-counted'; totals: Usage }
  /** An empty id matches no other line: this line is the whole item. */
  | { type: 'item'; stage: ItemStage; id: string; body: ItemBody }
  /** `Reconnecting... 3/5 (stream disconnected …)`: Codex retries by itself. */
  | { type: 'retry'; attempt: number | null; of: number | null; reason: string }
  /** A top-level error that is not a retry; a turn.failed that follows it decides. */
  | { type: 'error'; message: string }
  | {
      type: 'session-started';
      session: number;
      uuid: string;
      role: Role;
      /** Epoch ms. */
      at: number | null;
      resumes: string | null;
    }
  | SessionEnded
  | CheckEnded
  | TakenOver
  | Told
  /** A line of Codex's stderr, copied by the runner after the session. */
  | { type: 'stderr'; uuid: string; text: string }
  /** Known but not shown: a piece of something that comes whole in a later line. */
  | { type: 'detail'; name: string }
  /** Not JSON: stderr mixed in by the old shell runner, or a line from another program. */
  | { type: 'noise'; text: string }
  | { type: 'unknown'; name: string; json: string };
