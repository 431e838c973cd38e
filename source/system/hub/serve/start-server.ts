// Starts nats-server so that it outlives the terminal, and waits until it can be entered.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { addressAsTyped, type ListenAddress } from '../../../core/hub/serve/listen-address.ts';
import type { ProcessIdentity } from '../../../core/run/record.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { delay, systemClock } from '../../clock.ts';
import { readSmallFile } from '../../files/safe-file.ts';
import { askProgram } from '../../process/ask-program.ts';
import { identityOf } from '../../process/identity.ts';
import type { HubAddress } from '../hub-address.ts';
import { connectHub } from '../hub-connection.ts';

type ServerStart = {
  directory: string;
  configurationFile: string;
  logFile: string;
  listen: ListenAddress;
};

const startMs = 15_000;
const lookEveryMs = 100;
const answerMs = 2000;

/** Throws a sentence if there is no nats-server that can be a hub. */
export async function checkProgram(): Promise<void> {
  const { exitCode, stdout } = await askProgram(['nats-server', '--version'], 10_000);
  const [, major, minor] = /v(\d+)\.(\d+)\./.exec(stdout) ?? [];
  if (exitCode !== 0 || major === undefined) {
    throw new Error(
      'There is no nats-server on the PATH: install it (on Debian: apt install nats-server), and run --serve-hub again',
    );
  }
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 9)) {
    throw new Error(
      `nats-server is ${safeLine(stdout.trim(), 100)}, and 2.9 or later is needed: upgrade it`,
    );
  }
}

/** Throws a sentence if nothing can listen there. */
export async function checkPort(listen: ListenAddress): Promise<void> {
  const server = createServer();
  try {
    server.listen({ host: listen.host, port: listen.port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const typed = addressAsTyped(listen);
    throw new Error(
      code === 'EADDRINUSE'
        ? `Another program listens on ${typed}: end it, or choose another place with --listen ADDRESS:PORT`
        : `Nothing can listen on ${typed} (${code}): choose another place with --listen ADDRESS:PORT`,
      { cause: error },
    );
  } finally {
    server.close();
  }
}

export async function startServer(
  { directory, configurationFile, logFile }: ServerStart,
  own: HubAddress,
): Promise<ProcessIdentity> {
  const child = spawn('nats-server', ['-c', configurationFile], {
    cwd: directory,
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  const outcome = await Promise.race([ended.then(() => 'ended'), whyNotIn(own, { makes: true })]);
  const identity = child.pid === undefined ? null : await identityOf(child.pid);
  if (outcome === null && identity !== null) return identity;
  if (outcome !== 'ended') child.kill('SIGTERM');
  throw new Error(`nats-server did not start (${await lastWords(logFile)}): see ${logFile}`);
}

/**
 * Null as soon as a machine can enter with its key; else why it cannot. `makes`: it also makes what the hub lacks, which
 * only the hub's own machine may.
 */
export async function whyNotIn(
  address: HubAddress,
  { makes }: { makes: boolean },
): Promise<string | null> {
  const giveUpAt = systemClock.monotonic() + startMs;
  for (;;) {
    try {
      const connection = await connectHub(address, { answerMs });
      try {
        if (makes) await Promise.all([connection.logs(), connection.read('texts', 'none')]);
      } finally {
        await connection.close();
      }
      return null;
    } catch (error) {
      if (systemClock.monotonic() >= giveUpAt) return (error as Error).message;
    }
    await delay(lookEveryMs);
  }
}

async function lastWords(logFile: string): Promise<string> {
  const log = await readSmallFile(logFile, { maxBytes: 1024 * 1024 }).catch(() => null);
  const said = log?.text.split('\n').findLast((line) => /\[(?:FTL|ERR)\]/.test(line));
  return safeLine(said?.replace(/^.*\[(?:FTL|ERR)\] /, '') ?? 'it said nothing', 200);
}
