// What a process of this machine needs to take part in a hub: the link, the machine's one heartbeat, and its name.

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { machineNameFrom } from '../../../core/hub/hub-names.ts';
import { leaseDurations } from '../../../core/lease/durations.ts';
import type { Heartbeat } from '../../../engine/hub/heartbeat.ts';
import { linkHub } from '../../../engine/hub/hub-link.ts';
import { shareHeartbeat } from '../../../engine/hub/shared-heartbeat.ts';
import type { LeaseDeps } from '../../../engine/hub/task-lease.ts';
import { bootClock } from '../../../system/boot-clock.ts';
import { systemClock, type Clock } from '../../../system/clock.ts';
import { heartbeatFile } from '../../../system/hub/heartbeat-file.ts';
import type { HubAddress } from '../../../system/hub/hub-address.ts';
import { connectHub } from '../../../system/hub/hub-connection.ts';
import { bootId } from '../../../system/process/identity.ts';
import { machineDirectory } from '../../../system/state/machine-directory.ts';
import { pathKey } from '../../../system/state/state-files.ts';

export type HubPlace = LeaseDeps & {
  clock: Clock;
  heartbeat: Heartbeat;
  close(): Promise<void>;
};

/** `home`: of the state. Where the hub's file names no machine, the name is made of the host's and the state's place. */
export async function enterHub(home: string, address: HubAddress): Promise<HubPlace> {
  const directory = machineDirectory(home, process.env);
  await directory.make();
  const instance = pathKey(home);
  const machine = address.machine ?? machineNameFrom(hostname(), instance.slice(0, 6));
  const durations = leaseDurations;
  const link = linkHub({
    connect: () => connectHub(address, { answerMs: durations.answerMs }),
    clock: systemClock,
  });
  const shared = { link, clock: systemClock, bootNow: bootClock, durations };
  const file = heartbeatFile(directory.path, address.url);
  const heartbeat = shareHeartbeat({
    ...shared,
    self: { machine, instance, boot: bootId() },
    takeLock: () => file.takeLock(),
    file,
  });
  return {
    ...shared,
    ...{ heartbeat, machine, newId: randomUUID },
    close: async () => {
      heartbeat.close();
      await link.close();
    },
  };
}
