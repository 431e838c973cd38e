// The lease as a warden holds it: its own copy, which only what its runner wrote in time can extend.

import {
  extended,
  wardenDecision,
  type Lease,
  type WardenDecision,
} from '../../core/lease/lease.ts';
import { bootClock } from '../boot-clock.ts';
import { leaseAt } from '../state/lease/lease-file.ts';
import type { LeaseWatch } from './request.ts';

export type HeldLease = {
  /** By the own copy. After the first `kill` it is always that. */
  decide(): WardenDecision;
  /** Looks at the file, and then decides; at once where the copy has ended, and while an earlier look still waits for the disk. */
  look(): Promise<WardenDecision>;
};

/** Reads it first. `read` is for tests. */
export async function holdLease(
  { path, interruptMs }: Pick<LeaseWatch, 'path' | 'interruptMs'>,
  read = leaseAt,
): Promise<HeldLease> {
  let held: Lease | null = await read(path);
  let isReading = false;
  const decide = (): WardenDecision => {
    const decision =
      held === null ? 'kill' : wardenDecision(held, { now: bootClock(), interruptMs });
    if (decision === 'kill') held = null;
    return decision;
  };
  return {
    decide,
    look: async () => {
      if (isReading || decide() === 'kill') return decide();
      isReading = true;
      const found = await read(path);
      isReading = false;
      held = held && found && following(held, found);
      return decide();
    },
  };
}

/** What is of another claim does not extend it. `endsAt` is already that of a confirmation. */
function following(held: Lease, { endsAt: sentAt, ...found }: Lease): Lease {
  return extended(held, { ...found, sentAt }, { now: bootClock(), leaseMs: 0 });
}
