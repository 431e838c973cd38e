// Leave to start a session: not while the account's usage limit holds, not more at once than the machine may run,
// and one start after the other. Asked for before every session; what was taken is given back at its end.
// Everything taken is a kernel lock, so a runner that dies gives it back too.

import type { Wait } from '../../core/run/run.ts';
import type { Clock } from '../../system/clock.ts';
import type { Lock } from '../../system/files/lock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import { limitPatience } from './limit-patience.ts';
import { serially } from '../serially.ts';

export type LeaveDoors = { clock: Clock; machine: MachineDirectory };

export type Leave = {
  /** Codex has begun to work: the next one may start. */
  hasStarted(): void;
  /** The model answered: whatever limit there was is over. */
  hasAnswered(): void;
  release(): void;
};

export type Asking = {
  given: Promise<Leave>;
  /** Looks now, whatever the limit says. */
  hurry(): void;
  /** Leave that was given meanwhile is given back. */
  drop(): void;
};

export type Question = {
  /** How many sessions the machine runs at once. */
  atOnce: number;
  waits(wait: Wait): void;
};

const lookEveryMs = 1000;
/** A Codex that hangs before it begins to work holds up no other one for longer. */
const longestStartMs = 30_000;
/** Starts follow each other so closely that waiting a second for each would be felt. */
const startEveryMs = 100;

export function askLeave({ clock, machine }: LeaveDoors, question: Question): Asking {
  const given = Promise.withResolvers<Leave>();
  let isOver = false;
  let isForced = false;
  let cancelTimer = (): void => {};
  const untilOf = limitPatience(clock);

  const look = serially(async () => {
    if (isOver) return;
    const taken: Lock[] = [];
    try {
      await machine.make();
      const wait = await take(taken);
      if (wait === null && !isOver) {
        isOver = true;
        return given.resolve(leaveWith({ clock, machine }, taken));
      }
      giveBack(taken);
      if (isOver || wait === null) return;
      if (wait !== 'start') question.waits(wait);
      cancelTimer();
      const afterMs = wait === 'start' ? startEveryMs : lookEveryMs;
      cancelTimer = clock.wakeAt(clock.now() + afterMs, () => void look());
    } catch (error) {
      giveBack(taken);
      isOver = true;
      given.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });

  /** Takes all that a start needs, in the order start, slot, probe; or says what it waits for. */
  async function take(taken: Lock[]): Promise<Wait | 'start' | null> {
    const limit = await machine.readLimit();
    const until = limit === null ? null : untilOf(limit);
    if (until !== null && until > clock.now() && !isForced) return { reason: 'usage limit', until };
    const start = await machine.takeStart();
    if (start === null) return 'start';
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

  void look();
  return {
    given: given.promise,
    hurry: () => {
      isForced = true;
      void look();
    },
    drop: () => {
      isOver = true;
      cancelTimer();
      given.promise.then((leave) => leave.release()).catch(() => {});
    },
  };
}

/** A session that was found alive needs no leave, but it is one of those at once: it takes the next place that is free. */
export function leaveOfAdopted({ clock, machine }: LeaveDoors, atOnce: number): Leave {
  let slot: Lock | null = null;
  let isOver = false;
  const look = serially(async () => {
    if (isOver || slot !== null) return;
    await machine.make();
    const found = await machine.takeSlot(atOnce);
    if (isOver) found?.release();
    else slot = found;
  });
  const lookSoon = (): void => void look().catch(() => {});
  const stopLooking = clock.every(lookEveryMs, lookSoon);
  lookSoon();
  return {
    hasStarted: () => {},
    hasAnswered: () => {},
    release: () => {
      isOver = true;
      stopLooking();
      slot?.release();
      slot = null;
    },
  };
}

/** Parks every task of the account until then. A limit that is known already keeps its beginning. */
export async function noteLimit(
  { clock, machine }: LeaveDoors,
  limit: { until: number; said: string; looksInVain?: number },
): Promise<void> {
  await machine.make();
  const since = (await machine.readLimit())?.since ?? clock.now();
  await machine.writeLimit({ looksInVain: 0, ...limit, since });
}

/** `taken` is start, slot and, where a limit was, the probe. */
function leaveWith({ clock, machine }: LeaveDoors, taken: readonly Lock[]): Leave {
  const [start, , probe] = taken;
  const held = new Set(taken);
  const letGo = (lock: Lock | undefined): void => {
    if (lock !== undefined && held.delete(lock)) lock.release();
  };
  const forgetStart = clock.wakeAt(clock.now() + longestStartMs, () => letGo(start));
  return {
    hasStarted: () => {
      forgetStart();
      letGo(start);
    },
    hasAnswered: () => {
      if (probe === undefined || !held.has(probe)) return;
      // Kept until the limit is lifted, or the next one would find it and wait.
      machine.liftLimit().then(
        () => letGo(probe),
        () => letGo(probe),
      );
    },
    release: () => {
      forgetStart();
      giveBack([...held].filter((lock) => held.delete(lock)));
    },
  };
}

function giveBack(locks: readonly Lock[]): void {
  for (const lock of locks) lock.release();
}
