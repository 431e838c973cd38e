// The packages of NATS, loaded only by what uses a hub: a runner, a list and a dashboard without one never load them.

import type * as jetstream from '@nats-io/jetstream';
import type * as kv from '@nats-io/kv';
import type * as transport from '@nats-io/transport-node';

type Nats = typeof transport & Pick<typeof jetstream, 'jetstream'> & Pick<typeof kv, 'Kvm'>;

export async function loadNats(): Promise<Nats> {
  const [connecting, streams, buckets] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
    import('@nats-io/kv'),
  ]);
  return {
    ...connecting,
    jetstream: streams.jetstream,
    Kvm: buckets.Kvm,
  };
}
