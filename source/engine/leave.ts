// Leave to start a session: not while the account's usage limit holds, not more at once than the machine may run,
// and one start after the other. Asked for before every session; what was taken is given back at its end.
// Everything taken is a kernel lock, so a runner that dies gives it back too.

import { believableUntil } from '../core/account-limit.ts';
import type { Clock } from '../system/clock.ts';
import type { Lock } from '../system/lock.ts';
import type { MachineDirectory } from '../system/machine-directory.ts';

export type LeaveDoors = { clock: Clock; machine: MachineDirectory };

export type Wait = { reason: 'usage limit' | 'turn'; until: number | null };

export type Leave = {
  /** Codex has begun to work: the next one may start. */
  hasStarted(): void;
  /** The model answered: whatever limit there was is over. */
  hasAnswered(): Promise<void>;
  /** The session ended with a usage limit. Written before anything else can start. */
  metLimit(limit: { until: number; said: string }): Promise<void>;
  release(): void;
};

export type Asking = {
  given: Promise<Leave>;
  /** Looks now, whatever the limit says. */
  tryNow(): void;
  cancel(): void;
};

export type Question = {
  /** How many sessions the machine runs at once. */
  atOnce: number;
  waits(wait: Wait): void;
};

const lookEveryMs = 1000;

export function askLeave({ clock, machine }: LeaveDoors, question: Question): Asking {
  const given = Promise.withResolvers<Leave>();
  let cancelled = false;
  let isForced = false;
  let stopWaiting = (): void => {};

  async function look(): Promise<void> {
    if (cancelled) return;
    const taken: Lock[] = [];
    const giveBack = (): void => {
      for (const lock of taken) lock.release();
    };
    try {
      const wait = await take(taken);
      if (cancelled) return giveBack();
      if (wait === null) return given.resolve(leaveWith({ clock, machine }, taken));
      giveBack();
      question.waits(wait);
      stopWaiting = clock.wakeAt(clock.now() + lookEveryMs, () => void look());
    } catch (error) {
      giveBack();
      given.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Takes all that a start needs, in the order start, slot, probe; or says what it waits for. */
  async function take(taken: Lock[]): Promise<Wait | null> {
    const limit = await machine.readLimit();
    const now = clock.now();
    const until = limit === null ? null : believableUntil(limit, now);
    if (until !== null && until > now && !isForced) return { reason: 'usage limit', until };
    const start = await machine.takeStart();
    if (start === null) return { reason: 'turn', until: null };
    taken.push(start);
    const slot = await machine.takeSlot(question.atOnce);
    if (slot === null) return { reason: 'turn', until: null };
    taken.push(slot);
    if (limit === null) return null;
    // The first one proves that the limit is over; the others wait for what it finds.
    const probe = await machine.takeProbe();
    if (probe === null) return { reason: 'usage limit', until: null };
    taken.push(probe);
    return null;
  }

  machine
    .make()
    .then(look)
    .catch((error: unknown) =>
      given.reject(error instanceof Error ? error : new Error(String(error))),
    );
  return {
    given: given.promise,
    tryNow: () => {
      isForced = true;
      stopWaiting();
      void look();
    },
    cancel: () => {
      cancelled = true;
      stopWaiting();
    },
  };
}

/** `taken` is start, slot and, where a limit was, the probe. */
function leaveWith({ clock, machine }: LeaveDoors, [start, slot, probe]: readonly Lock[]): Leave {
  const held = new Set([start, slot, probe].filter((lock) => lock !== undefined));
  const letGo = (lock: Lock | undefined): void => {
    if (lock !== undefined && held.delete(lock)) lock.release();
  };
  return {
    hasStarted: () => letGo(start),
    hasAnswered: async () => {
      if (probe === undefined || !held.has(probe)) return;
      await machine.liftLimit();
      letGo(probe);
    },
    metLimit: async ({ until, said }) => {
      const since = (await machine.readLimit())?.since;
      await machine.writeLimit({ until, said, since: since ?? clock.now() });
    },
    release: () => {
      for (const lock of [...held]) letGo(lock);
    },
  };
}
