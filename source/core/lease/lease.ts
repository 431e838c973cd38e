// A confirmed lease, as its machine holds it: the engine decides by it whether Codex may start, the warden when Codex
// ends. Both keep their own copy and extend it by the same rule.
//
// All times are ms on a clock of this machine that counts sleep and that setting the date does not change (`bootClock`; not
// `performance.now()`, which stands still while the machine sleeps). A lease does not survive a reboot.

import type { LeaseDurations } from './durations.ts';

export type Lease = {
  epoch: number;
  nonce: string;
  /** The start of the hub that confirmed it last. */
  hubStart: string;
  /** Nothing that the hub has not confirmed extends it. */
  endsAt: number;
};

/** The hub has stored something that proves the lease: a heartbeat, or the record. */
type Confirmation = {
  epoch: number;
  nonce: string;
  hubStart: string;
  /** Before it was sent: the takers count from when they saw it, and the answer may have taken long. */
  sentAt: number;
};

/**
 * The lease, up to `sentAt + leaseMs`. It stays as it is when
 *
 * - epoch or nonce are those of another claim: a stale answer, or one for the claim before.
 * - the answer is from before the last one: it would end earlier.
 * - it has ended, even if `sentAt + leaseMs` is still to come. A taker may have found the silence long enough before this
 *   heartbeat arrived. Its claim, on the exact revision of the record, may arrive at any time after, and a heartbeat does
 *   not change that revision. So a lease that has ended is claimed anew, which does. (If a heartbeat were a
 *   compare-and-set on the record itself, a late answer would prove that nobody took the task, and might count. It is not:
 *   a machine writes one heartbeat, not one for each task.)
 */
export function extended(
  lease: Lease,
  confirmation: Confirmation,
  { now, leaseMs }: { now: number; leaseMs: number },
): Lease {
  const { epoch, nonce, hubStart, sentAt } = confirmation;
  if (epoch !== lease.epoch || nonce !== lease.nonce || hasEnded(lease, now)) return lease;
  return { ...lease, hubStart, endsAt: Math.max(lease.endsAt, sentAt + leaseMs) };
}

export function hasEnded({ endsAt }: Lease, now: number): boolean {
  return now >= endsAt;
}

/**
 * What the warden does at each look, and before it starts Codex. `interrupt` (SIGINT): Codex ends in a fraction of a
 * second and its conversation can be resumed. `kill` (SIGKILL to the group): there is no time for anything else.
 */
type WardenDecision = 'let it work' | 'interrupt' | 'kill';

export function wardenDecision(
  lease: Lease,
  { now, interruptMs }: { now: number } & Pick<LeaseDurations, 'interruptMs'>,
): WardenDecision {
  if (hasEnded(lease, now)) return 'kill';
  return now >= lease.endsAt - interruptMs ? 'interrupt' : 'let it work';
}
