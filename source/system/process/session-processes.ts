// The processes of a session: whether its Codex lives, and how all of them are signalled and ended. A warden uses it,
// too: nothing heavy may be loaded here.

import { readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ProcessIdentity } from '../../core/run/record.ts';
import { delay, systemClock } from '../clock.ts';
import { isAlive } from './identity.ts';
import { processesOf, signalProcess } from './table.ts';

export type SessionProcesses = { uuid: string; leader: ProcessIdentity | null };

/** A file by its identity, since the log may have been renamed. -1 if unknown. */
export type LogIdentity = { device: number; inode: number };

/**
 * Whether Codex itself is alive. Its launcher may exit while Codex goes on in the launcher's group; the commands that
 * it runs have groups of their own. Its helpers share its group (a `bwrap` that tries the sandbox was seen to outlive
 * it there for good), but only Codex has the log as its stdout. If stdout cannot be inspected, any process in the
 * group may be Codex; if the group is unknown too, any process with the marker.
 */
export async function codexLives({
  uuid,
  leader,
  log,
}: SessionProcesses & { log: LogIdentity }): Promise<boolean> {
  // Called twice a second: this reads one file, a scan of all processes reads hundreds.
  if (leader !== null && (await isAlive(leader))) return true;
  const rows = await processesOf({ uuid, leader });
  return rows.some(
    ({ pid, group }) =>
      (leader === null || group === leader.pid) && writesTo(pid, { ...log, uuid }) !== false,
  );
}

/** Null if that cannot be inspected. Where no record says which file it is, the session's own file has its name. */
function writesTo(
  pid: number,
  { device, inode, uuid }: LogIdentity & { uuid: string },
): boolean | null {
  if (process.platform === 'darwin' || inode === -1) return null;
  try {
    const output = `/proc/${pid}/fd/1`;
    const { dev, ino } = statSync(output);
    if (dev === device && ino === inode) return true;
    return basename(readlinkSync(output)).startsWith(`live-${uuid}.jsonl`);
  } catch (error) {
    // It has no stdout, or is gone.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? false : null;
  }
}

/** Whether processes live that the session's commands started: Codex and its helpers share one group, commands have their own. */
export async function commandsLive(session: SessionProcesses): Promise<boolean> {
  const rows = await processesOf(session);
  return rows.some(({ group }) => group !== session.leader?.pid);
}

/** Signals every process of the session: the group's members and all that carry its marker. */
export async function signalSession(
  session: SessionProcesses,
  signal: NodeJS.Signals,
): Promise<void> {
  for (const row of await processesOf(session)) await signalProcess(row, signal);
}

/**
 * Ends what a session left behind, and resolves only when no process of it is alive: SIGTERM first, SIGKILL after
 * `graceMs`, repeated, since a straggler may start others meanwhile.
 */
export async function sweepSession(session: SessionProcesses, graceMs: number): Promise<number> {
  const killAt = systemClock.monotonic() + graceMs;
  const seen = new Set<number>();
  let pauseMs = 20;
  for (;;) {
    const rows = await processesOf(session);
    if (rows.length === 0) return seen.size;
    for (const row of rows) {
      const isFirst = !seen.has(row.pid);
      seen.add(row.pid);
      if (systemClock.monotonic() >= killAt) await signalProcess(row, 'SIGKILL');
      else if (isFirst) await signalProcess(row, 'SIGTERM');
    }
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, 1000);
  }
}
