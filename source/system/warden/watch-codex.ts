// The warden's work: it starts Codex, if the task's lease allows it, and ends it by that lease. It goes on without the runner,
// and it ends when nothing is left to watch.

import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { WardenDecision } from '../../core/lease/lease.ts';
import { systemClock } from '../clock.ts';
import { identityOf } from '../process/identity.ts';
import { signalSession, sweepSession } from '../process/session-processes.ts';
import { holdLease, type HeldLease } from './held-lease.ts';
import type { WardenNews, WardenRequest } from './request.ts';
import { endsWithParent } from './with-parent.ts';

const noLease = 'the lease of its task on this machine has ended';

/** Resolves when Codex is dead, and after the end of the lease all of its session. */
export async function watchCodex(
  request: WardenRequest,
  tell: (news: WardenNews) => void,
): Promise<void> {
  const lease = await holdLease(request.lease);
  let codex: ChildProcess;
  try {
    // With its own error, which `setpriv` would hide.
    accessSync(request.program, constants.X_OK);
    if (lease.decide() !== 'let it work') throw new Error(noLease);
    codex = await started(request);
  } catch (error) {
    const { code = null, message } = error as NodeJS.ErrnoException;
    return tell({ is: 'not started', code, sentence: message });
  }
  tell({ is: 'started' });
  const stopLooking = endByLease(codex, lease, request);
  const [exitCode, signal] = await exitOf(codex);
  await stopLooking();
  tell({ is: 'ended', exitCode, signal });
}

/** On the warden's own descriptors, in its group. Throws the system's error. */
function started({
  program,
  directory,
  environment,
  ...call
}: WardenRequest): Promise<ChildProcess> {
  const [first, ...others] = endsWithParent([program, ...call.arguments], process.pid);
  const codex = spawn(first, others, { cwd: directory, env: environment, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    codex.once('spawn', () => resolve(codex)).once('error', reject);
  });
}

function exitOf(codex: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => {
    codex.once('exit', (exitCode, signal) => resolve([exitCode, signal]));
  });
}

/** Returns what stops looking; after the end of the lease it resolves when no process of the session is alive. */
function endByLease(
  codex: ChildProcess,
  lease: HeldLease,
  { uuid, lease: { wardenLookMs } }: WardenRequest,
): () => Promise<void> {
  let isInterrupted = false;
  let swept: Promise<unknown> | null = null;
  const act = (decision: WardenDecision): void => {
    if (swept !== null) return;
    if (decision === 'kill') {
      // At once: to find the others takes longer.
      codex.kill('SIGKILL');
      swept = session().then((all) => sweepSession(all, 0));
    } else if (decision === 'interrupt' && !isInterrupted) {
      void session().then((all) => signalSession(all, 'SIGINT'));
    }
    isInterrupted = decision === 'interrupt';
  };
  const stop = systemClock.every(wardenLookMs, () => void lease.look().then(act));
  const session = async () => ({ uuid, leader: await identityOf(process.pid) });
  return async () => {
    stop();
    await swept;
  };
}
