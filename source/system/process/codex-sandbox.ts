// Whether this process runs in Codex's own sandbox, as a command of an interactive Codex: there it can write the project
// alone, and has no network, so it can neither keep state nor start a session. Looked at, not read from the
// environment: Codex says the same there to commands that it was allowed to run outside of the sandbox.

import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Environment } from '../state/state-files.ts';

/** What Codex puts into the environment of its commands, some of them by its version and the system. */
const marks = [
  'CODEX_THREAD_ID',
  'CODEX_SESSION_ID',
  'CODEX_SANDBOX',
  'CODEX_SANDBOX_NETWORK_DISABLED',
];

const alsoOfOneCommand = ['CODEX_TOOL_CALL_ID', 'CODEX_CI'];

/** What a run must not inherit: it is not a command of that conversation, and not in its sandbox. */
export function forgetConversation(environment: NodeJS.ProcessEnv): void {
  for (const name of [...marks, ...alsoOfOneCommand]) delete environment[name];
}

type Needs = {
  /** What has to be written: a path, or one that can be made. */
  written: string;
  network: boolean;
};

/** One sentence that says what is missing and what to allow; null if Codex did not start this, or nothing is missing. */
export async function whyNotInSandbox(
  environment: Environment,
  { written, network }: Needs,
): Promise<string | null> {
  if (marks.every((name) => environment[name] === undefined)) return null;
  const missing = [
    ...(isWritable(written) ? [] : [`cannot write ${written}`]),
    ...(network && !(await hasNetwork()) ? ['has no network'] : []),
  ];
  return missing.length === 0
    ? null
    : `Codex's sandbox ${missing.join(' and ')}: allow Codex to run this command outside of its sandbox, or run it in a terminal of your own`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && dirname(path) !== path && isWritable(dirname(path));
  }
}

/** Any other answer than these, a refused connection included, comes from a network. */
const noNetwork = ['EPERM', 'EACCES', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'];
const patienceMs = 1000;

/** Asks for a connection to this machine: nothing is sent to another. */
async function hasNetwork(): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const answer = (has: boolean): void => {
      socket.destroy();
      resolve(has);
    };
    const socket = connect({ host: '127.0.0.1', port: 9 });
    socket.setTimeout(patienceMs, () => answer(true));
    socket.once('connect', () => answer(true));
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) =>
      answer(!noNetwork.includes(code)),
    );
  });
}
