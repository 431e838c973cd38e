// The deps of a runner: everything it uses outside itself is passed in. Production passes the real ones, tests
// pass strict fakes and a clock that they advance.

import type { JsonObject } from '../../core/json/json.ts';
import type { LogEvent } from '../../core/codex/log-event.ts';
import type { Predecessor } from '../../core/limits/limits.ts';
import type { NotifyDocument } from '../../core/notify/events.ts';
import type { ThreadWriter } from '../../core/failure/in-use.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import type { Ending } from '../../core/run/run.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { Announcement } from '../../core/run/run.ts';
import type { ConfiguredOptions, TaskOptions } from '../../core/task/options.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { Clock } from '../../system/clock.ts';
import type { CodexSurroundings } from '../../system/codex-surroundings.ts';
import type { CodexStart, StartedCodex } from '../../system/process/codex-process.ts';
import type { LogIdentity, SessionProcesses } from '../../system/process/session-processes.ts';
import type { CopiedSession, Found, LogCopy } from '../../system/copy/log-copy.ts';
import type { LogTail, TailOptions } from '../../system/log/tail.ts';
import type { Check } from '../../core/check/check.ts';
import type { FileDifference } from '../../core/check/touched-files.ts';
import type { ConfigurationDigests, TreeName } from '../../core/stage/tree.ts';
import type { CheckpointRequest } from '../../system/checkpoint/project-checkpoints.ts';
import type { Tree } from '../../system/git/tree-kind.ts';
import type { CheckRun, RunningCheck } from '../../system/check/run-check.ts';
import type { StateLocation } from '../../system/state/moved-state.ts';
import type { Coordination } from '../coordination/coordination.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { ForeignOwner } from '../../system/files/own-directory.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import type { WatchDirectory } from '../../system/watch.ts';

export type CodexDeps = {
  start(start: CodexStart): Promise<StartedCodex>;
  isAlive(identity: ProcessIdentity): Promise<boolean>;
  /** Whether Codex itself is alive: its launcher or its own process, not what its commands and helpers left running. */
  codexLives(session: SessionProcesses & { log: LogIdentity }): Promise<boolean>;
  signalSession(session: SessionProcesses, signal: NodeJS.Signals): Promise<void>;
  /** Whether processes that the session's commands started are alive. */
  commandsLive(session: SessionProcesses): Promise<boolean>;
  /** The processes that work in a conversation, as far as the system shows them. */
  writersOf(threadId: string): Promise<ThreadWriter[]>;
  /** What its app server tells of the account's usage windows; null if nothing. Never rejects. */
  readRateLimits(codex: string, signal: AbortSignal): Promise<JsonObject | null>;
  sweepSession(session: SessionProcesses, graceMs: number): Promise<number>;
  /** Kills what is alive of the session, without waiting for anything. */
  killNow(session: SessionProcesses): void;
};

/** The directory where the task's sessions work. */
export type Workplace = {
  path: string;
  surroundings?: CodexSurroundings;
  /** What the user should know of it, one sentence each. */
  notes?: readonly string[];
};

