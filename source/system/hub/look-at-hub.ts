// What a hub says of itself and of the machines that were heard, for those who ask. Times of the hub's clock are compared
// with each other, and shown; nothing goes by them.

import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { hubBuckets } from '../../core/hub/hub-names.ts';
import { systemClock } from '../clock.ts';
import type { Nats } from './nats.ts';

export type HubLook = {
  version: string;
  roundTripMs: number;
  /** How far its clock is ahead of this machine's, ms; half a round trip may be wrong. */
  aheadMs: number;
  /** `agoMs`: since it was stored, by the hub's clock. */
  heartbeats: readonly { key: string; text: string; agoMs: number }[];
};

type Looking = { nats: Nats; connection: NatsConnection; machines: KV; answerMs: number };

/** Throws what NATS says. */
export async function lookAtHub({
  nats,
  connection,
  machines,
  answerMs,
}: Looking): Promise<HubLook> {
  const manager = await nats
    .jetstream(connection, { timeout: answerMs, checkAPI: false })
    .jetstreamManager();
  const stream = `KV_${hubBuckets.machines}`;
  const before = systemClock.now();
  // A consumer says when it was made: the only time of the hub that 2.9 tells those who write nothing.
  const { name, created } = await manager.consumers.add(stream, {});
  const after = systemClock.now();
  await manager.consumers.delete(stream, name).catch(() => {});
  const hubNow = Date.parse(created);
  const heartbeats: HubLook['heartbeats'][number][] = [];
  for await (const key of await machines.keys('machine.>')) {
    const entry = await machines.get(key);
    if (entry?.operation !== 'PUT') continue;
    heartbeats.push({ key, text: entry.string(), agoMs: hubNow - entry.created.getTime() });
  }
  return {
    version: connection.info?.version ?? '',
    roundTripMs: after - before,
    aheadMs: hubNow - (before + after) / 2,
    heartbeats,
  };
}
