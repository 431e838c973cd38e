// run.json: where a run is. Written before Codex is started (the intent) and after, so that whoever comes
// next knows what may live. Read with guards: it may be of another version, cut, or not ours at all.

import type { Ending, Ladder, Pause } from './run.ts';
import type { Role, Sandbox } from '../task/task.ts';
import type { Usage } from '../codex/log-event.ts';

/** A process is the same only if all three agree. */
export type ProcessIdentity = {
  pid: number;
  /** Kernel start time, in clock ticks since boot, as text. */
  startTime: string;
  bootId: string;
};

/**
 * A directory is the same only if all three agree: ext4 gives the inode of a deleted directory to the next one
 * that is made.
 */
export type DirectoryIdentity = {
  device: number;
  inode: number;
  /** When it was made, epoch ms with its fractions; null where the file system does not tell. */
  bornAt: number | null;
};

export type RunPhase =
  | 'queued'
  | 'looking'
  | 'starting'
  | 'working'
  | 'stopping'
  | 'closing'
  | 'resting'
  | 'waiting'
  | 'needs you'
  | 'ended';

export type SessionRecord = {
  number: number;
  /** The marker that every process of the session carries. */
  uuid: string;
  role: Role;
  /** The thread that it resumes, null for a fresh one. */
  resumes: string | null;
  threadId: string | null;
  startedAt: number;
  /** Where its first line stands in session.log. */
  log: { offset: number; device: number; inode: number };
  /** Null until Codex was started, or where its runner died before it could write it down. */
  codex: ProcessIdentity | null;
  /** Set once `session.ended` stands in the log. */
  ended: { at: number; outcome: string } | null;
};

export type RunRecord = {
  version: 1;
  run: string;
  runner: ProcessIdentity;
  /** The task's directory that this belongs to. Another directory of the same name is another task. */
  directory: DirectoryIdentity;
  phase: RunPhase;
  pause: Pause;
  startedAt: number;
  sandbox: Sandbox;
  autoContinue: boolean;
  maxSessions: number | null;
  sessionsInRun: number;
  /** The session under way, or the last one. */
  session: SessionRecord | null;
  wait: { reason: string; until: number | null } | null;
  failuresInARow: number;
  unexplainedInARow: number;
  ladder: Ladder;
  /** Steps that were ticked at the last look; null before it. Whoever adopts the session tells by it what it ticked. */
  ticked: number | null;
  /** The checklist once had steps: if it vanishes, nothing plans anew by itself. */
  hadSteps: boolean;
  /** Last known totals of the last thread, and what the whole task cost. */
  thread: { id: string; totals: Usage } | null;
  usage: Usage;
  /** When dashboards took the run up after its runner had died, epoch ms. */
  takenUpAt: readonly number[];
  /**
   * The signal that a runner in the background was told to end by, as a machine does that shuts down; null where a
   * person paused.
   */
  toldToEnd: SystemSignal | null;
  ending: Ending | null;
};

export type SystemSignal = 'SIGTERM' | 'SIGHUP';

export function isSameDirectory(a: DirectoryIdentity, b: DirectoryIdentity): boolean {
  const isBornWith = a.bornAt === null || b.bornAt === null || a.bornAt === b.bornAt;
  return a.device === b.device && a.inode === b.inode && isBornWith;
}
