// What we use of the packages of NATS. Only `nats.ts` loads this file, and late. Imported one by one, each is CommonJS, of which
// a bundle keeps no names.

import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { connect, nkeyAuthenticator, nkeys } from '@nats-io/transport-node';

export const natsPackages = { connect, jetstream, Kvm, Objm, nkeyAuthenticator, nkeys };
