// One machine of a hub as far as coordination goes: its link, its heartbeat, its state home, one task.

import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubAccountKey, hubTaskKey } from '../../../source/core/hub/hub-names.ts';
import type { Seen } from '../../../source/core/lease/seen.ts';
import type { LeaseDurations } from '../../../source/core/lease/durations.ts';
import {
  coordinationOnHub,
  type HubCoordination,
} from '../../../source/engine/coordination/on-hub.ts';
import { sharedMachineDirectory } from '../../../source/engine/hub/account-directory.ts';
import { accountOnHub, type Account } from '../../../source/engine/hub/account.ts';
import { giveTask } from '../../../source/engine/hub/give-task.ts';
import { keepHeartbeat, type Heartbeat } from '../../../source/engine/hub/heartbeat.ts';
import { linkHub, type HubLink } from '../../../source/engine/hub/hub-link.ts';
import type { LeaseDeps } from '../../../source/engine/hub/leased-task.ts';
import { bootClock } from '../../../source/system/boot-clock.ts';
import { systemClock, type Clock } from '../../../source/system/clock.ts';
import type { HubAddress } from '../../../source/system/hub/hub-address.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { bootId, identityOf, isAlive } from '../../../source/system/process/identity.ts';
import {
  leasePath,
  readLease,
  removeLease,
  writeLease,
} from '../../../source/system/state/lease/lease-file.ts';
import {
  machineDirectory,
  type MachineDirectory,
} from '../../../source/system/state/machine-directory.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { watchDirectory } from '../../../source/system/watch.ts';
import { until } from '../until.ts';
import { NatsServer } from './nats-server.ts';

/** As short as a busy machine permits. */
export const shortLease: LeaseDurations = {
  leaseMs: 4000,
  heartbeatMs: 500,
  marginMs: 1000,
  interruptMs: 500,
  wardenLookMs: 100,
  lookMs: 500,
  answerMs: 1000,
};

export const taskKey = hubTaskKey('anywhere:/home/ann/shop/docs')!;
export const accountKey = hubAccountKey('ann')!;

/** `clock`: of permits and requests; `instance`: of its state home. */
type Entering = { clock?: Clock; instance?: string };

export class HubMachine {
  readonly link: HubLink;
  readonly heartbeat: Heartbeat;
  readonly lease: LeaseDeps;
  readonly name: string;
  codexLives = false;
  isPinned = false;
  /** What another process of it has seen of the task. */
  seen: Seen | null = null;
  readonly #directory: string;
  readonly #clock: Clock;
  #isCutOff = false;

  private constructor(
    directory: string,
    name: string,
    { address, clock = systemClock, instance = `${name}-home` }: Entering & { address: HubAddress },
  ) {
    this.#directory = directory;
    this.#clock = clock;
    this.name = name;
    const { answerMs } = shortLease;
    this.link = linkHub({
      connect: () =>
        this.#isCutOff ? Promise.reject(new Error('cut off')) : connectHub(address, { answerMs }),
      clock: systemClock,
    });
    const shared = {
      link: this.link,
      clock: systemClock,
      bootNow: bootClock,
      durations: shortLease,
    };
    const self = { machine: name, instance, boot: bootId() };
    this.heartbeat = keepHeartbeat({ ...shared, self });
    this.lease = { ...shared, heartbeat: this.heartbeat, machine: name, newId: randomUUID };
  }

  static async enter(
    name: string,
    address: Partial<HubAddress> & { url: string },
    entering: Entering = {},
  ): Promise<HubMachine> {
    const directory = await mkdtemp(join(tmpdir(), `${name}-`));
    for (const part of ['state', 'project']) await mkdir(join(directory, part), { mode: 0o700 });
    const whole = { machine: null, seed: null, certificate: null, ...address };
    const machine = new HubMachine(directory, name, { ...entering, address: whole });
    await machine.#state.make();
    await machine.#task.make();
    return machine;
  }

  get #state() {
    return stateDirectory(join(this.#directory, 'state'), join(this.#directory, 'project'), 'docs');
  }

  get #task() {
    return taskDirectory(join(this.#directory, 'project'), 'docs');
  }

  get leaseFile(): string {
    return leasePath(this.#state.path);
  }

  connected() {
    return until(`${this.name} is connected`, () => this.link.current(), { everyMs: 5 });
  }

  async give(): Promise<boolean> {
    const connection = await this.connected();
    return giveTask(connection, {
      key: taskKey,
      run: null,
      offer: null,
      isNew: true,
      newId: randomUUID,
    });
  }

  /** What its tasks without a hub know of the account. */
  get local(): MachineDirectory {
    return machineDirectory(join(this.#directory, 'state'), { CODEX_HOME: this.#directory });
  }

  get account(): Account {
    const { link, lease, name: machine } = this;
    return accountOnHub({ ...lease, link, hub: 'hub', accountKey, machine, isAlive });
  }

  async process(): Promise<HubCoordination> {
    const self = (await identityOf(process.pid))!;
    const { link, lease, name } = this;
    const machine = sharedMachineDirectory({
      ...{ machine: this.local, account: this.account, clock: this.#clock, name, self },
      newId: lease.newId,
      accountAtOnce: 1,
      goesOnAlone: () => this.isPinned && link.current() === null,
    });
    const path = this.leaseFile;
    return coordinationOnHub({
      clock: this.#clock,
      task: this.#task,
      state: this.#state,
      machine,
      watchDirectory,
      patienceMs: 0,
      lease,
      leaseFile: {
        path,
        write: (found) => writeLease(path, found),
        remove: () => removeLease(path),
      },
      key: taskKey,
      held: async () => {
        const found = this.codexLives ? readLease(path) : null;
        return found === null ? null : { lease: found, run: await this.#state.readRecord() };
      },
      codexLives: () => this.codexLives,
      isPinned: this.isPinned,
      seen: this.seen,
    });
  }

  /** From now on it has no network. */
  async cutOff(): Promise<void> {
    this.#isCutOff = true;
    await this.link.current()?.close();
  }

  async reconnect(): Promise<void> {
    this.#isCutOff = false;
    await this.connected();
  }

  async leave(): Promise<void> {
    this.heartbeat.close();
    await this.link.close();
    // A lease may just be written.
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Two machines of one hub: the one that owns the task, and one of its user. All of it ends with `act`. */
export async function withTwoMachines(
  act: (hub: { server: NatsServer; owner: HubMachine; user: HubMachine }) => Promise<void>,
): Promise<void> {
  const server = await NatsServer.start();
  const [owner, user] = [
    await HubMachine.enter('machine-1', { url: server.url }),
    await HubMachine.enter('machine-2', { url: server.url }),
  ];
  try {
    await Promise.all([owner.connected(), user.connected()]);
    await act({ server, owner, user });
  } finally {
    await owner.leave();
    await user.leave();
    await server.remove();
  }
}
