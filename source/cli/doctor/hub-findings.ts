// What `--doctor --hub FILE` looks at beside the rest: the hub, what this machine may do there, and whether the work of this
// project can be handed over. Nothing is written to the hub.

import { join } from 'node:path';
import { fine, noted, stoppingIf, type Finding, type Found } from '../../core/doctor/finding.ts';
import { hubMachineKey, type HubBucket } from '../../core/hub/hub-names.ts';
import { shownAddress } from '../../core/hub/hub-problem.ts';
import { readMachineRecord } from '../../core/hub/machine-record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { elapsed } from '../../core/text/numbers.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { whyNoPush } from '../../system/fence/can-push.ts';
import { readRemote } from '../../system/fence/project-remote.ts';
import type { HubAddress } from '../../system/hub/hub-address.ts';
import { connectHub, type HubConnection } from '../../system/hub/hub-connection.ts';
import type { HubLook } from '../../system/hub/look-at-hub.ts';
import { readHubAddress } from '../../system/hub/read-hub-address.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { look, named } from './look.ts';

const answerMs = 5000;

export async function* hubFindings(
  hub: string,
  { project, home }: ProjectPaths,
): AsyncGenerator<Finding> {
  const connected: { connection?: HubConnection; address?: HubAddress; seen?: HubLook } = {};
  yield await look('hub', async () => {
    const address = await readHubAddress(hub);
    const connection = await connectHub(address, { answerMs });
    Object.assign(connected, { connection, address });
    const seen = await connection.look();
    connected.seen = seen;
    const answers = `answers in ${seen.roundTripMs} ms`;
    return fine(`${shownAddress(address.url)} ${answers}: NATS ${seen.version} with JetStream`);
  });
  const { connection, address, seen } = connected;
  try {
    if (connection !== undefined && address !== undefined && seen !== undefined) {
      yield await look('hub rights', () => rightsFound(connection, address.machine));
      yield await look('conversations', () => conversationsFound(connection));
      yield named('hub clock', clockFound(seen));
      yield named('machines', machinesFound(seen));
    }
    yield await look('git remote', () => remoteFound(project, home));
  } finally {
    await connection?.close();
  }
}

/** Never the revision of anything, so the hub refuses each write: because of it, or for want of the right. */
const impossible = 2 ** 40;

async function rightsFound(connection: HubConnection, machine: string | null): Promise<Found> {
  const keys: [HubBucket, string][] = [
    ['tasks', 'task.doctor'],
    ['requests', 'task.doctor'],
    ['accounts', 'account.doctor'],
    ['machines', hubMachineKey(machine ?? 'doctor')],
  ];
  for (const [bucket, key] of keys) {
    await connection.write(bucket, key, { text: '', expected: impossible });
  }
  return fine(
    machine === null
      ? 'the hub asks for no key, and everybody may do everything'
      : `${machine} may write all that it needs`,
  );
}

/** Work goes on without them. */
async function conversationsFound({ objects }: HubConnection): Promise<Found> {
  try {
    await objects.get('doctor', 1);
    return fine('they go along when a task is taken over');
  } catch (error) {
    return noted(`they do not go along when a task is taken over: ${errorMessage(error)}`);
  }
}

/** Less is within what a look takes, and what anybody would care for. */
const sameMs = 1000;

function clockFound({ aheadMs }: HubLook): Found {
  const differs = Math.abs(aheadMs);
  if (differs < sameMs) return fine("the hub's clock agrees with that of this machine");
  const which = aheadMs > 0 ? 'ahead of' : 'behind';
  return fine(
    `the hub's clock is ${elapsed(differs)} ${which} that of this machine, which does no harm: leases go by no clock but their own machine's`,
  );
}

function machinesFound({ heartbeats }: HubLook): Found {
  const heard = heartbeats
    .flatMap(({ key, text, agoMs }) => {
      const record = readMachineRecord(text);
      if (record === null || hubMachineKey(record.machine) !== key) return [];
      return { agoMs, words: `${record.machine} ${elapsed(Math.max(0, agoMs))} ago` };
    })
    .sort((a, b) => a.agoMs - b.agoMs);
  if (heard.length === 0) return noted('none was heard of: run --worker --hub FILE on one');
  return fine(`heard of: ${heard.map(({ words }) => words).join(', ')}`);
}

async function remoteFound(project: string, home: string): Promise<Found> {
  const remote = await readRemote(project, process.env);
  if ('problem' in remote) {
    return noted(`no task of this project can be given to the hub. ${remote.problem}`);
  }
  if ('whyNone' in remote) {
    return noted(`tasks of this project are worked on by this machine alone: ${remote.whyNone}`);
  }
  const directory = join(home, 'machine');
  const { url, base } = remote;
  const problem = await whyNoPush({
    ...{ project, directory, url, base },
    environment: process.env,
  });
  return stoppingIf(
    problem,
    `${safeLine(url, 200)} can be pushed to, and has ${base.slice(0, 10)}`,
  );
}
