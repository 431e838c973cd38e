// The buckets of a hub: made by the first machine that may, and checked by all others.

import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { hubBuckets, type HubBucket } from '../../core/hub/hub-names.ts';
import { HubError } from './hub-error.ts';
import type { Nats } from './nats.ts';

export const streamNotFound = 10059;
/** Two machines began at once. */
export const streamExists = 10058;

/** Those without which nothing works. */
const needed = ['tasks', 'machines', 'accounts', 'requests'] as const;

export type NeededBucket = (typeof needed)[number];

export type Opening = { shown: string; answerMs: number; openMs: number };

/** Throws what NATS says, or a HubError. */
export async function openBuckets(
  nats: Nats,
  connection: NatsConnection,
  opening: Opening,
): Promise<Readonly<Record<NeededBucket, KV>>> {
  const opened = async (bucket: NeededBucket): Promise<[NeededBucket, KV]> => [
    bucket,
    await openBucket(nats, connection, { ...opening, bucket }),
  ];
  return Object.fromEntries(await Promise.all(needed.map(opened))) as Record<NeededBucket, KV>;
}

/** The same of one. */
export async function openBucket(
  nats: Nats,
  connection: NatsConnection,
  { bucket, shown, answerMs, openMs }: Opening & { bucket: HubBucket },
): Promise<KV> {
  const client = (timeout: number) => nats.jetstream(connection, { timeout, checkAPI: false });
  const manager = await client(openMs).jetstreamManager();
  const name = hubBuckets[bucket];
  const info = async () => manager.streams.info(`KV_${name}`);
  let found = await info().catch(unless(streamNotFound));
  if (found === null) {
    // `allow_direct` would let a replica answer.
    await new nats.Kvm(client(openMs))
      .create(name, { history: 1, allow_direct: false })
      .catch(unless(streamExists));
    found = await info();
  }
  const { max_age: maxAge, discard, max_msgs_per_subject: kept } = found.config;
  // What vanishes by itself would look like a task that nobody has.
  if (maxAge > 0 || kept !== 1 || discard !== 'new') {
    throw new HubError('other settings', { hub: shown, detail: name });
  }
  return new nats.Kvm(client(answerMs)).open(name, { allow_direct: false });
}

/** Null for an error of that code of the server. */
export function unless(code: number): (error: unknown) => null {
  return (error) => {
    if ((error as { code?: unknown }).code === code) return null;
    throw error;
  };
}
