// What a machine wants of a task's record, by what it has seen and what it holds, while no write is under way.

import type { Lease } from './lease.ts';
import type { LeaseRecord, LeaseWrite } from './lease-record.ts';
import type { Circumstances, Ownership } from './ownership.ts';
import { chanceToWrite, type Seen } from './seen.ts';

export type Intent =
  | { to: 'write'; write: LeaseWrite }
  /** To ask whether the owner is still silent. */
  | { to: 'ask' }
  | { to: 'wait'; until: number }
  | { to: 'do nothing' };

const nothing: Intent = { to: 'do nothing' };

export function intentOf({ seen, lease, write }: Ownership, around: Circumstances): Intent {
  if (seen === null || write !== null) return nothing;
  if (lease !== null) return asHolder(seen, lease, around);
  // A Codex that lives without a lease is ended first.
  return around.codexLives ? nothing : asTaker(seen, around);
}

/** At once: before the lease ends, no other machine may write. */
function asHolder(seen: Seen, { epoch, nonce, hubStart }: Lease, around: Circumstances): Intent {
  const { machine, wants, codexLives } = around;
  if (!wants && !codexLives) {
    return writing('release', { seen, around }, { owner: null, epoch, nonce: around.nonce });
  }
  if (hubStart === seen.hubStart) return nothing;
  return writing('confirm', { seen, around }, { owner: machine, epoch, nonce });
}

function asTaker(seen: Seen, around: Circumstances): Intent {
  const { machine, nonce, wants, isAlone, now, durations } = around;
  const { record } = seen.stored;
  // A claim that was given up may have been stored later. The task would be nobody's as long as this machine lives.
  const isForgotten = record?.owner === machine && !wants;
  if (record === null || !isAlone || !(wants || isForgotten)) return nothing;
  const chance = chanceToWrite(seen, machine, { now, ...durations });
  switch (chance.may) {
    case 'now':
      return isForgotten
        ? writing('release', { seen, around }, { owner: null, epoch: record.epoch, nonce })
        : writing('claim', { seen, around }, { owner: machine, epoch: record.epoch + 1, nonce });
    case 'not before':
      return { to: 'wait', until: chance.at };
    case 'ask':
      return { to: 'ask' };
    case 'never':
      return nothing;
  }
}

function writing(
  kind: LeaseWrite['kind'],
  { seen, around }: { seen: Seen; around: Circumstances },
  changed: Pick<LeaseRecord, 'owner' | 'epoch' | 'nonce'>,
): Intent {
  const { hubStart, stored } = seen;
  const record = { task: around.task, ...changed, hubStart };
  return { to: 'write', write: { kind, expected: stored.revision, record, sentAt: around.now } };
}
