// What a machine has seen of a task at the hub, and when on its own clock; and whether the task is free by that. No clock
// of another machine and no time that somebody wrote counts.
//
// The proof of a silence has two halves. The record and its owner's heartbeat stayed as they are for lease + margin; and
// then, asked once more, the hub still has that heartbeat. A machine that was asleep or cut off has seen nothing new
// either, so the first half alone proves nothing. After both, the owner's lease has ended, and by the rule of `extended`
// only a write to the record can give it another, which makes a claim on the old revision fail. So the claim may arrive
// as late as it likes.

import type { LeaseDurations } from './durations.ts';
import type { Stored } from './lease-record.ts';

export type Seen = {
  hubStart: string;
  stored: Stored;
  /** When this revision was first seen. */
  storedSeenAt: number;
  /** Of the record's owner; null until the hub was asked, and for a task without owner. */
  heartbeat: HeartbeatSeen | null;
};

type HeartbeatSeen = {
  /** 0 if the machine has never written one. */
  revision: number;
  /** When this revision was first seen. */
  seenAt: number;
  /** When the last request was sent that was answered with this revision; null if it came by a watch only. */
  askedAt: number | null;
};

export type RecordNews = { hubStart: string; stored: Stored };

export type HeartbeatNews = {
  hubStart: string;
  machine: string;
  /** The hub's, not a number in it: that of a heartbeat that arrives late or twice is a new one, too. */
  revision: number;
  /** When the hub was asked for it, by this machine's clock; null if a watch told it. */
  askedAt: number | null;
};

/** Another start of the hub: all that was seen before may be undone, so every silence begins anew. */
export function withRecord(seen: Seen | null, { hubStart, stored }: RecordNews, now: number): Seen {
  if (seen === null || seen.hubStart !== hubStart) {
    return { hubStart, stored, storedSeenAt: now, heartbeat: null };
  }
  // News that were overtaken on the way.
  if (stored.revision <= seen.stored.revision) return seen;
  const sameOwner = stored.record?.owner === seen.stored.record?.owner;
  return { hubStart, stored, storedSeenAt: now, heartbeat: sameOwner ? seen.heartbeat : null };
}

/** Null if the hub has another start than what was seen: the record has to be read anew. */
export function withHeartbeat(seen: Seen | null, news: HeartbeatNews, now: number): Seen | null {
  if (seen === null || seen.hubStart !== news.hubStart) return null;
  if (seen.stored.record?.owner !== news.machine) return seen;
  const { revision, askedAt } = news;
  const { heartbeat } = seen;
  if (heartbeat === null || revision > heartbeat.revision) {
    return { ...seen, heartbeat: { revision, seenAt: now, askedAt } };
  }
  if (revision < heartbeat.revision || askedAt === null) return seen;
  const lastAskedAt = Math.max(heartbeat.askedAt ?? askedAt, askedAt);
  return { ...seen, heartbeat: { ...heartbeat, askedAt: lastAskedAt } };
}

/** `ask`: for the heartbeat of the owner. */
type Chance =
  { may: 'now' } | { may: 'not before'; at: number } | { may: 'ask' } | { may: 'never' };

/**
 * Whether a machine that does not hold the task, and on which no Codex lives for it, may write its record: to claim it, or
 * to release what it has itself claimed.
 *
 * A task without owner, or with this machine as the owner, is free at once: whoever wrote that has ended its Codex, or is
 * asked here. But not if it was written in an earlier start of the hub: then the hub may have come back older, and
 * somebody holds the task of whom it knows nothing. Such a holder writes its lease anew within its lease, or has ended.
 */
export function chanceToWrite(
  { hubStart, stored, storedSeenAt, heartbeat }: Seen,
  machine: string,
  { now, leaseMs, marginMs }: { now: number } & Pick<LeaseDurations, 'leaseMs' | 'marginMs'>,
): Chance {
  const { record } = stored;
  if (record === null) return { may: 'never' };
  const waitMs = leaseMs + marginMs;
  if (record.owner === null || record.owner === machine) {
    const at = record.hubStart === hubStart ? storedSeenAt : storedSeenAt + waitMs;
    return now >= at ? { may: 'now' } : { may: 'not before', at };
  }
  if (heartbeat === null) return { may: 'ask' };
  const at = Math.max(storedSeenAt, heartbeat.seenAt) + waitMs;
  if (now < at) return { may: 'not before', at };
  return heartbeat.askedAt !== null && heartbeat.askedAt >= at ? { may: 'now' } : { may: 'ask' };
}
