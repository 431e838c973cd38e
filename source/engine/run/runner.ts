// Starts one run: takes both locks, reads what earlier runs left, and hands over to the loop. The locks admit
// only one runner per task.

import type { Lock } from '../../system/files/lock.ts';
import { recallRun } from './previous-run.ts';
import { beginCarryingOut, type Carrying, type RunUnderway } from './loop.ts';
import type { RunListener, RunnerDoors, RunRequest } from './runner-deps.ts';

export type RunStart = RunUnderway | Refusal;

/** `over`: nothing to recover, because another runner was faster and the run has ended. */
export type Refusal = { refused: 'busy' | 'over'; pid: number | null };

/** Takes both locks and begins. Resolves when run.json is on disk; throws if it cannot be written. */
export async function startRun(
  request: RunRequest,
  doors: RunnerDoors,
  listener: RunListener,
): Promise<RunStart> {
  const mended = [
    ...(await doors.state.make(request.foreignOwner)),
    ...(await doors.task.make(request.foreignOwner)),
  ];
  const locks = await takeLocks(doors);
  if (locks === null) return { refused: 'busy', pid: await holderPid(doors) };
  try {
    if (request.description !== null && (await doors.task.readDescription()) === null) {
      await doors.task.writeDescription(request.description, new Date(doors.clock.now()));
    }
    const memory = await recallRun(doors, request);
    if (request.takeUp && (memory.previous === null || memory.previous.ending !== null)) {
      for (const lock of locks) lock.release();
      return { refused: 'over', pid: null };
    }
    const notes = [...mended, ...memory.notes];
    const carrying = { request, doors, listener, memory: { ...memory, notes }, locks };
    return await beginCarryingOut(request.takeUp ? asBefore(carrying) : carrying);
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
}

/** A recovered run is the same run: its record, kept outside the project, says what it may do. */
function asBefore(carrying: Carrying): Carrying {
  const { request, memory } = carrying;
  const { previous, beginning } = memory;
  if (previous === null) return carrying;
  const { sandbox, autoContinue, maxSessions } = previous;
  const settings = { ...request.settings, autoContinue, maxSessions };
  return {
    ...carrying,
    request: { ...request, sandbox, settings },
    memory: { ...memory, beginning: { ...beginning, settings } },
  };
}

/** The pid of the lock holder; null if its record is not here, as with another state home. */
async function holderPid({ kept, codex }: RunnerDoors): Promise<number | null> {
  const record = kept.readRecord();
  if (record === null || record.ending !== null) return null;
  return (await codex.isAlive(record.runner)) ? record.runner.pid : null;
}

/** Two locks: one with our state, one in the task's directory to cover two state homes and moved projects. */
async function takeLocks({ state, task }: RunnerDoors): Promise<Lock[] | null> {
  const first = await state.takeLock();
  if (first === null) return null;
  try {
    const second = await task.takeLock();
    if (second !== null) return [first, second];
  } catch (error) {
    first.release();
    throw error;
  }
  first.release();
  return null;
}
