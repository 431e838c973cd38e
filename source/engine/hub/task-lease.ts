// The lease of one task on this machine: carries out what `core/lease/step` decides, with the hub. Where the task's run is
// stands in the same record, so each write of the one carries the other on.
//
// The rules of `core/lease/lease-record.ts` are held so:
// - A fact is heard only while the connection that it came on is the present one, with the start that this was made to.
// - A write is sent on the present connection only, and only if that was made to the start that the write names.
// - After a write of unknown outcome the record is read. Nothing is sent again under a name that was used.

import { pinnedDurations } from '../../core/lease/durations.ts';
import { hasEnded, type Lease } from '../../core/lease/lease.ts';
import type { LeaseWrite } from '../../core/lease/lease-record.ts';
import { beginOwnership, type LeaseEffect, type LeaseFact } from '../../core/lease/ownership.ts';
import { step } from '../../core/lease/step.ts';
import { hubMachineKey } from '../../core/hub/hub-names.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { HubConnection } from '../../system/hub/hub-connection.ts';
import { followRecord, isFinal } from './hub-record.ts';
import { storedOf, taskOf } from './known-task.ts';
import { isAlone } from './heartbeat.ts';
import type { LeaseDeps, LeasedTask, TaskLease } from './leased-task.ts';
import { copyRun } from './run-copy.ts';

