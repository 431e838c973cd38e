// What a hub says of itself and of the machines that were heard, for those who ask. Times of the hub's clock are compared
// with each other, and shown; nothing goes by them.

import type { JetStreamManager } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { hubBuckets } from '../../core/hub/hub-names.ts';
import { systemClock } from '../clock.ts';
import { listBucket } from './list-bucket.ts';

export type HubLook = {
  version: string;
  roundTripMs: number;
  /** How far its clock is ahead of this machine's, ms; half a round trip may be wrong. */
  aheadMs: number;
  /** `agoMs`: since it was stored, by the hub's clock. */
  heartbeats: readonly { key: string; text: string; agoMs: number }[];
};

type Looking = { manager: JetStreamManager; connection: NatsConnection; machines: KV };

/** Throws what NATS says. */
export async function lookAtHub({ manager, connection, machines }: Looking): Promise<HubLook> {
  const stream = `KV_${hubBuckets.machines}`;
  const before = systemClock.now();
  // A consumer says when it was made: the only time of the hub that 2.9 tells those who write nothing.
  const { name, created } = await manager.consumers.add(stream, {});
  const after = systemClock.now();
  await manager.consumers.delete(stream, name).catch(() => {});
  const hubNow = Date.parse(created);
  const heartbeats: HubLook['heartbeats'][number][] = [];
  const all = { manager, bucket: 'machines', keys: 'machine.>' } as const;
  for (const entry of await listBucket(machines, all)) {
    if (entry.operation !== 'PUT') continue;
    const { key, created: stored } = entry;
    heartbeats.push({ key, text: entry.string(), agoMs: hubNow - stored.getTime() });
  }
  return {
    version: connection.info?.version ?? '',
    roundTripMs: after - before,
    aheadMs: hubNow - (before + after) / 2,
    heartbeats,
  };
}
