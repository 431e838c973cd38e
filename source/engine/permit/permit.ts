// The permit to start a session: acquired before every session, released at its end. It waits for the account's
// usage limit and the user's reserve of it, for one of the machine's session slots, and for the previous start to finish.
// It holds kernel locks only, so a runner that dies releases it too.

import type { Wait } from '../../core/run/run.ts';
import type { Clock } from '../../system/clock.ts';
import type { Lock } from '../../system/files/lock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { Permit, PermitQuestion, PermitRequest } from '../coordination/coordination.ts';
import { limitPatience } from './limit-patience.ts';
import { serially } from '../serially.ts';

type PermitDeps = { clock: Clock; machine: MachineDirectory };

const lookEveryMs = 1000;
/** A Codex that hangs before it begins to work blocks other starts for at most this long. */
const longestStartMs = 30_000;
/** Starts are short: waiting a second for each would be noticeable. */
const startEveryMs = 100;
/** Looking for what holds a session up reads the whole process table. */
const heldUpEveryMs = 3000;

export function requestPermit(
  { clock, machine }: PermitDeps,
  question: PermitQuestion,
): PermitRequest {
  const given = Promise.withResolvers<Permit>();
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
        return given.resolve(permitWith({ clock, machine }, taken));
      }
      giveBack(taken);
      if (isOver || wait === null) return;
      if (typeof wait === 'object') question.waits(wait);
      cancelTimer();
      cancelTimer = clock.wakeAt(clock.now() + nextLookMs(wait), () => void look());
    } catch (error) {
      giveBack(taken);
      isOver = true;
      given.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });

  /** Takes every lock that a start needs, in the order start, slot, probe; or returns what it waits for. */
  async function take(taken: Lock[]): Promise<Wait | 'start' | 'asking' | null> {
    const limit = await machine.readLimit();
    const until = limit === null ? null : untilOf(limit);
    if (until !== null && until > clock.now() && !isForced) return { reason: 'usage limit', until };
    const heldBack = (await question.reserve?.heldBack()) ?? null;
    if (heldBack !== null) return heldBack;
    const start = await machine.takeStart();
    if (start === null) return 'start';
    taken.push(start);
    const slot = await machine.takeSlot(question.atOnce);
    if (slot === null) return { reason: 'turn', until: null };
    taken.push(slot);
    const heldUp = (await question.heldUp?.()) ?? null;
    if (heldUp !== null || limit === null) return heldUp;
    // The first session tests whether the limit is over; the others wait for its result.
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
      question.reserve?.ignore();
      void look();
    },
    drop: () => {
      isOver = true;
      cancelTimer();
      given.promise.then((permit) => permit.release()).catch(() => {});
    },
  };
}

function nextLookMs(wait: Wait | 'start' | 'asking'): number {
  if (typeof wait === 'string') return wait === 'start' ? startEveryMs : lookEveryMs;
  return wait.reason === 'conversation in use' ? heldUpEveryMs : lookEveryMs;
}

/** An adopted session needs no permit, but it counts as one of the machine's: it takes the next free slot. */
export function permitOfAdopted({ clock, machine }: PermitDeps, atOnce: number): Permit {
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

/** Parks every task of the account until then. A limit that is already known keeps its start time. */
export async function noteLimit(
  { clock, machine }: PermitDeps,
  limit: { until: number; said: string; looksInVain?: number },
): Promise<void> {
  await machine.make();
  const since = (await machine.readLimit())?.since ?? clock.now();
  await machine.writeLimit({ looksInVain: 0, ...limit, since });
}

/** `taken` is start, slot and, if there was a limit, the probe. */
function permitWith({ clock, machine }: PermitDeps, taken: readonly Lock[]): Permit {
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
      // The probe is kept until the limit is lifted; otherwise the next session would still see it and wait.
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
