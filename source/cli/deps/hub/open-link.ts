// The link of a command that only looks at a hub, or asks something of it.

import { leaseDurations } from '../../../core/lease/durations.ts';
import { linkHub, type HubLink } from '../../../engine/hub/hub-link.ts';
import { systemClock } from '../../../system/clock.ts';
import type { HubAddress } from '../../../system/hub/hub-address.ts';
import { connectHub, type HubConnection } from '../../../system/hub/hub-connection.ts';

/** Connected when it resolves. Throws a sentence that says what is wrong with the hub. */
export async function openLink(address: HubAddress): Promise<HubLink> {
  const connect = (): Promise<HubConnection> => connectHub(address, leaseDurations);
  let first: HubConnection | null = await connect();
  const link = linkHub({
    clock: systemClock,
    connect: () => {
      const made = first === null ? connect() : Promise.resolve(first);
      first = null;
      return made;
    },
  });
  if (link.current() !== null) return link;
  await new Promise<void>((resolve) => {
    const stop = link.onChange(() => {
      stop();
      resolve();
    });
  });
  return link;
}
