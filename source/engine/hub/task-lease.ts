// The lease of one task on this machine: carries out what `core/lease/step` decides, with the hub. Where the task's run is
// stands in the same record, so each write of the one carries the other on.
//
// The rules of `core/lease/lease-record.ts` are held so:
// - A fact is heard only while the connection that it came on is the present one, with the start that this was made to.
// - A write is sent on the present connection only, and only if that was made to the start that the write names.
// - After a write of unknown outcome the record is read. Nothing is sent again under a name that was used.

import { writtenHubTask, type HubTask } from '../../core/hub/task-record.ts';
import { hasEnded, type Lease } from '../../core/lease/lease.ts';
import type { LeaseWrite } from '../../core/lease/lease-record.ts';
import { beginOwnership, type LeaseEffect, type LeaseFact } from '../../core/lease/ownership.ts';
import { step } from '../../core/lease/step.ts';
import { hubMachineKey } from '../../core/hub/hub-names.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { HubConnection, HubEntry } from '../../system/hub/hub-connection.ts';
import { knownFrom, newerOf, storedOf, taskOf, type KnownTask } from './known-task.ts';
import type { LeaseDeps, LeasedTask, TaskLease } from './leased-task.ts';
import { copyRun } from './run-copy.ts';
import { watchTask } from './watched-task.ts';

export function leaseTask(deps: LeaseDeps, { key, held, codexLives }: LeasedTask): TaskLease {
  const { link, heartbeat, clock, bootNow, newId, machine, durations } = deps;
  const listeners = new Set<() => void>();
  const run = copyRun();
  /** What this machine recorded last, and under which claim: also after the lease. */
  let own = held === null ? null : { nonce: held.lease.nonce, run: held.run };
  /** Writes that were sent and not answered: they may still be stored while their connection is there. */
  const unanswered = new Map<string, HubConnection>();
  let ownership = beginOwnership(held?.lease ?? null);
  let known: KnownTask | null = null;
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
    own = { nonce: now.nonce, run: taskOf(known)?.run ?? null };
    run.begin(own.run);
  }

  function hear(connection: HubConnection, entry: HubEntry): void {
    if (isClosed || connection !== link.current()) return;
    const news = knownFrom(connection.hubStart, key, entry);
    known = newerOf(known, news);
    const written = taskOf(known)?.written;
    if (written !== undefined) run.stored(written);
    tell({ kind: 'record', hubStart: connection.hubStart, stored: storedOf(news) }, connection);
  }

  /** `releases`: what this machine recorded under the lease that a release gives back. */
  function carryOut(effect: LeaseEffect, releases: { run: RunRecord | null } | null): void {
    const connection = link.current();
    switch (effect.do) {
      case 'wake':
        return wakeAt(effect.at);
      case 'read record':
        return void look(connection);
      case 'read heartbeat':
        return void readHeartbeat(connection, effect.machine);
      case 'write':
        return void writeLease(connection, effect.write, runFor(effect.write.kind, releases));
    }
  }

  async function look(connection: HubConnection | null): Promise<void> {
    if (connection === null) return;
    try {
      const entry = await connection.read('tasks', key);
      isRunOpen = false;
      watched.looked(entry.revision);
      hear(connection, entry);
    } catch {
      // It is asked for again.
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
    const there = taskOf(known);
    const isStillOwn = own !== null && there?.lease.nonce === own.nonce;
    const better = kind === 'claim' ? null : (releases ?? (isStillOwn ? own : null));
    return better === null ? (there?.run ?? null) : better.run;
  }

  async function writeLease(
    connection: HubConnection | null,
    { kind, expected, record }: LeaseWrite,
    newest: RunRecord | null,
  ): Promise<void> {
    if (connection === null || connection.hubStart !== record.hubStart) return;
    const written = newId();
    if (kind !== 'claim') run.sent(written);
    const { offer = null, continued = null } = taskOf(known) ?? {};
    const task = { lease: record, written, run: newest, offer, continued };
    try {
      await write(connection, task, expected);
      refusal = null;
    } catch (error) {
      if (isFinal(error)) refusal = error;
      tell({ kind: 'time' });
    }
  }

  /** Throws when nothing is known of it, or the hub will not have it. */
  async function write(connection: HubConnection, task: HubTask, expected: number): Promise<void> {
    const text = writtenHubTask(task);
    unanswered.set(task.written, connection);
    try {
      const stored = await connection.write('tasks', key, { text, expected });
      unanswered.delete(task.written);
      if (stored === 'refused') await look(connection);
      else hear(connection, { revision: stored, text });
    } catch (error) {
      if (isFinal(error)) unanswered.delete(task.written);
      throw error;
    }
  }

  /** Writes the run's newest record, while the lease is not about to change. */
  function copy(): void {
    const { lease, seen, write: leaseWrite } = ownership;
    const connection = link.current();
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
    write(connection, { ...task, written, run: newest.run }, seen.stored.revision).then(
      () => {
        isRunOpen = false;
        copy();
      },
      (error: unknown) => {
        if (!isFinal(error)) return look(link.current());
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

  const watched = watchTask(key, hear);
  const stopListening = [
    heartbeat.onConfirmed((confirmed) => tell({ kind: 'renewed', ...confirmed })),
    link.onChange(() => {
      const connection = link.current();
      isRunOpen = false;
      watched.on(connection);
      // What was seen on another start may be undone: not at the next look, but now.
      void look(connection);
    }),
  ];
  watched.on(link.current());
  tell({ kind: 'time' });

  return {
    ownership: () => ownership,
    known: () => known,
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
      const mayArrive = [...unanswered.values()].includes(link.current()!);
      const isOwner = taskOf(known)?.lease.owner === machine;
      return (
        !wants && !mayArrive && ownership.lease === null && ownership.write === null && !isOwner
      );
    },
    close: () => {
      isClosed = true;
      wake.cancel();
      watched.on(null);
      for (const stop of stopListening) stop();
      run.end();
      listeners.clear();
    },
  };
}

/** The hub said no, so nothing of it will be stored. */
function isFinal(error: unknown): error is Error {
  const finals: unknown[] = ['full', 'too large', 'no rights', 'without JetStream'];
  return error instanceof Error && finals.includes((error as { problem?: unknown }).problem);
}
