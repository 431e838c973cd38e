// The ownership of one task on one machine: what this machine has seen, what it holds, and the write whose outcome it does
// not know; what can happen to it (LeaseFact), and what is to be done about it (LeaseEffect). `step` connects them.

import type { LeaseDurations } from './durations.ts';
import type { Lease } from './lease.ts';
import type { LeaseWrite } from './lease-record.ts';
import type { HeartbeatNews, RecordNews, Seen } from './seen.ts';

export type Ownership = {
  seen: Seen | null;
  /** Codex may start and live while there is one that has not ended. Codex without one is ended at once. */
  lease: Lease | null;
  write: LeaseWrite | null;
  /** When the hub was last asked, with `read record`. */
  lookedAt: number | null;
};

/** `lease`: that of a warden that lives, when its engine starts anew. An engine without a warden holds nothing. */
export function beginOwnership(lease: Lease | null): Ownership {
  return { seen: null, lease, write: null, lookedAt: null };
}

export type LeaseFact =
  /** Also after a write: that it was stored is told as the record that is now there. */
  | ({ kind: 'record' } & RecordNews)
  | ({ kind: 'heartbeat' } & HeartbeatNews)
  /** The hub has stored this machine's own heartbeat. `sentAt`: before it was sent. */
  | { kind: 'renewed'; hubStart: string; sentAt: number }
  /** Time has passed, or something in the circumstances has changed. */
  | { kind: 'time' };

export type Circumstances = {
  task: string;
  machine: string;
  /** By the clock of `lease.ts`. */
  now: number;
  /** Random and never used before: for the write that this step may make. */
  nonce: string;
  /** This machine has a place for the task. */
  wants: boolean;
  /** No other machine takes part in the hub under this one's name: by the record alone it could not tell the two apart. */
  isAlone: boolean;
  /** Anything of the task's session lives on this machine, or a warden that may still start it. */
  codexLives: boolean;
  durations: LeaseDurations;
};

export type LeaseEffect =
  | { do: 'read record' }
  | { do: 'read heartbeat'; machine: string }
  /** If it is refused, read the record. If nothing is heard of it, do nothing: it is asked for. */
  | { do: 'write'; write: LeaseWrite }
  /** Tell `time` then. Being woken once more changes nothing. */
  | { do: 'wake'; at: number };

export type OwnershipNext = { ownership: Ownership; effects: readonly LeaseEffect[] };
