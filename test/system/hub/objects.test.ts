// What the hub keeps in pieces, on a real nats-server.

import { randomBytes } from 'node:crypto';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubConversations } from '../../../source/core/hub/hub-names.ts';
import { connectHub, type HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';

const stream = `OBJ_${hubConversations}`;
const MiB = 1024 * 1024;

describe.skipIf(!hasNats)(`a conversation at the hub${hasNats ? '' : ` (${leftOut})`}`, () => {
  let server: NatsServer;
  let hub: HubConnection;
  let raw: NatsConnection;
  let manager: JetStreamManager;

  beforeEach(async () => {
    server = await NatsServer.start();
    const address = { url: server.url, machine: 'machine-a', seed: null, certificate: null };
    hub = await connectHub(address, { answerMs: 2000 });
    raw = await connect({ servers: server.url.replace('nats://', ''), reconnect: false });
    manager = await jetstreamManager(raw);
  });

  afterEach(async () => {
    await hub.close();
    await raw.close();
    await server.remove();
  });

  const put = (bytes: Uint8Array, of = 'thread'): Promise<void> =>
    hub.objects.put('task', { of, bytes: new Blob([new Uint8Array(bytes)]).stream() });

  test('comes back byte for byte, and there is nothing before it was put', async () => {
    expect(await hub.objects.get('task', MiB)).toBe(null);
    const bytes = randomBytes(5 * MiB + 3);
    await put(bytes);
    const found = await hub.objects.get('task', 6 * MiB);
    expect(found?.of).toBe('thread');
    expect(found?.bytes.equals(bytes)).toBe(true);
    await put(Buffer.alloc(0));
    expect((await hub.objects.get('task', MiB))?.bytes).toHaveLength(0);
  });

  test('that is replaced leaves nothing behind, and one that is not goes after a month', async () => {
    for (const size of [3 * MiB, 2 * MiB, MiB]) await put(randomBytes(size));
    const { state, config } = await manager.streams.info(stream);
    expect(state.bytes).toBeLessThan(1.2 * MiB);
    expect(config.max_age / 1e9).toBe(30 * 24 * 60 * 60);
  });

  test('that is larger than who asks can take is not read', async () => {
    await put(randomBytes(2 * MiB));
    await expect(hub.objects.get('task', MiB)).rejects.toThrow('it is too large');
  });

  test('that is larger than it says is not read either', async () => {
    await put(randomBytes(2 * MiB));
    await raw.request(subjectOf('task'), JSON.stringify({ ...(await info()), size: 10 }));
    await expect(hub.objects.get('task', MiB)).rejects.toThrow('it is too large');
  });

  test('with another piece in it is not taken for whole', async () => {
    await put(randomBytes(MiB));
    const { nuid } = await info();
    await raw.request(`$O.${hubConversations}.C.${nuid}`, 'more');
    await expect(hub.objects.get('task', 2 * MiB)).rejects.toThrow('it does not arrive whole');
  });

  test('that leads to another store is none', async () => {
    await put(randomBytes(10));
    const link = { bucket: 'other', name: 'x' };
    await raw.request(subjectOf('task'), JSON.stringify({ ...(await info()), options: { link } }));
    expect(await hub.objects.get('task', MiB)).toBe(null);
  });

  function subjectOf(name: string): string {
    return `$O.${hubConversations}.M.${Buffer.from(name).toString('base64')}`;
  }

  async function info(): Promise<{ nuid: string }> {
    const kept = await manager.streams.getMessage(stream, { last_by_subj: subjectOf('task') });
    return kept!.json();
  }

  test('of which all pieces are gone is said to miss one, after a while', async () => {
    await put(randomBytes(MiB));
    const { nuid } = await info();
    await manager.streams.purge(stream, { filter: `$O.${hubConversations}.C.${nuid}` });
    await expect(hub.objects.get('task', 2 * MiB)).rejects.toThrow('it does not arrive whole');
  });
});
