// Serves a hub on this machine: configuration, keys and certificate in the state home, and nats-server from the PATH.
//
//   <state home>/hub/   hub.json lock nats.conf hub.log store/ certificate.pem key.pem machines/<name>.hub

import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { machineNameFrom } from '../../../core/hub/hub-names.ts';
import {
  addressAsTyped,
  defaultListen,
  isLoopback,
  type ListenAddress,
} from '../../../core/hub/serve/listen-address.ts';
import { serverConfiguration } from '../../../core/hub/serve/server-configuration.ts';
import { takeLock } from '../../files/lock.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { isAlive } from '../../process/identity.ts';
import type { HubAddress } from '../hub-address.ts';
import { hubCertificate } from './certificate.ts';
import { knownMachines, machineFile, userOf, type MachineFile } from './machine-files.ts';
import { checkPort, checkProgram, startServer, whyNotIn } from './start-server.ts';
import { readServedHub, writeServedHub, type ServedHub } from './served-hub.ts';
import { makeState } from '../../state/make-state.ts';

export type HubService = {
  /** `changed`: it ran, and now lets other machines in than before. */
  done: 'started' | 'changed' | 'nothing';
  pid: number;
  listen: ListenAddress;
  logFile: string;
  own: MachineFile;
  others: readonly MachineFile[];
};

type Wanted = {
  home: string;
  /** Null: as it was, or the default. */
  listen: ListenAddress | null;
  machines: readonly string[];
};

/** Throws a sentence. */
export async function serveHub({ home, listen: wanted, machines }: Wanted): Promise<HubService> {
  await checkProgram();
  await makeState(home, ['hub'], 'trusted');
  await makeState(home, ['hub', 'machines'], 'trusted');
  const directory = join(home, 'hub');
  const lock = await takeLock(join(directory, 'lock'));
  if (lock === null) throw new Error('Another --serve-hub is at work: try again in a moment');
  try {
    const record = join(directory, 'hub.json');
    const known = await readServedHub(record);
    const running = known !== null && (await isAlive(known.process)) ? known : null;
    const listen = wanted ?? known?.listen ?? defaultListen;
    checkPlace(running, listen);
    return await serve({ directory, record, running, listen, own: known?.machine, machines });
  } finally {
    lock.release();
  }
}

function checkPlace(running: ServedHub | null, listen: ListenAddress): void {
  if (running === null || addressAsTyped(running.listen) === addressAsTyped(listen)) return;
  throw new Error(
    `The hub runs already and listens on ${addressAsTyped(running.listen)}: to change that, end it first with: kill ${running.process.pid}`,
  );
}

type Serving = {
  directory: string;
  record: string;
  running: ServedHub | null;
  listen: ListenAddress;
  own: string | undefined;
  machines: readonly string[];
};

async function serve(serving: Serving): Promise<HubService> {
  const { directory, record, running, listen } = serving;
  const inHub = (name: string): string => join(directory, name);
  const [certificateFile, keyFile] = [inHub('certificate.pem'), inHub('key.pem')];
  const [logFile, configurationFile] = [inHub('hub.log'), inHub('nats.conf')];
  const tls = isLoopback(listen) ? null : { certificateFile, keyFile };
  const certificate = tls === null ? null : await hubCertificate(tls);
  const { own, others } = await filesFor(serving, certificate);
  const users = [
    await userOf(own, true),
    ...(await Promise.all(others.map((file) => userOf(file, false)))),
  ];
  const configuration = serverConfiguration({
    ...listen,
    storeDirectory: inHub('store'),
    logFile,
    tls,
    users,
  });
  const before = await readSmallFile(configurationFile, { maxBytes: 16 * 1024 * 1024 });
  if (running === null) await checkPort(listen);
  if (before?.text !== configuration) await replaceFile(configurationFile, configuration);
  const about = { listen, logFile, own, others };
  if (running === null) {
    const start = { directory, configurationFile, logFile, listen };
    const process = await startServer(start, addressOf(own));
    await writeServedHub(record, { listen, machine: own.machine, process });
    return { ...about, done: 'started', pid: process.pid };
  }
  const { pid } = running.process;
  if (before?.text === configuration) return { ...about, done: 'nothing', pid };
  process.kill(pid, 'SIGHUP');
  // What a hub of an older version lacks is made now.
  await letIn(own, { logFile, makes: true });
  const added = others.find(({ isNew }) => isNew);
  if (added !== undefined) await letIn(added, { logFile, makes: false });
  return { ...about, done: 'changed', pid };
}

async function letIn(
  file: MachineFile,
  { logFile, makes }: { logFile: string; makes: boolean },
): Promise<void> {
  const problem = await whyNotIn(addressOf(file), { makes });
  if (problem === null) return;
  throw new Error(
    `nats-server did not take over its new configuration (${problem}): see ${logFile}`,
  );
}

async function filesFor(
  { directory, listen, own: knownOwn, machines }: Serving,
  certificate: string | null,
): Promise<{ own: MachineFile; others: MachineFile[] }> {
  const place = join(directory, 'machines');
  const own = knownOwn ?? machineNameFrom(hostname());
  const before = (await knownMachines(place)).filter((name) => name !== own);
  const isFirst = before.length === 0 && machines.length === 0;
  const names = new Set([
    ...before,
    ...(isFirst && knownOwn === undefined ? ['machine-2'] : machines),
  ]);
  names.delete(own);
  const scheme = certificate === null ? 'nats' : 'tls';
  const urlFrom = (host: string) => `${scheme}://${addressAsTyped({ ...listen, host })}`;
  const [here, there] = hostsOf(listen);
  const fileFor = (machine: string, host: string) =>
    machineFile(place, { machine, url: urlFrom(host), certificate });
  const others: MachineFile[] = [];
  for (const name of names) others.push(await fileFor(name, there));
  return { own: await fileFor(own, here), others };
}

/** By which this machine and others reach it. */
function hostsOf({ host }: ListenAddress): [string, string] {
  if (host !== '0.0.0.0' && host !== '::') return [host, host];
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outside = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  return ['127.0.0.1', outside?.address ?? hostname()];
}

function addressOf({ url, machine, key, certificate }: MachineFile): HubAddress {
  return { url, machine, seed: key, certificate };
}
