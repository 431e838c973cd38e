// `--serve-hub`: starts the hub, or says that it runs, and prints what to type on the other machines.

import { hostname, userInfo } from 'node:os';
import { addressAsTyped, isLoopback } from '../../../core/hub/serve/listen-address.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { shellQuoted } from '../../../core/task/task.ts';
import type { MachineFile } from '../../../system/hub/serve/machine-files.ts';
import { serveHub, type HubService } from '../../../system/hub/serve/serve-hub.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { HubVerb } from '../../verbs/hub-verb.ts';

export async function serveHubCommand(
  verb: Extract<HubVerb, { name: 'serve-hub' }>,
): Promise<number> {
  try {
    const service = await serveHub({ home: stateHome(process.env), ...verb });
    process.stdout.write(
      linesOf(service)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

const doneWords: Readonly<Record<HubService['done'], string>> = {
  started: 'The hub is started',
  changed: 'The hub runs already, and lets in the machines below from now on',
  nothing: 'The hub runs already',
};

function linesOf({ done, pid, listen, logFile, own, others }: HubService): string[] {
  const how = isLoopback(listen) ? 'for this machine only' : 'with TLS and its own certificate';
  return [
    `✓ ${doneWords[done]} (pid ${pid}): it listens on ${addressAsTyped(listen)}, ${how}`,
    ...others.flatMap((file) => ['', `On ${file.machine}, type:`, `  ${copyLine(file, listen)}`]),
    '',
    'On this machine:',
    `  ${workerLine(own.path)}`,
    '',
    `ℹ Each file holds a key: give it to its machine only. To withdraw one, remove the file and run --serve-hub again.`,
    `ℹ It outlives this terminal, and not a restart of the machine. End it: kill ${pid}`,
    `ℹ Its log: ${safeLine(logFile, 4096)}`,
  ];
}

function copyLine({ path, machine }: MachineFile, listen: HubService['listen']): string {
  const file = `${machine}.hub`;
  const from = `${safeUser()}@${isLoopback(listen) ? 'localhost' : hostname()}`;
  return `scp -p ${shellQuoted(`${from}:${path}`)} ${file} && ${workerLine(file)}`;
}

function workerLine(file: string): string {
  return `autonomous-tui --worker --hub ${shellQuoted(file)}`;
}

function safeUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry, as in some containers.
    return 'USER';
  }
}
