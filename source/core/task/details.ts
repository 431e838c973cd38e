// What is known of the one task that is looked at closer: more than a row on the board needs. All texts in it have
// passed clean().

import type { Step } from '../checklist/checklist.ts';
import type { Sandbox } from './task.ts';
import type { Tick } from '../checklist/step-times.ts';
import type { Usage } from '../codex/log-event.ts';

export type SessionSummary = {
  readonly number: number;
  readonly role: string;
  readonly startedAt: number | null;
  /** Null while it runs, or where nobody recorded its end. */
  readonly endedAt: number | null;
  readonly outcome: string | null;
  /** Null where Codex told none. */
  readonly cost: Usage | null;
};

export type TaskDetails = {
  /** The task's name: for a moment after a move it is another one's than the selected one's. */
  readonly task: string;
  readonly description: string | null;
  /** Its directory, safe to print. */
  readonly directory: string;
  readonly steps: readonly Step[];
  readonly ticks: readonly Tick[];
  /** `progress.md`; null when there is none. */
  readonly notes: string | null;
  /** Of its last run; null when none is known. */
  readonly run: {
    readonly startedAt: number;
    readonly sandbox: Sandbox;
    readonly autoContinue: boolean;
    readonly maxSessions: number | null;
    readonly sessions: number;
  } | null;
  /** In their order; null as long as nobody has asked for them. */
  readonly sessions: readonly SessionSummary[] | null;
};
