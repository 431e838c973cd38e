// What the lease of a task needs, and what it offers: see task-lease.ts.

import type { LeaseDurations } from '../../core/lease/durations.ts';
import type { Lease } from '../../core/lease/lease.ts';
import type { Ownership } from '../../core/lease/ownership.ts';
import type { Seen } from '../../core/lease/seen.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { Clock } from '../../system/clock.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { HubLink } from './hub-link.ts';
import type { KnownTask } from './known-task.ts';

export type LeaseDeps = {
  link: HubLink;
  heartbeat: Pick<Heartbeat, 'onConfirmed' | 'confirmed' | 'problem'>;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** The clock of `core/lease/lease.ts`. */
  bootNow(): number;
  /** Random and never used before. */
  newId(): string;
  /** This machine's name in the hub. */
  machine: string;
  durations: LeaseDurations;
};

export type LeasedTask = {
  /** Its key in the hub. */
  key: string;
  /** Of a warden that lives, and the run that this machine last recorded; null if there is none. */
  held: { lease: Lease; run: RunRecord | null } | null;
  /** What another process of this machine has seen of it; null if it is not known. */
  seen: Seen | null;
  /** No other machine ever takes it: the lease does not end while the hub is away. See `holdsForGood`. */
  isPinned: boolean;
  /** Anything of the task's session, or a warden, lives on this machine. */
  codexLives(): boolean;
};

export type TaskLease = {
  ownership(): Ownership;
  known(): KnownTask | null;
  /** Why the hub took the last write of the lease not at all; null if that is not so. */
  refusal(): Error | null;
  /** Calls back after each fact. */
  onChange(listener: () => void): () => void;
  /** Whether this machine is to have the lease. It ends to be so when the lease is lost. */
  want(wants: boolean): void;
  /** Resolves when the hub has it; rejects when the lease is lost, or the hub will not take it. */
  record(run: RunRecord): Promise<void>;
  /** Whether nothing of it is under way, and the hub names another owner, or none. */
  isOver(): boolean;
  close(): void;
};
