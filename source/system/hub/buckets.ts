// The buckets of a hub: made by the first machine that may, and checked by all others.

import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { hubBuckets, type HubBucket } from '../../core/hub/hub-names.ts';
import { HubError } from './hub-error.ts';
import type { Nats } from './nats.ts';

const streamNotFound = 10059;
/** Two machines began at once. */
const streamExists = 10058;

/** Throws what NATS says, or a HubError. */
export async function openBuckets(
  nats: Nats,
  connection: NatsConnection,
  { shown, answerMs, openMs }: { shown: string; answerMs: number; openMs: number },
): Promise<Readonly<Record<HubBucket, KV>>> {
  const client = (timeout: number) => nats.jetstream(connection, { timeout, checkAPI: false });
  const manager = await client(openMs).jetstreamManager();
  const opened = async (bucket: HubBucket): Promise<[HubBucket, KV]> => {
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
    return [bucket, await new nats.Kvm(client(answerMs)).open(name, { allow_direct: false })];
  };
  const buckets = Object.keys(hubBuckets) as HubBucket[];
  return Object.fromEntries(await Promise.all(buckets.map(opened))) as Record<HubBucket, KV>;
}

function unless(code: number): (error: unknown) => null {
  return (error) => {
    if ((error as { code?: unknown }).code === code) return null;
    throw error;
  };
}
