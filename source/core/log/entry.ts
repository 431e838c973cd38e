// An Entry is what the log pane shows for one event, or for several that belong together: a command that
// started and completed is one entry that changes. All text in it has passed clean().

import type { ItemBody, Usage } from '../codex/log-event.ts';
import type { ColourChange } from '../text/coloured-text.ts';
import type { Role } from '../task/task.ts';

/** An item of Codex's is shown as it is, but for a command: without the shell's wrapping (`/bin/bash -lc '…'`). */
export type EntryBody =
  | Exclude<ItemBody, { kind: 'command' | 'unknown-item' }>
  | (Extract<ItemBody, { kind: 'command' }> & {
      /** Those of its output. */
      colours: readonly ColourChange[];
    })
  /** The turn failed, or Codex said that something is wrong. */
  | { kind: 'error'; message: string }
  | { kind: 'retry'; attempt: number | null; of: number | null; reason: string }
  | {
      kind: 'session';
      /** Null in logs that others wrote, where only `thread.started` tells that one began. */
      session: number | null;
      role: Role | null;
      resumes: string | null;
      threadId: string | null;
      ended: { at: number | null; outcome: string; exitCode: number | null } | null;
      /** What this session cost, null until its turn completed. */
      cost: Usage | null;
    }
  | { kind: 'stderr'; text: string }
  | { kind: 'noise'; text: string }
  | { kind: 'unknown'; name: string; json: string }
  /** The JSON of an entry, for whoever asks for it; no line of the log makes one. */
  | { kind: 'raw'; text: string };

export type Entry = {
  /** Unique in the log and stable while it is open: an item changes under the same key. */
  key: string;
  /** Byte offsets in session.log of the line that began it, and of the last that told more of it. */
  offset: number;
  lastOffset: number;
  /** Epoch ms of its first and its last line, null where unknown: Codex gives no times. */
  startedAt: number | null;
  endedAt: number | null;
  /** Counts up whenever the entry changes, so that rows can be cached. */
  version: number;
  body: EntryBody;
};
