// This machine in a hub, put together for one process: its connection, the machine's heartbeat, and what it needs to
// coordinate a task. All processes of the machine share the heartbeat and the files.

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { hubAccountKey, machineNameFrom } from '../../../core/hub/hub-names.ts';
import type { Seen } from '../../../core/lease/seen.ts';
import { leaseDurations, type LeaseDurations } from '../../../core/lease/durations.ts';
import { coordinationOnHub, type HubCoordination } from '../../../engine/coordination/on-hub.ts';
import { sharedMachineDirectory } from '../../../engine/hub/account-directory.ts';
import { accountOnHub } from '../../../engine/hub/account.ts';
import { isAlone } from '../../../engine/hub/heartbeat.ts';
import { linkHub, type HubLink } from '../../../engine/hub/hub-link.ts';
import { shareHeartbeat } from '../../../engine/hub/shared-heartbeat.ts';
import { settleWithHeartbeat } from '../../../engine/hub/settle-limit.ts';
import { bootClock } from '../../../system/boot-clock.ts';
import { systemClock, type Clock } from '../../../system/clock.ts';
import { heartbeatFile } from '../../../system/hub/heartbeat-file.ts';
import type { HubAddress } from '../../../system/hub/hub-address.ts';
import { connectHub } from '../../../system/hub/hub-connection.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { ownInstance } from '../../../system/hub/own-instance.ts';
import { bootId, identityOf, isAlive } from '../../../system/process/identity.ts';
import {
  leasePath,
  readLease,
  removeLease,
  writeLease,
} from '../../../system/state/lease/lease-file.ts';
import { machineDirectory } from '../../../system/state/machine-directory.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { pathKey, stateHome, type Environment } from '../../../system/state/state-files.ts';
import { watchDirectory } from '../../../system/watch.ts';

type Entering = {
  address: HubAddress;
  /** The state home. */
  home: string;
  environment: Environment;
  /** What the account is called at the hub: the same on all machines that share its limit. */
  account: string;
  /** How many sessions the account may run at once, on all machines; null for any number. */
  accountAtOnce: number | null;
  durations: LeaseDurations;
};

type TaskInHub = {
  /** Its key in the hub. */
  key: string;
  project: string;
  name: string;
  /** No other machine ever takes it. */
  isPinned: boolean;
  /** Anything of the task's session, or a warden, lives on this machine. */
  codexLives(): boolean;
  /** What another process of this machine has seen of it; null if it is not known. */
  seen: Seen | null;
};

type EnteredHub = {
  /** This machine's name in it. */
  machine: string;
  link: HubLink;
  clock: Clock;
  /** The clock of leases. */
  bootNow(): number;
  durations: LeaseDurations;
  /** No other machine takes part in the hub under this one's name, as far as is known. */
  isAlone(): boolean;
  /** Why this machine takes no part, as a sentence; null if it does. */
  problem(): string | null;
  /** The state directory of the task must be there. */
  coordination(task: TaskInHub): HubCoordination;
  /** Takes out the places of processes and machines that are gone: to be called now and then by one process. */
  sweep(): Promise<void>;
  close(): Promise<void>;
};

/** Resolves before it is connected. Throws a sentence if the state cannot be kept. */
export async function enterHub(entering: Entering): Promise<EnteredHub> {
  const { address, accountAtOnce, durations, home } = entering;
  const self = await identityOf(process.pid);
  if (self === null) throw new Error('Cannot tell which processes are alive: /proc is needed');
  const accountKey = hubAccountKey(entering.account);
  if (accountKey === null) throw new Error('The name of the account is too long for a hub');
  const { local, instance, machine } = await ownMachine(entering);
  const link = linkHub({
    connect: () => connectHub({ ...address, machine }, durations),
    clock: systemClock,
  });
  const shared = { link, clock: systemClock, bootNow: bootClock, durations };
  const { takeLock, ...file } = heartbeatFile(local.path, address.url);
  const heartbeat = shareHeartbeat({
    ...shared,
    self: { machine, instance, boot: bootId() },
    takeLock,
    file,
  });
  const hub = pathKey(address.url);
  const account = accountOnHub({ ...shared, hub, accountKey, machine, isAlive });
  settleWithHeartbeat(heartbeat, { machine: local, account, clock: systemClock });
  const machineState = (isPinned: boolean) =>
    sharedMachineDirectory({
      ...{ machine: local, account, clock: systemClock, name: machine },
      ...{ self, newId: randomUUID, accountAtOnce },
      goesOnAlone: () => isPinned && link.current() === null,
    });

  return {
    ...shared,
    machine,
    isAlone: () => isAlone({ ...shared, heartbeat }),
    problem: () => heartbeat.problem() ?? (link.current() === null ? link.problem() : null),
    coordination: ({ key, project, name, isPinned, codexLives, seen }) => {
      const state = stateDirectory(home, project, name);
      const path = leasePath(state.path);
      return coordinationOnHub({
        clock: systemClock,
        task: taskDirectory(project, name),
        state,
        machine: machineState(isPinned),
        watchDirectory,
        lease: { ...shared, heartbeat, machine, newId: randomUUID },
        leaseFile: {
          path,
          write: (lease) => writeLease(path, lease),
          remove: () => removeLease(path),
        },
        key,
        held: async () => {
          const lease = codexLives() ? readLease(path) : null;
          return lease === null ? null : { lease, run: await state.readRecord() };
        },
        ...{ codexLives, seen, isPinned },
      });
    },
    sweep: async () => void (await account.sweep()),
    close: async () => {
      heartbeat.close();
      await link.close();
    },
  };
}

/** This machine as the hub knows it. Throws a sentence if the state cannot be kept. */
export async function ownMachine({
  address,
  home,
  environment,
}: Pick<Entering, 'address' | 'home' | 'environment'>) {
  const local = machineDirectory(home, environment);
  await local.make();
  const instance = await ownInstance(local.path);
  const machine = address.machine ?? machineNameFrom(hostname(), instance.slice(0, 6));
  return { local, instance, machine };
}

/** As commands enter it: with the user's environment. The machines of a hub count as one account. */
export async function enterHubAs(
  given: string,
  accountAtOnce: number | null = null,
): Promise<EnteredHub> {
  return enterHub({
    address: await readHubAddress(given),
    home: stateHome(process.env),
    environment: process.env,
    account: 'shared',
    accountAtOnce,
    durations: leaseDurations,
  });
}
