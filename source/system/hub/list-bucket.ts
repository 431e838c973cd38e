// All that a bucket has under keys of a pattern, by questions and answers alone. A consumer says how many messages are still to
// come, but a server (2.9) that stores one while the consumer is made counts it twice: who waited for the last one then waited
// for as long as others wrote.

import type { KV, KvEntry } from '@nats-io/kv';
import type { JetStreamManager } from '@nats-io/jetstream';
import { hubBuckets, type HubBucket } from '../../core/hub/hub-names.ts';

type Listing = { manager: JetStreamManager; bucket: HubBucket; keys: string };

/** Those that were deleted are among them. Rejects with what NATS says. */
export async function listBucket(
  kept: KV,
  { manager, bucket, keys }: Listing,
): Promise<readonly KvEntry[]> {
  const [stream, prefix] = [`KV_${hubBuckets[bucket]}`, `$KV.${hubBuckets[bucket]}.`];
  const { state } = await manager.streams.info(stream, { subjects_filter: `${prefix}${keys}` });
  const names = Object.keys(state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
  const entries = await Promise.all(names.map((name) => kept.get(name)));
  return entries.filter((entry) => entry !== null);
}
