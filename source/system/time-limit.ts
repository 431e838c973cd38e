// Ends what computes for too long. A regular expression can take years for a line of forty letters, and nothing in
// JavaScript itself interrupts it; a script's time limit does (V8 looks for it whenever an expression goes back).

import { createContext, Script } from 'node:vm';

const script = new Script('result = act()');
let room: { act: (() => unknown) | null; result: unknown } | null = null;

export type WithinTime = typeof withinTime;

/** Costs a tenth of a millisecond. What `act` throws goes through; nothing asynchronous is waited for. */
export function withinTime<Result>(act: () => Result, limitMs: number): { value: Result } | null {
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
  // It is an Error of the script's own room, and so no instance of ours.
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
