// Starts Codex on files. Its three descriptors are files, never pipes: a pipe on stdout makes Codex panic when the reader
// dies, and a prompt through a pipe can be cut when the writer dies; Codex then obeys the half.

import { realpath } from 'node:fs/promises';
import { execa, type Options } from 'execa';
import { codexNotThere } from '../../core/failure/failure.ts';
import { sessionMarker } from '../../core/codex/arguments.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import type { LeaseWatch } from '../warden/request.ts';
import { startWarden } from '../warden/start-warden.ts';
import { pathOutside } from './codex-path.ts';
import { identityOf } from './identity.ts';
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
  /** With it Codex has a warden as its parent, which ends it with the lease. Default: none, as on one machine. */
  lease?: LeaseWatch | undefined;
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

/**
 * Throws the system's error if it cannot be started (ENOENT, EACCES …), or if its lease has ended. `warden`: the path of the
 * warden's program, for a start with a lease.
 */
export async function startCodex(start: CodexStart, warden?: string): Promise<StartedCodex> {
  const environment = { [sessionMarker]: start.uuid, ...(await pathFor(start)) };
  const [program, ...before] = await programOf(start.codex);
  const call = { program, arguments: [...before, ...start.arguments], environment };
  return start.lease === undefined
    ? startAlone(start, call)
    : startUnderWarden({ ...start, lease: start.lease }, call, warden);
}

type Call = { program: string; arguments: readonly string[]; environment: Record<string, string> };

async function startAlone(
  { directory, descriptors }: CodexStart,
  call: Call,
): Promise<StartedCodex> {
  const { stdin, stdout, stderr } = descriptors;
  const options = {
    cwd: directory,
    env: call.environment,
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
  const subprocess = execa(call.program, call.arguments, options);
  const { pid } = subprocess;
  const exited = subprocess.then((result): ExitFact => ({
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
  }));
  if (pid === undefined) {
    const { originalMessage, code } = await subprocess;
    throw notStarted(originalMessage ?? 'it could not be started', code);
  }
  return { identity: await identityOf(pid), exited };
}

/** The session's leader is the warden: it lives as long as Codex. */
async function startUnderWarden(
  { directory, descriptors, uuid, lease }: CodexStart & { lease: LeaseWatch },
  { environment, ...call }: Call,
  warden: string | undefined,
): Promise<StartedCodex> {
  if (warden === undefined) throw new Error('Codex cannot be started with a lease here');
  const started = await startWarden({
    ...{ warden, descriptors, directory, uuid, lease, ...call },
    environment: { ...process.env, ...environment },
  }).catch((error: NodeJS.ErrnoException) => {
    throw notStarted(error.message, error.code);
  });
  const identity = await identityOf(started.pid);
  const first = await started.first;
  if (first?.is === 'not started') throw notStarted(first.sentence, first.code);
  return { identity, exited: started.exited };
}

function notStarted(message: string, code: string | null | undefined): Error {
  const error = Object.assign(new Error(message), code == null ? {} : { code });
  return isNotThere(code) ? new CodexNotThereError(message, { cause: error }) : error;
}

/** Run by this Node: the launcher's first line would take whichever `node` comes first in the PATH. */
export async function programOf(codex: string): Promise<readonly [string, ...string[]]> {
  const launcher = await realpath(codex).catch(() => codex);
  return launcher.endsWith('.js') ? [process.execPath, launcher] : [codex];
}

/** While an update replaces it, it may be missing, half written, or not executable yet. */
function isNotThere(code: string | null | undefined): boolean {
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
