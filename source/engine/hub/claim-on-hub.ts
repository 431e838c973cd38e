// The claim of a task at the hub. It is this machine's when the hub has confirmed the lease and the warden's file has it; it
// is another one's if that gives a sign of life meanwhile. A machine that is gone gives none, so its tasks are free after
// the time of a lease and its margin.

import { newerRecordSentence, noHubTaskSentence } from '../../core/hub/claim-sentences.ts';
import { hasEnded, type Lease } from '../../core/lease/lease.ts';
import { holdsForGood, isFor, type TaskOffer } from '../../core/hub/task-offer.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { Claim } from '../coordination/coordination.ts';
import { taskOf, type KnownTask } from './known-task.ts';
import { copyLease, type LeaseFile } from './lease-copy.ts';
import type { LeaseDeps, LeasedTask, TaskLease } from './leased-task.ts';
import { leaseTask } from './task-lease.ts';

export type HubClaim = Claim & {
  /** Codex may start and live while there is one that has not ended. */
  heldLease(): Lease | null;
  /** What the owner before recorded last; null if the task has not run. */
  recorded: RunRecord | null;
  /** What the task is, for a machine that has not worked on it. */
  offer: TaskOffer | null;
  /** Resolves when the lease is lost: the task may be another machine's, and nothing of it may go on here. */
  lost: Promise<void>;
  /** Resolves when the hub has the release. A process that ends before leaves the task to its own machine. */
  released: Promise<void>;
  /** Waits for the hub no more: there, this machine stays the owner. */
  giveUp(): void;
};

type ClaimDeps = LeaseDeps & {
  leaseFile: LeaseFile;
  patienceMs?: number;
  /**
   * Called once nothing of the claim is under way any more, whatever became of it. Before, no other claim of the task may
   * begin on this machine: this one would release it, as one that was given up.
   */
  onOver(): void;
};

/** A hub that cannot be reached for so long is said to the user. */
const hubPatienceMs = 10_000;

/** Null while the task is another machine's. Rejects with a sentence if the hub cannot be used, or its record not be read. */
export async function claimOnHub(deps: ClaimDeps, task: LeasedTask): Promise<HubClaim | null> {
  const lease = leaseTask(deps, task);
  const file = copyLease(deps.leaseFile);
  try {
    const found = await decided(deps, { lease, file, machine: deps.machine });
    if (found !== null) {
      const claim = claimOf(deps, { lease, file, ...found });
      if (isAsSeen(task, deps.machine, found.offer)) return claim;
      claim.release();
      return null;
    }
  } catch (error) {
    endLater(lease, deps.onOver);
    throw error;
  }
  endLater(lease, deps.onOver);
  return null;
}

/** Its pin may have been given or taken back since a worker looked, and who holds a pinned task holds it without end. */
function isAsSeen({ isPinned }: LeasedTask, machine: string, offer: TaskOffer | null): boolean {
  if (offer !== null && !isFor(machine, offer)) return false;
  return holdsForGood(machine, offer) === isPinned;
}

/** A claim that was given up may still be stored: the task would be nobody's. So it is released then. */
function endLater(lease: TaskLease, onOver: () => void): void {
  lease.onChange(() => {
    if (!lease.isOver()) return;
    lease.close();
    onOver();
  });
  lease.want(false);
}

type Owner = { hubStart: string; machine: string; revision: number; heartbeat: number | null };

