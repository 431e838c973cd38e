// What a server says of itself before anything is sent to it. The packages of NATS would take the same line, but leave their
// socket open where it never comes: a hub that hangs, asked again each second, would use up all descriptors in a night.

import { createConnection } from 'node:net';
import {
  numberField,
  parsedObject,
  textField,
  field,
  type JsonObject,
} from '../../core/json/json.ts';
import { classified } from './classify.ts';
import { HubError } from './hub-error.ts';

type HubPlace = { host: string; port: number; shown: string };

const maxLine = 64 * 1024;

/** Throws a HubError if it is not a hub, or one that cannot be used. */
export async function askServer({ host, port, shown }: HubPlace, timeoutMs: number): Promise<void> {
  const line = await firstLine({ host, port, shown }, timeoutMs);
  const said = /^INFO\s+(\{.*\})\s*$/i.exec(line)?.[1];
  const info = said === undefined ? null : parsedObject(said);
  if (info === null || textField(info, 'server_id') === null) {
    throw new HubError('not a hub', { hub: shown });
  }
  checkServer(info, shown);
}

function checkServer(info: JsonObject, hub: string): void {
  const version = textField(info, 'version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldEnough = major > 2 || (major === 2 && minor >= 9);
  if (!isOldEnough) throw new HubError('too old', { hub, detail: version });
  if (field(info, 'jetstream') !== true) throw new HubError('without JetStream', { hub });
  if (textField(info, 'cluster') !== null) throw new HubError('clustered', { hub });
  if ((numberField(info, 'max_payload') ?? 0) <= 0) throw new HubError('not a hub', { hub });
}

function firstLine({ host, port, shown }: HubPlace, timeoutMs: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = createConnection({ host, port });
  let said = '';
  // The whole time, not that between two packets: a trickle is no answer either.
  const giveUp = AbortSignal.timeout(timeoutMs);
  giveUp.addEventListener('abort', () => {
    const isOpen = socket.readyState !== 'opening';
    socket.destroy();
    reject(
      isOpen
        ? new HubError('not a hub', { hub: shown })
        : new HubError('unreachable', { hub: shown, detail: 'ETIMEDOUT' }),
    );
  });
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    said += text;
    if (!said.includes('\n') && said.length < maxLine) return;
    socket.destroy();
    resolve(said.split('\n', 1)[0] ?? '');
  });
  socket.on('error', (cause) => {
    const { problem, detail } = classified(cause);
    reject(new HubError(problem, { hub: shown, detail, cause }));
  });
  socket.on('close', () => reject(new HubError('not a hub', { hub: shown })));
  return promise;
}
