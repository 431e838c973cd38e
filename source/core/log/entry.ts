// An Entry is what the log pane shows for one event, or for several related ones: a command's start and
// end are one entry that changes. All its text has passed clean().

import type { ItemBody, Usage } from '../codex/log-event.ts';
import type { CheckOutcome } from '../check/check.ts';
import type { CopyState } from '../copy/session-copy.ts';
import type { ColourChange } from '../text/coloured-text.ts';
import type { Role } from '../task/task.ts';

/** Codex's items keep their shape; only a command loses its shell wrapper (`/bin/bash -lc '…'`). */
export type EntryBody =
  | Exclude<ItemBody, { kind: 'command' | 'unknown-item' }>
  | (Extract<ItemBody, { kind: 'command' }> & {
      /** Colours of its output. */
      colours: readonly ColourChange[];
    })
  /** A failed turn, or an error that Codex reported. */
  | { kind: 'error'; message: string }
  /** A check that the runner ran. */
  | {
      kind: 'check';
      command: string;
      output: string;
      outcome: CheckOutcome;
      exitCode: number | null;
      durationMs: number;
    }
  /** The user worked in the conversation: not the task's own. */
  | { kind: 'taken-over'; message: string }
  /** What the user said to a session. */
  | { kind: 'told'; session: number; texts: readonly string[] }
  | { kind: 'retry'; attempt: number | null; of: number | null; reason: string }
  | {
      kind: 'session';
      /** Null in logs from other programs, where only `thread.started` marks the start. */
      session: number | null;
      role: Role | null;
      resumes: string | null;
      threadId: string | null;
      /** Null when no line of the runner named it. */
      uuid: string | null;
      /** Whether session.log still has what Codex wrote; read by whoever holds the whole log. */
      copy: CopyState;
      ended: { at: number | null; outcome: string; exitCode: number | null } | null;
      /** What this session cost; null until its turn has completed. */
      cost: Usage | null;
    }
  | { kind: 'stderr'; text: string }
  | { kind: 'noise'; text: string }
  | { kind: 'unknown'; name: string; json: string }
  /** The JSON of an entry, shown on request; no line of the log becomes one. */
  | { kind: 'raw'; text: string };

export type Entry = {
  /** Unique in the log and stable: an item that changes keeps its key. */
  key: string;
  /** Byte offsets in session.log of the entry's first and last line. */
  offset: number;
  lastOffset: number;
  /** Times of its first and last line, epoch ms; null when unknown, since Codex writes no times. */
  startedAt: number | null;
  endedAt: number | null;
  /** Increases whenever the entry changes, so that rows can be cached. */
  version: number;
  body: EntryBody;
};