function decided(
  { clock, link, heartbeat, bootNow, patienceMs = hubPatienceMs }: ClaimDeps,
  {
    lease,
    file,
    machine,
  }: { lease: TaskLease; file: ReturnType<typeof copyLease>; machine: string },
): Promise<Pick<HubClaim, 'recorded' | 'offer'> | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Pick<
    HubClaim,
    'recorded' | 'offer'
  > | null>();
  let owner: Owner | null = null;
  let isOver = false;
  const end = (tell: () => void): void => {
    if (isOver) return;
    isOver = true;
    stopListening();
    cancelPatience();
    tell();
  };

  const look = (): void => {
    const known = lease.known();
    const held = lease.ownership().lease;
    if (held !== null && lease.ownership().seen !== null && !hasEnded(held, bootNow())) {
      const { run: recorded = null, offer = null } = taskOf(known) ?? {};
      // Codex is started under this lease next, and the warden reads the file.
      return end(() => {
        file.follow(held).then(() => resolve({ recorded, offer }), reject);
      });
    }
    const refusal = lease.refusal() ?? unreadable(known);
    if (refusal !== null) return end(() => reject(refusal));
    const now = ownerIn(lease, machine);
    if (isAlive(owner, now)) return end(() => resolve(null));
    owner =
      now === null || owner?.hubStart !== now.hubStart ? now : { ...now, ...seenFirst(owner, now) };
  };

  const stopListening = lease.onChange(look);
  const cancelPatience = clock.wakeAt(clock.now() + patienceMs, () => {
    const isSeen = lease.ownership().seen !== null;
    const problem = isSeen
      ? heartbeat.problem()
      : (link.problem() ?? noHubTaskSentence('no answer'));
    if (problem !== null) end(() => reject(new Error(problem)));
  });
  lease.want(true);
  look();
  return promise;
}

function ownerIn(lease: TaskLease, machine: string): Owner | null {
  const { seen } = lease.ownership();
  const record = seen?.stored.record ?? null;
  if (seen === null || record === null || record.owner === null || record.owner === machine)
    return null;
  const { hubStart, stored, heartbeat } = seen;
  return {
    hubStart,
    machine: record.owner,
    revision: stored.revision,
    heartbeat: heartbeat?.revision ?? null,
  };
}

function seenFirst(before: Owner, now: Owner): Pick<Owner, 'revision' | 'heartbeat'> {
  return { revision: before.revision, heartbeat: before.heartbeat ?? now.heartbeat };
}

/** It has written something since it was first seen here. */
function isAlive(before: Owner | null, now: Owner | null): boolean {
  if (before === null || now === null || before.hubStart !== now.hubStart) return false;
  if (before.machine !== now.machine || now.revision > before.revision) return true;
  return before.heartbeat !== null && now.heartbeat !== null && now.heartbeat > before.heartbeat;
}

function unreadable(known: KnownTask | null): Error | null {
  const kind = known?.found.kind ?? 'read';
  return kind === 'read'
    ? null
    : new Error(kind === 'newer' ? newerRecordSentence : noHubTaskSentence(kind));
}

function claimOf(
  { bootNow, onOver }: ClaimDeps,
  {
    lease,
    file,
    recorded,
    offer,
  }: { lease: TaskLease; file: ReturnType<typeof copyLease> } & Pick<
    HubClaim,
    'recorded' | 'offer'
  >,
): HubClaim {
  const lost = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isReleased = false;
  let isClosed = false;
  const follow = (): void => {
    const held = lease.ownership().lease;
    // If the file cannot be written, the warden goes by the one before, and ends Codex in time.
    if (held !== null) file.follow(held).catch(() => {});
    if (held === null && !isReleased) lost.resolve();
    if (isReleased && lease.isOver()) end();
  };
  const end = (): void => {
    if (isClosed) return;
    isClosed = true;
    lease.close();
    file
      .remove()
      .catch(() => {})
      .finally(() => {
        released.resolve();
        onOver();
      });
  };
  lease.onChange(follow);
  follow();
  return {
    record: (record) => lease.record(record),
    release: () => {
      isReleased = true;
      lease.want(false);
      follow();
    },
    heldLease: () => {
      const { lease: held } = lease.ownership();
      return held === null || hasEnded(held, bootNow()) ? null : held;
    },
    recorded,
    offer,
    lost: lost.promise,
    released: released.promise,
    giveUp: end,
  };
}
