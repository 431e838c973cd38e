// The lease in the task's state directory follows the one in memory: the warden ends Codex by it. One write at a time, and
// the newest wins.

import type { Lease } from '../../core/lease/lease.ts';
import { serially } from '../serially.ts';

export type LeaseFile = {
  write(lease: Lease): Promise<void>;
  /** Only while no Codex and no warden of the task lives. */
  remove(): Promise<void>;
};

type LeaseCopy = {
  /** Resolves when the file is at least as new. Rejects with the system's error: then what was there holds. */
  follow(lease: Lease): Promise<void>;
  remove(): Promise<void>;
};

export function copyLease(file: LeaseFile): LeaseCopy {
  let wanted: Lease | null = null;
  let written: Lease | null = null;
  const write = serially(async () => {
    if (wanted === written) return;
    const next = wanted;
    if (next === null) await file.remove();
    else await file.write(next);
    written = next;
  });
  return {
    follow: (lease) => {
      if (isSame(wanted, lease) && wanted === written) return Promise.resolve();
      wanted = lease;
      return write();
    },
    remove: () => {
      wanted = null;
      return write();
    },
  };
}

function isSame(one: Lease | null, other: Lease): boolean {
  return (
    one?.nonce === other.nonce && one.endsAt === other.endsAt && one.hubStart === other.hubStart
  );
}
