// The address of a hub → how the packages of NATS connect to it.

import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { inboxOf } from '../../core/hub/serve/rights.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import type { Nats } from './nats.ts';

export const connectMs = 3000;
/** A hub that does not answer two of them is gone, though its machine may still hold the connection. */
const pingEveryMs = 4000;

export function optionsOf(
  nats: Nats,
  { machine, seed, certificate }: HubAddress,
  { host, port, user, password, isTls }: ReturnType<typeof placeOf>,
): NodeConnectionOptions {
  return {
    servers: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    reconnect: false,
    ignoreClusterUpdates: true,
    timeout: connectMs,
    pingInterval: pingEveryMs,
    maxPingOut: 2,
    ...(machine === null ? {} : { name: machine, inboxPrefix: inboxOf(machine) }),
    ...(user === '' ? {} : { user, pass: password }),
    ...(seed === null
      ? {}
      : { authenticator: nats.nkeyAuthenticator(new TextEncoder().encode(seed)) }),
    ...(certificate === null ? (isTls ? { tls: {} } : {}) : { tls: trusting(certificate) }),
  };
}

/** Exactly this certificate, whatever address and name the hub is reached by: only it has that key. */
function trusting(certificate: string): NonNullable<NodeConnectionOptions['tls']> {
  const options = { ca: certificate, checkServerIdentity: () => undefined };
  return options;
}

const defaultPort = 4222;

export function placeOf(url: string, shown: string) {
  const parsed = URL.parse(url);
  if (parsed === null || !/^(?:nats|tls):$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new HubError('bad address', { hub: shown });
  }
  const { hostname, port, username, password, protocol } = parsed;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    isTls: protocol === 'tls:',
    shown,
  };
}
