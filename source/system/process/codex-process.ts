// Starts Codex on files and ends what is left of a session. Codex's three descriptors are files, never pipes: a pipe
// on stdout makes Codex panic when the reader dies, and a prompt through a pipe can be cut when the writer dies;
// Codex then obeys the half.

import { readlinkSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import { codexNotThere } from '../../core/failure/failure.ts';
import { sessionMarker } from '../../core/codex/arguments.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import { pathOutside } from './codex-path.ts';
import { identityOf, isAlive } from './identity.ts';
import { processesOf, signalProcess } from './table.ts';
import { writableDirectories } from './writable-directories.ts';

export type CodexStart = {
  /** Absolute path; a JavaScript launcher is run by this Node. */
  codex: string;
  arguments: readonly string[];
  directory: string;
  /** Directories that a session may write besides its own and the temporary ones. */
  writable?: readonly string[];
  uuid: string;
  descriptors: { stdin: number; stdout: number; stderr: number };
};

export type ExitFact = { exitCode: number | null; signal: string | null };

export type StartedCodex = {
  /** Null if it exited before it could be identified. */
  identity: ProcessIdentity | null;
  exited: Promise<ExitFact>;
};

/** Codex is not, or not yet, where it was found. */
class CodexNotThereError extends Error {
  override readonly name = codexNotThere;
}

/** Throws the system's error if it cannot be started (ENOENT, EACCES …). */
export async function startCodex(start: CodexStart): Promise<StartedCodex> {
  const { stdin, stdout, stderr } = start.descriptors;
  const options = {
    cwd: start.directory,
    env: {
      [sessionMarker]: start.uuid,
      ...(await pathFor(start)),
    },
    // execa's types name single digits only; it takes any descriptor.
    stdin: stdin as 3,
    stdout: stdout as 4,
    stderr: stderr as 5,
    // A session and process group of its own: Ctrl-C reaches only the runner, and one signal reaches all of Codex.
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
  } satisfies Options;
  const [program, ...before] = await programOf(start.codex);
  const subprocess = execa(program, [...before, ...start.arguments], options);
  const { pid } = subprocess;
  const exited = subprocess.then((result): ExitFact => ({
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
  }));
  if (pid === undefined) {
    const { originalMessage, code } = await subprocess;
    const error = new Error(originalMessage ?? 'it could not be started');
    throw isNotThere(code) ? new CodexNotThereError(error.message, { cause: error }) : error;
  }
  return { identity: await identityOf(pid), exited };
}

/** Run by this Node: the launcher's first line would take whichever `node` comes first in the PATH. */
export async function programOf(codex: string): Promise<readonly [string, ...string[]]> {
  const launcher = await realpath(codex).catch(() => codex);
  return launcher.endsWith('.js') ? [process.execPath, launcher] : [codex];
}

/** While an update replaces it, it may be missing, half written, or not executable yet. */
function isNotThere(code: string | undefined): boolean {
  return code === 'ENOENT' || code === 'EACCES' || code === 'ETXTBSY' || code === 'ENOEXEC';
}

/** The PATH of everything that is started for a session. */
export async function pathFor({
  directory,
  writable,
}: Pick<CodexStart, 'directory' | 'writable'>): Promise<{ PATH?: string }> {
  const path = process.env['PATH'];
  if (path === undefined) return {};
  return {
    PATH: await pathOutside(path, await writableDirectories(directory, process.env, writable)),
  };
}

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
  const killAt = performance.now() + graceMs;
  const seen = new Set<number>();
  let pauseMs = 20;
  for (;;) {
    const rows = await processesOf(session);
    if (rows.length === 0) return seen.size;
    for (const row of rows) {
      const isFirst = !seen.has(row.pid);
      seen.add(row.pid);
      if (performance.now() >= killAt) await signalProcess(row, 'SIGKILL');
      else if (isFirst) await signalProcess(row, 'SIGTERM');
    }
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, 1000);
  }
}
