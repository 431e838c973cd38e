// run.json: the state of a run. Written before Codex is started (the intent) and after, so that the next process
// knows what may live. Read with guards: it may be from another version, truncated, or not ours at all.

import type { Ending, Ladder, Pause } from './run.ts';
import type { Review } from '../review/review.ts';
import type { StagePart, StagePurpose, Told } from '../stage/stage.ts';
import type { Role, Sandbox } from '../task/task.ts';
import type { Usage } from '../codex/log-event.ts';

/** Two identities are the same process only if all three fields agree. */
export type ProcessIdentity = {
  pid: number;
  /** Kernel start time in clock ticks since boot, as text. */
  startTime: string;
  bootId: string;
};

/** `stopped`: it does nothing until it is continued. */
export type ProcessLife = 'running' | 'stopped' | 'gone';

/**
 * Two identities are the same directory only if all three fields agree: ext4 gives the inode of a deleted directory
 * to the next new one.
 */
export type DirectoryIdentity = {
  device: number;
  inode: number;
  /** Creation time, epoch ms with fractions; null when the file system has none. */
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
  /** The marker in the environment of every process of the session. */
  uuid: string;
  role: Role;
  /** The Codex profile that it was started with; null if none was named, absent in a record of an earlier version. */
  profile?: string | null;
  /** The thread that it resumes; null for a fresh one. */
  resumes: string | null;
  threadId: string | null;
  startedAt: number;
  /**
   * `offset`: where its first line begins in session.log. `device` and `inode`: the file that is Codex's standard output,
   * by which a program before `output` finds Codex, too.
   */
  log: { offset: number; device: number; inode: number };
  /** `own file`: in the state directory, and session.log is a copy. `log`: session.log itself, as before the own file. */
  output: 'own file' | 'log';
  /** Null until Codex was started, or when the runner died before it could record the process. */
  codex: ProcessIdentity | null;
  /** Set once `session.ended` is in the log. */
  ended: SessionEnding | null;
};

type SessionEnding = {
  at: number;
  outcome: string;
  /** Its part of session.log from its first line on; null if it is not what Codex wrote, or is not a copy. */
  copy: { length: number; sha256: string } | null;
};

export type RunRecord = {
  version: 1;
  run: string;
  runner: ProcessIdentity;
  /** The task's directory. Another directory of the same name is another task. */
  directory: DirectoryIdentity;
  phase: RunPhase;
  pause: Pause;
  startedAt: number;
  sandbox: Sandbox;
  autoContinue: boolean;
  maxSessions: number | null;
  /** No session starts after it; epoch ms. */
  until: number | null;
  /** The user is to look at the plan before a working session starts. */
  planOnly: boolean;
  /** Time at work in this run, ms, and since when it is at work; epoch ms, null while it waits. */
  worked: { ms: number; since: number | null };
  sessionsInRun: number;
  /** The current session, or the last one. */
  session: SessionRecord | null;
  wait: { reason: string; until: number | null } | null;
  failuresInARow: number;
  unexplainedInARow: number;
  ladder: Ladder;
  /** Ticked steps at the last look; null before it. A runner that adopts the session compares with it. */
  ticked: number | null;
  /** Steps of the checklist at the last look; null before it. */
  steps: number | null;
  /** The checklist once had steps: if it vanishes, no session plans again by itself. */
  hadSteps: boolean;
  /** Last known totals of the last thread. */
  thread: { id: string; totals: Usage } | null;
  /** What the whole task cost. */
  usage: Usage;
  /** When dashboards recovered the run after its runner had died, epoch ms. */
  takenUpAt: readonly number[];
  /** The stage that is under way: what is left of it, the current part first. Programs before it read `closing`. */
  stage: { purpose: StagePurpose; left: readonly StagePart[] } | null;
  /** What the next session is to be told. */
  told: readonly Told[];
  /** Why the task is not done although all steps may be ticked; null if nothing is known to be missing. */
  unmet: string | null;
  /** How many ticked steps nothing proved, at the end of the last session. */
  unproven: number;
  repairs: number;
  /** Why no session starts before the user has had a look. */
  held: string | null;
  /** Of the task, kept from run to run. */
  review: Review;
  /**
   * The signal that ended a background runner, as when the machine shuts down; null when the user paused.
   */
  toldToEnd: SystemSignal | null;
  /** Its runner died, and it could not be recovered: a sentence that says what the user can do. Null: it has a runner. */
  unrecovered: string | null;
  ending: Ending | null;
};

export type SystemSignal = 'SIGTERM' | 'SIGHUP';

export function isSameDirectory(a: DirectoryIdentity, b: DirectoryIdentity): boolean {
  const isBornWith = a.bornAt === null || b.bornAt === null || a.bornAt === b.bornAt;
  return a.device === b.device && a.inode === b.inode && isBornWith;
}