export function leaseTask(
  deps: LeaseDeps,
  { key, held, seen, isPinned, codexLives }: LeasedTask,
): TaskLease {
  const { link, heartbeat, clock, bootNow, newId, machine } = deps;
  const durations = isPinned ? pinnedDurations(deps.durations) : deps.durations;
  const listeners = new Set<() => void>();
  const run = copyRun();
  /** What this machine recorded last, and under which claim: also after the lease. */
  let own = held === null ? null : { nonce: held.lease.nonce, run: held.run };
  let ownership = beginOwnership(held?.lease ?? null);
  let refusal: Error | null = null;
  let wants = held !== null;
  let isClosed = false;
  let wake = { at: Infinity, cancel: (): void => {} };
  /** A record of the run whose outcome is unknown: what is there is read first. */
  let isRunOpen = false;

  if (held !== null) run.begin(held.run);

  /** `connection`: that on which it came. */
  function tell(fact: LeaseFact, connection?: HubConnection): void {
    if (isClosed || (connection !== undefined && connection !== link.current())) return;
    const before = ownership.lease;
    const now = bootNow();
    // It is claimed anew only by who knows that nothing of the task lives here.
    if (before !== null && hasEnded(before, now)) wants = false;
    const around = {
      task: key,
      machine,
      now,
      nonce: newId(),
      wants,
      isAlone: isAlone(deps),
      codexLives: codexLives(),
      durations,
    };
    const next = step(ownership, fact, around);
    ownership = next.ownership;
    const releases = before === null ? null : own;
    follow(before, ownership.lease);
    for (const effect of next.effects) carryOut(effect, releases);
    copy();
    for (const listener of [...listeners]) listener();
  }

  function follow(before: Lease | null, now: Lease | null): void {
    if (before !== null && now === null) {
      run.end();
      wants = false;
    }
    if (now === null || before?.nonce === now.nonce) return;
    own = { nonce: now.nonce, run: taskOf(record.known())?.run ?? null };
    run.begin(own.run);
  }

  const record = followRecord({
    ...{ link, key },
    onNews: (connection, news, isFirst) => {
      const written = taskOf(record.known())?.written;
      if (written !== undefined) run.stored(written);
      // Not before: who claims has to know the run that stands in the record.
      if (isFirst) ownership = { ...ownership, seen };
      tell({ kind: 'record', hubStart: connection.hubStart, stored: storedOf(news) }, connection);
    },
    onLook: () => {
      isRunOpen = false;
    },
  });

  /** `releases`: what this machine recorded under the lease that a release gives back. */
  function carryOut(effect: LeaseEffect, releases: { run: RunRecord | null } | null): void {
    const connection = link.current();
    switch (effect.do) {
      case 'wake':
        return wakeAt(effect.at);
      case 'read record':
        return void record.look();
      case 'read heartbeat':
        return void readHeartbeat(connection, effect.machine);
      case 'write':
        return void writeLease(connection, effect.write, runFor(effect.write.kind, releases));
    }
  }

  async function readHeartbeat(connection: HubConnection | null, owner: string): Promise<void> {
    if (connection === null) return;
    const askedAt = bootNow();
    try {
      const { revision } = await connection.read('machines', hubMachineKey(owner));
      const { hubStart } = connection;
      tell({ kind: 'heartbeat', hubStart, machine: owner, revision, askedAt }, connection);
    } catch {
      // It is asked for again.
    }
  }

  /** Whoever claims goes on from what is there; whoever holds it knows better than a hub that came back older. */
  function runFor(
    kind: LeaseWrite['kind'],
    releases: { run: RunRecord | null } | null,
  ): RunRecord | null {
    const there = taskOf(record.known());
    const isStillOwn = own !== null && there?.lease.nonce === own.nonce;
    const better = kind === 'claim' ? null : (releases ?? (isStillOwn ? own : null));
    return better === null ? (there?.run ?? null) : better.run;
  }

  async function writeLease(
    connection: HubConnection | null,
    { kind, expected, record: lease }: LeaseWrite,
    newest: RunRecord | null,
  ): Promise<void> {
    if (connection === null || connection.hubStart !== lease.hubStart) return;
    const written = newId();
    if (kind !== 'claim') run.sent(written);
    const { offer = null, continued = null } = taskOf(record.known()) ?? {};
    const task = { lease, written, run: newest, offer, continued };
    try {
      await record.write(connection, task, expected);
      refusal = null;
    } catch (error) {
      if (isFinal(error)) refusal = error;
      tell({ kind: 'time' });
    }
  }

  /** Writes the run's newest record, while the lease is not about to change. */
  function copy(): void {
    const { lease, seen, write: leaseWrite } = ownership;
    const connection = link.current();
    const known = record.known();
    const task = taskOf(known);
    const newest = run.newest();
    if (connection === null || lease === null || seen === null || task === null) return;
    if (newest === null || !run.isDue() || isRunOpen || leaseWrite !== null) return;
    const isPresent = [connection.hubStart, known?.hubStart, lease.hubStart].every(
      (hubStart) => hubStart === seen.hubStart,
    );
    if (!isPresent || task.lease.nonce !== lease.nonce || task.lease.owner !== machine) return;
    const written = newId();
    run.sent(written);
    isRunOpen = true;
    record.write(connection, { ...task, written, run: newest.run }, seen.stored.revision).then(
      () => {
        isRunOpen = false;
        copy();
      },
      (error: unknown) => {
        if (!isFinal(error)) return record.look();
        isRunOpen = false;
        return run.refused(error);
      },
    );
  }

  function wakeAt(at: number): void {
    if (at >= wake.at || at === Infinity) return;
    wake.cancel();
    const inMs = Math.max(at - bootNow(), 1);
    const cancel = clock.wakeAt(clock.now() + inMs, () => {
      wake = { at: Infinity, cancel: () => {} };
      tell({ kind: 'time' });
    });
    wake = { at, cancel };
  }

  const stopListening = heartbeat.onConfirmed((confirmed) =>
    tell({ kind: 'renewed', ...confirmed }),
  );
  tell({ kind: 'time' });

  return {
    ownership: () => ownership,
    known: record.known,
    refusal: () => refusal,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    want: (wanted) => {
      wants = wanted;
      refusal = null;
      tell({ kind: 'time' });
    },
    record: (recorded) => {
      const done = run.record(recorded);
      if (own !== null && ownership.lease !== null) own = { ...own, run: recorded };
      copy();
      return done;
    },
    isOver: () => {
      const isOwner = taskOf(record.known())?.lease.owner === machine;
      const isUnderWay = record.mayArrive() || ownership.write !== null;
      return !wants && !isUnderWay && ownership.lease === null && !isOwner;
    },
    close: () => {
      isClosed = true;
      wake.cancel();
      record.close();
      stopListening();
      run.end();
      listeners.clear();
    },
  };
}
