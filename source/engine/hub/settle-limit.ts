// Makes one usage limit of the machine's and the hub's: whenever a task of the hub asks for it, and with each heartbeat, since
// the machine's tasks without a hub change it while none of the hub's runs here.

import { keptNothing, type AccountLimit } from '../../core/codex/account-limit.ts';
import { keptBeside, withNews } from '../../core/hub/shared-limit.ts';
import type { Clock } from '../../system/clock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { Account } from './account.ts';
import type { Heartbeat } from './heartbeat.ts';

type LimitDeps = {
  machine: Pick<MachineDirectory, 'readKeptLimit' | 'replaceKeptLimit'>;
  account: Pick<Account, 'hub' | 'read' | 'change'>;
  clock: Pick<Clock, 'now'>;
};

/** The limit of all machines. Rejects while the hub cannot be read, or be told what is new to it. */
export async function settleLimit({
  machine,
  account,
  clock,
}: LimitDeps): Promise<AccountLimit | null> {
  // Of a file that cannot be read the tasks without a hub speak; the hub's own have its record.
  const kept = await machine.readKeptLimit().catch(() => keptNothing);
  const at = { hub: account.hub, now: clock.now() };
  let record = await account.read();
  if (withNews(record, kept, at) !== record) {
    await account.change((found) => (record = withNews(found, kept, at)));
  }
  const next = keptBeside(record, kept, at);
  // What could not be written is with the next heartbeat.
  if (next !== kept) await machine.replaceKeptLimit(kept, next).catch(() => {});
  return record.limit;
}

/** Returns the function that ends it. */
export function settleWithHeartbeat(
  heartbeat: Pick<Heartbeat, 'onConfirmed'>,
  deps: LimitDeps,
): () => void {
  return heartbeat.onConfirmed(() => void settleLimit(deps).catch(() => {}));
}