export type RunnerDeps = {
  clock: Clock;
  task: TaskDirectory;
  state: StateDirectory;
  stateLocation: StateLocation;
  machine: MachineDirectory;
  coordination: Coordination;
  /** Why its runs are not started by this runner, a sentence; null if they are. Asked once the task is claimed. */
  whyNotHere(): string | null;
  codex: CodexDeps;
  tailLog(path: string, options: TailOptions): LogTail;
  /** The same of what Codex writes in a session, which is held open. */
  tailOutput(uuid: string): Pick<LogTail, 'read' | 'close'>;
  /** The same of Codex's own record of a conversation, which may come later. */
  tailRollout(threadId: string): Pick<LogTail, 'read' | 'close'>;
  copyLog(session: CopiedSession, found: Found): LogCopy;
  /**
   * The workplace of the run; it adds the task's worktree if there is to be one. Call it first, with the task's locks: what
   * follows is about the files there.
   */
  enterWorkplace(request: RunRequest): Promise<Workplace | { problem: string }>;
  /** The project's files as they are now; null if they cannot be looked at. */
  takeTree(): Promise<Tree | null>;
  /** What differs between two trees of the project; nothing where that cannot be told. */
  filesBetween(from: TreeName, to: TreeName): Promise<readonly FileDifference[]>;
  /** Arguments with which Codex trusts no directory that the sessions' project lies in. */
  neverTrusted(): Promise<readonly string[]>;
  /** What the task changed since it began, cut to what a Reviewer can read; null where that cannot be told. */
  taskDiff(): Promise<string | null>;
  /** Keeps a tree of the files, with the list and notes, as a checkpoint. The problem, or null. */
  keepCheckpoint(request: CheckpointRequest): Promise<string | null>;
  /** Removes the checkpoints of other tasks of the project that are over for longer than that; answers which. */
  pruneCheckpoints(keptMs: number): Promise<readonly string[]>;
  /** Commits a tree of the files on the branch of the task's worktree. The problem, or null. */
  commitSession(commit: { tree: string; message: string }): Promise<string | null>;
  /** Whether the task's worktree was prepared for work, and notes that it is: another one in its place is not. */
  isPrepared(): Promise<boolean>;
  notePrepared(): Promise<void>;
  /** Why sessions of this Codex can change the repository itself; null if they cannot. */
  whyGitIsOpen(codex: string): Promise<string | null>;
  /** Digests of what decides how Codex and git work in this project. */
  configurationDigests(): Promise<ConfigurationDigests>;
  /** The other tasks whose sessions worked in the project since then, epoch ms. */
  othersWorkedSince(at: number): readonly string[];
  runCheck(run: CheckRun): RunningCheck;
  /** How another task of the project is. */
  predecessor(name: string): Promise<Predecessor>;
  /** Runs the user's notify command. The problem, or null; never rejects. */
  notify(command: readonly string[], document: NotifyDocument): Promise<string | null>;
  /** Marks the processes of checks before the first session: a UUID of the task's own. */
  taskMarker: string;
  watchDirectory: WatchDirectory;
  /** A sentence naming the full disk among those that a session needs; null if all have space. */
  fullDisk(): Promise<string | null>;
  /** This process. */
  self: ProcessIdentity;
  newUuid(): string;
};

/** The request to start a run. It comes from flags and the user's configuration, never from the project. */
export type RunRequest = {
  /** The project's real path. */
  project: string;
  task: string;
  /** Where its sessions work, if that is a worktree. */
  workplace?: string;
  /** Written to task.json for a new task; null to continue one. */
  description: string | null;
  /** Absolute path. */
  codex: string;
  /** Kept for the task; what each session is started with. */
  options: TaskOptions;
  /** What the configuration says where the task's options say nothing. Default: nothing. */
  configured?: ConfiguredOptions & { checks: readonly Check[]; review: boolean };
  /** Commands that must pass before the task is done. */
  checks: readonly Check[];
  /** Absent in tests of the run alone. */
  surroundings?: CodexSurroundings;
  sandbox: Sandbox;
  /** Whether directories that belong to another user are used as they are. Default: refused. */
  foreignOwner?: ForeignOwner;
  settings: RunSettings;
  resumeLast: boolean;
  /** Recovers a run whose runner vanished: its pause and its counts carry over. */
  recovers: boolean;
};

/** Hears what happens in a run, so that a headless run can print it. */
export type RunListener = {
  announced(announcement: Announcement): void;
  threadSaved(threadId: string): void;
  /** A line of the running session. `at` is when it was read. */
  logged(event: LogEvent, where: { offset: number; at: number }): void;
  ended(ending: Ending): void;
};

export const silentListener: RunListener = {
  announced: () => {},
  threadSaved: () => {},
  logged: () => {},
  ended: () => {},
};
