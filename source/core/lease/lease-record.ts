// What the hub holds of a task, as far as ownership goes, and how a change of it is written. All changes are
// compare-and-set on the exact revision. So of two machines that write on what both have read, one is refused.
//
// `hubStart` is one start of the server: a random name that the server draws each time it starts (measured: `server_id` of
// nats-server 2.9.10, three starts on one store under one name). Within one start revisions only grow. After another one
// the hub may come back with an older state, where a revision that was seen before stands for something else.
//
// What the rules ask of an adapter:
//
// - Each answer comes with the start that it is from, and in the order of the connections.
// - A write is never sent on a connection to another start than the one that it names, as a client does that keeps what it
//   could not send for the next connection.
// - A read shows what was last written: it is not answered by a replica.
// - No two machines of a hub have the same name.

export type LeaseRecord = {
  task: string;
  /** The machine; null after a release, and before the first claim. */
  owner: string | null;
  /** Grows by one with each claim. After the hub came back older, an epoch may be given again: the nonce differs. */
  epoch: number;
  /** Random, drawn for each claim and each release: who does not know what became of a write finds it by this. */
  nonce: string;
  /** The start of the hub in which this was written. If the hub has another one now, this may be outdated. */
  hubStart: string;
};

/** `revision`: 0 if the hub has never had a record, as the hub counts. */
export type Stored = { record: LeaseRecord | null; revision: number };

/** A write that was sent and whose outcome is unknown. */
export type LeaseWrite = {
  /** `confirm`: a lease that goes on is written anew, because the hub has another start. */
  kind: 'claim' | 'confirm' | 'release';
  /** Refused unless the hub has exactly this revision. */
  expected: number;
  record: LeaseRecord;
  sentAt: number;
};

/**
 * What became of a write, by what the hub holds now. An answer "refused" says less: it may be that of the same message
 * delivered twice. `open`: it may still arrive, or be lost.
 */
export function outcome(
  write: LeaseWrite,
  { hubStart, stored }: { hubStart: string; stored: Stored },
): 'landed' | 'refused' | 'open' {
  if (hubStart !== write.record.hubStart) return 'refused';
  const { record, revision } = stored;
  if (record !== null && isSame(record, write.record)) return 'landed';
  return revision > write.expected ? 'refused' : 'open';
}

function isSame(one: LeaseRecord, other: LeaseRecord): boolean {
  return one.nonce === other.nonce && one.owner === other.owner && one.hubStart === other.hubStart;
}
