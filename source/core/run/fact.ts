// What can happen to a run. step() answers each fact with the run's next state and effects.

import type { ListLook } from '../checklist/list-look.ts';
import type { ChangedSettings } from '../limits/changed-settings.ts';
import type { Failure } from '../failure/failure.ts';
import type { Predecessor } from '../limits/limits.ts';
import type { PartAnswer, StagePart } from '../stage/stage.ts';
import type { Stall, Wait } from './run.ts';

export type Fact =
  /** `full`: a sentence that names the disk without space for another session; null when all have space. */
  | {
      kind: 'looked';
      list: ListLook;
      hasDescription: boolean;
      full: string | null;
      /** What the task has spent so far; absent if nothing is known anew. */
      tokens?: number;
      /** How the task is that this one comes after; absent if it comes after none. */
      predecessor?: Predecessor;
    }
  | SessionFact
  | StageFact
  | { kind: 'control request'; want: Want }
  /** The user changed what the sessions of the task are started with, and what it may use. */
  | { kind: 'settings'; changed: ChangedSettings }
  | { kind: 'time'; epoch: number }
  /** Time may have reached a limit. Harmless at any other time. */
  | { kind: 'limit time' }
  /** The wall clock was set: it jumped by this many ms without that time passing. */
  | { kind: 'clock set'; byMs: number }
  | { kind: 'fatal'; sentence: string }
  /** The task's directory is gone from its path: it was deleted, or its project was moved. */
  | { kind: 'directory gone'; sentence: string };

/** A fact about one session. It carries the session's number, so a late fact never acts on the next session. */
export type SessionFact =
  | { kind: 'started'; session: number }
  /** What it waits for; repeated while it waits. */
  | { kind: 'kept waiting'; session: number; wait: Wait }
  | { kind: 'permit given'; session: number }
  | { kind: 'stalled'; session: number; stall: Stall }
  | { kind: 'offline'; session: number; isOffline: boolean }
  /** Codex could not be started, and a retry will not help. */
  /** `failure`: absent if waiting cannot help. */
  | { kind: 'start failed'; session: number; sentence: string; failure?: Failure }
  /** A full disk: the session could not be started, or its end could not be recorded. */
  | { kind: 'disk full'; session: number; sentence: string }
  | { kind: 'thread started'; session: number; threadId: string }
  /** The model answered for the first time in this session. */
  | { kind: 'answered'; session: number }
  /** `turn.completed` or `turn.failed` is in the log. */
  | { kind: 'turn over'; session: number }
  /** Codex works on after a `turn over`: something else wrote that line. */
  | { kind: 'turn goes on'; session: number }
  | { kind: 'exited'; session: number }
  /** No process of the session lives and its end is recorded. `failure` is null when its turn completed. */
  | {
      kind: 'closed';
      session: number;
      failure: Failure | null;
      list: ListLook;
      /** The last message of a Reviewer. */
      message?: string | null;
      /** What the task has spent so far; absent if nothing is known anew. */
      tokens?: number;
    }
  /** What the task has spent so far, while the session runs. */
  | { kind: 'tokens'; session: number; tokens: number }
  /** Its end cannot be recorded (the log cannot be written): the next run tries again. */
  | { kind: 'close failed'; session: number; sentence: string };

/** A part of the stage has ended. */
export type StageFact = { kind: 'settled'; session: number; part: StagePart; answer: PartAnswer };

/** What the user wants from a run under way. `end at once` is a second Ctrl-C; `tell now`: what was said cannot wait. */
export type Want =
  'pause now' | 'pause after session' | 'go on' | 'try now' | 'end at once' | 'tell now';
