// The state of the machine with what it shares of the account over all machines: the places and the limit count here and at
// the hub. The machine's own files go along, for its tasks that are not at the hub, and for when it cannot be reached.

import {
  withoutPermits,
  withPermit,
  withProbe,
  type AccountRecord,
  type HubPermit,
} from '../../core/hub/account-record.ts';
import { withoutLimit } from '../../core/hub/shared-limit.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import type { Clock } from '../../system/clock.ts';
import type { Lock } from '../../system/files/lock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { Account } from './account.ts';
import { settleLimit } from './settle-limit.ts';

type SharedAccount = {
  machine: MachineDirectory;
  account: Account;
  clock: Pick<Clock, 'now'>;
  /** This machine's name in the hub. */
  name: string;
  self: ProcessIdentity;
  newId(): string;
  /** How many sessions the account may run at once, on all machines; null for any number. */
  accountAtOnce: number | null;
  /** The hub is away, and the task may go on without: its session counts on this machine alone. */
  goesOnAlone(): boolean;
};

export type SharedMachine = MachineDirectory & {
  /** Why the hub's record of the account could not be read last; null if it was. */
  accountProblem(): string | null;
};

export function sharedMachineDirectory(shared: SharedAccount): SharedMachine {
  const { machine, account, name, self, newId, accountAtOnce, goesOnAlone } = shared;

  /** Permits that the hub may still have: it could not be told, or did not answer. */
  const leftOver = new Set<string>();
  let problem: string | null = null;
  const settle = () => settleLimit(shared);

  /** Always a write: it makes one fail that was sent before and is still on its way. */
  async function giveBack(): Promise<void> {
    const ids = new Set(leftOver);
    if (ids.size === 0) return;
    await account.change((record) => ({ ...withoutPermits(record, ({ id }) => ids.has(id)) }));
    for (const id of ids) leftOver.delete(id);
  }

  /** If the hub cannot be told, it is told with the next one; or others find this process gone. */
  const giveBackSoon = (id: string): void => {
    leftOver.add(id);
    giveBack().catch(() => {});
  };

  /** The machine's lock, and the hub's part of it; null if either is taken, or the hub cannot be asked. */
  async function both(
    local: Lock | null,
    added: (record: AccountRecord, permit: HubPermit) => AccountRecord | null,
  ): Promise<Lock | null> {
    if (local === null || goesOnAlone()) return local;
    const permit = { id: newId(), machine: name, runner: self };
    const take = () => account.change((record) => added(record, permit));
    try {
      await giveBack();
      if ((await take()) || ((await account.sweep()) && (await take()))) {
        return {
          release: () => {
            giveBackSoon(permit.id);
            local.release();
          },
        };
      }
    } catch {
      giveBackSoon(permit.id);
    }
    local.release();
    return null;
  }

  return {
    ...machine,
    takeSlot: async (count) =>
      both(await machine.takeSlot(count), (record, permit) =>
        withPermit(record, permit, accountAtOnce ?? Infinity),
      ),
    takeProbe: async () => both(await machine.takeProbe(), withProbe),
    readLimit: async () => {
      try {
        const limit = await settle();
        problem = null;
        return limit;
      } catch (error) {
        problem = errorMessage(error);
        return machine.readLimit();
      }
    },
    accountProblem: () => problem,
    // A hub that cannot be told now is with the next look at the limit, or the next heartbeat.
    writeLimit: async (limit) => {
      await machine.writeLimit(limit);
      await settle().catch(() => {});
    },
    liftLimit: async () => {
      await machine.liftLimit();
      await account.change(withoutLimit);
    },
  };
}
