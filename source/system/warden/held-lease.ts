// The lease as a warden holds it: its own copy, which only what its runner wrote in time can extend.

import {
  extended,
  wardenDecision,
  type Lease,
  type WardenDecision,
} from '../../core/lease/lease.ts';
import { bootClock } from '../boot-clock.ts';
import { readLease } from '../state/lease/lease-file.ts';
import type { LeaseWatch } from './request.ts';

export type HeldLease = {
  /** Reads the file and decides. After the first `kill` it is always that. */
  decide(): WardenDecision;
};

export function holdLease({ path, interruptMs }: LeaseWatch): HeldLease {
  let held: Lease | null = readLease(path);
  return {
    decide: () => {
      if (held === null) return 'kill';
      const [found, now] = [readLease(path), bootClock()];
      // A file that is gone ends the lease; one of another claim does not extend it.
      held = found === null ? null : following(held, found, now);
      const decision = held === null ? 'kill' : wardenDecision(held, { now, interruptMs });
      if (decision === 'kill') held = null;
      return decision;
    },
  };
}

/** `endsAt` is already that of a confirmation. */
function following(held: Lease, { endsAt: sentAt, ...found }: Lease, now: number): Lease {
  return extended(held, { ...found, sentAt }, { now, leaseMs: 0 });
}
