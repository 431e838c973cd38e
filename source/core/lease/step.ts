// Connects facts and effects of the ownership of a task. Pure: the time comes with the circumstances.
//
// No answer is believed for more than what it says of the record. "Refused" may be the answer to the same message
// delivered twice, and silence says nothing. So the record is read, and only if the write is not there a new one is
// made, with a new nonce, on the same revision: of the two at most one can be stored, and the nonce says which.

import { intentOf, type Intent } from './intent.ts';
import type { LeaseDurations } from './durations.ts';
import { extended, hasEnded, type Lease } from './lease.ts';
import { outcome, type LeaseWrite } from './lease-record.ts';
import type {
  Circumstances,
  LeaseEffect,
  LeaseFact,
  Ownership,
  OwnershipNext,
} from './ownership.ts';
import { withHeartbeat, withRecord, type Seen } from './seen.ts';

export function step(ownership: Ownership, fact: LeaseFact, around: Circumstances): OwnershipNext {
  const now = told(lapsed(ownership, around), fact, around);
  const intent = intentOf(now, around);
  const after = intending(now, intent);
  const lookAt = nextLookAt(after, intent, around);
  const isDue = around.now >= lookAt;
  const looked = isDue ? { ...after, lookedAt: around.now } : after;
  const wakeAt = Math.min(
    isDue ? nextLookAt(looked, intent, around) : lookAt,
    intent.to === 'wait' ? intent.until : Infinity,
    looked.lease?.endsAt ?? Infinity,
  );
  const effects: LeaseEffect[] = [
    ...(intent.to === 'write' ? [{ do: 'write' as const, write: intent.write }] : []),
    ...(isDue ? look(looked, around) : []),
    { do: 'wake', at: wakeAt },
  ];
  return { ownership: looked, effects };
}

/** A lease that has ended is none. It cannot be confirmed any more: the task has to be claimed anew. */
function lapsed(ownership: Ownership, { now }: Circumstances): Ownership {
  const { lease, write } = ownership;
  if (lease === null || !hasEnded(lease, now)) return ownership;
  return { ...ownership, lease: null, write: write?.kind === 'confirm' ? null : write };
}

function told(ownership: Ownership, fact: LeaseFact, around: Circumstances): Ownership {
  const { seen, lease } = ownership;
  const { now, durations } = around;
  switch (fact.kind) {
    case 'record': {
      const after = withRecord(seen, fact, now);
      return stillHeld(settled({ ...ownership, seen: after }, after, around), after, around);
    }
    case 'heartbeat':
      return { ...ownership, seen: withHeartbeat(seen, fact, now) };
    case 'renewed': {
      // Another start of the hub may know nothing of the lease: the record is written anew first.
      if (lease === null || lease.hubStart !== fact.hubStart) return ownership;
      const confirmation = { ...lease, sentAt: fact.sentAt };
      return {
        ...ownership,
        lease: extended(lease, confirmation, { now, leaseMs: heldFor(durations) }),
      };
    }
    case 'time':
      return ownership;
  }
}

/** What became of the write under way. */
function settled(ownership: Ownership, seen: Seen, around: Circumstances): Ownership {
  const { write } = ownership;
  if (write === null) return ownership;
  switch (outcome(write, seen)) {
    case 'landed':
      return { ...ownership, write: null, lease: leaseAfter(write, ownership.lease, around) };
    case 'refused':
      return { ...ownership, write: null };
    case 'open':
      return hasNoAnswer(write, around) ? { ...ownership, write: null } : ownership;
  }
}

function leaseAfter(
  { kind, record, sentAt }: LeaseWrite,
  lease: Lease | null,
  { now, durations }: Circumstances,
): Lease | null {
  const { epoch, nonce, hubStart } = record;
  switch (kind) {
    case 'release':
      return null;
    case 'confirm':
      return lease === null
        ? null
        : extended(lease, { epoch, nonce, hubStart, sentAt }, { now, leaseMs: heldFor(durations) });
    case 'claim': {
      const claimed = { epoch, nonce, hubStart, endsAt: sentAt + heldFor(durations) };
      return hasEnded(claimed, now) ? null : claimed;
    }
  }
}

/**
 * A record that was written in the hub's present start, or one in the start that confirmed the lease, has to name the
 * lease: otherwise it is lost. A record of an earlier start may be outdated, and says nothing.
 */
function stillHeld(ownership: Ownership, seen: Seen, { machine }: Circumstances): Ownership {
  const { lease } = ownership;
  const { record } = seen.stored;
  const isOutdated = record?.hubStart !== seen.hubStart && lease?.hubStart !== seen.hubStart;
  if (lease === null || isOutdated) return ownership;
  const isHeld = record?.owner === machine && record.nonce === lease.nonce;
  return { ...ownership, lease: isHeld ? { ...lease, hubStart: seen.hubStart } : null };
}

/** Whoever has sent a release holds nothing: it may be stored at any time. */
function intending(ownership: Ownership, intent: Intent): Ownership {
  if (intent.to !== 'write') return ownership;
  const { write } = intent;
  return { ...ownership, write, lease: write.kind === 'release' ? null : ownership.lease };
}

/** Watches may be blind, a write without an answer, and the silence of an owner has to be confirmed. */
function nextLookAt(
  { seen, lookedAt, write }: Ownership,
  intent: Intent,
  { now, durations }: Circumstances,
): number {
  const { answerMs, lookMs } = durations;
  if (lookedAt === null) return now;
  const isUrgent = seen === null || intent.to === 'ask';
  const regularAt = lookedAt + (isUrgent ? answerMs : lookMs);
  if (write === null) return regularAt;
  return Math.min(regularAt, Math.max(write.sentAt, lookedAt) + answerMs);
}

function hasNoAnswer(write: LeaseWrite, { now, durations }: Circumstances): boolean {
  return now >= write.sentAt + durations.answerMs;
}

function look({ seen }: Ownership, { machine, wants }: Circumstances): LeaseEffect[] {
  const owner = seen?.stored.record?.owner ?? null;
  const ofOwner: LeaseEffect[] =
    owner === null || owner === machine || !wants ? [] : [{ do: 'read heartbeat', machine: owner }];
  return [{ do: 'read record' }, ...ofOwner];
}

function heldFor({ holdMs, leaseMs }: LeaseDurations): number {
  return holdMs ?? leaseMs;
}
