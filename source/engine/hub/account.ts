// The record of an account at the hub, changed by compare-and-set. Permits whose runner or machine is gone are taken out by
// those who want one: of the own machine by a look at the process, of another one by the silence of its heartbeat.

import {
  noAccount,
  readAccountRecord,
  withoutPermits,
  writtenAccountRecord,
  type AccountRecord,
  type HubPermit,
} from '../../core/hub/account-record.ts';
import { hubMachineKey } from '../../core/hub/hub-names.ts';
import type { LeaseDurations } from '../../core/lease/durations.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import type { HubConnection } from '../../system/hub/hub-connection.ts';
import type { HubLink } from './hub-link.ts';

type AccountDeps = {
  link: HubLink;
  hub: string;
  /** Of the account at the hub. */
  accountKey: string;
  machine: string;
  bootNow(): number;
  durations: LeaseDurations;
  isAlive(process: ProcessIdentity): Promise<boolean>;
};

export type Account = {
  /** What this machine knows the hub by: an id. */
  hub: string;
  /** Rejects while the hub cannot be read. */
  read(): Promise<AccountRecord>;
  /**
   * `change` answers null if it cannot be made, and may be called several times. Returns whether it was made. Rejects if it
   * is not known whether it was.
   */
  change(change: (record: AccountRecord) => AccountRecord | null): Promise<boolean>;
  /** Takes out the permits of the dead. Returns whether there were any. */
  sweep(): Promise<boolean>;
};

type Silence = { revision: number; hubStart: string; seenAt: number };

/** Many machines that change it at once: each time one of them succeeds. */
const maxTries = 50;

export function accountOnHub(deps: AccountDeps): Account {
  const { link, hub, accountKey, machine, bootNow, durations, isAlive } = deps;
  const silences = new Map<string, Silence>();

  const connected = (): HubConnection => {
    const connection = link.current();
    if (connection === null) throw new Error(link.problem() ?? 'The hub is not connected yet');
    return connection;
  };

  async function readOn(connection: HubConnection) {
    const { text, revision } = await connection.read('accounts', accountKey);
    const record = text === null ? noAccount : readAccountRecord(text);
    if (record === null) {
      throw new Error(
        'What the hub has of the account cannot be read: update autonomous-tui on this machine',
      );
    }
    return { record, revision };
  }

  async function change(wanted: (record: AccountRecord) => AccountRecord | null): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries++) {
      const connection = connected();
      const { record, revision } = await readOn(connection);
      const next = wanted(record);
      if (next === null) return false;
      if (next === record) return true;
      const text = writtenAccountRecord(next);
      const stored = await connection.write('accounts', accountKey, { text, expected: revision });
      if (stored !== 'refused') return true;
    }
    throw new Error('The hub changes what it has of the account too often: try again');
  }

  async function isOver({ machine: owner, runner }: HubPermit): Promise<boolean> {
    if (owner === machine) return !(await isAlive(runner));
    const connection = connected();
    const { hubStart } = connection;
    const { revision } = await connection.read('machines', hubMachineKey(owner));
    const before = silences.get(owner);
    if (before?.revision !== revision || before.hubStart !== hubStart) {
      silences.set(owner, { revision, hubStart, seenAt: bootNow() });
      return false;
    }
    return bootNow() >= before.seenAt + durations.leaseMs + durations.marginMs;
  }

  return {
    hub,
    read: async () => (await readOn(connected())).record,
    change,
    sweep: async () => {
      const { permits, probe } = (await readOn(connected())).record;
      const dead = new Set<string>();
      for (const permit of probe === null ? permits : [...permits, probe]) {
        if (await isOver(permit)) dead.add(permit.id);
      }
      if (dead.size === 0) return false;
      return change((record) => withoutPermits(record, ({ id }) => dead.has(id)));
    },
  };
}
