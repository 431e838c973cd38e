// Stops a computation that takes too long. A regex can take years for a line of forty letters, and JavaScript itself
// cannot interrupt it; the time limit of a vm script can (V8 checks it whenever a regex backtracks).

import { createContext, Script } from 'node:vm';

const script = new Script('result = act()');
let room: { act: (() => unknown) | null; result: unknown } | null = null;

export type WithinTime = typeof withinTime;

/** So often it is tried anew on a machine that let it do nothing. */
const mostAttempts = 4;

/**
 * Null if the limit is reached. Costs 0.1 ms. Passes on what `act` throws; does not wait for promises. Where the time passed
 * and this process hardly ran, as on a busy machine, `act` is called again.
 */
export function withinTime<Result>(act: () => Result, limitMs: number): { value: Result } | null {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = process.cpuUsage();
    const done = attempted(act, limitMs);
    if (done !== null) return done;
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > limitMs / 2) return null;
  }
  return null;
}

function attempted<Result>(act: () => Result, limitMs: number): { value: Result } | null {
  room ??= createContext({ act: null, result: null }) as NonNullable<typeof room>;
  room.act = act;
  try {
    return { value: script.runInContext(room, { timeout: limitMs }) as Result };
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  } finally {
    room.act = null;
    room.result = null;
  }
}

function isTimeout(error: unknown): boolean {
  // The error comes from the script's own context, so `instanceof Error` would be false.
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
