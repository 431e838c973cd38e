// A hub as --serve-hub starts it: a real nats-server with the keys, the rights and the certificate.

import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hubMachineKey, hubTaskKey } from '../../../../source/core/hub/hub-names.ts';
import { connectHub, type HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { loadNats } from '../../../../source/system/hub/nats.ts';
import { readHubAddress } from '../../../../source/system/hub/read-hub-address.ts';
import { serveHub, type HubService } from '../../../../source/system/hub/serve/serve-hub.ts';
import { identityOf } from '../../../../source/system/process/identity.ts';
import { hasNats, leftOut } from '../../../helpers/hub/nats-server.ts';
import { until } from '../../../helpers/until.ts';

const taskKey = hubTaskKey('anywhere:/home/ann/shop/docs')!;

describe.skipIf(!hasNats)(`--serve-hub${hasNats ? '' : ` (${leftOut})`}`, () => {
  let directory: string;
  let home: string;
  let port: number;
  const pids = new Set<number>();
  const connections: HubConnection[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'serve-hub-'));
    home = join(directory, 'state');
    port = await freePort();
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const connection of connections.splice(0)) await connection.close();
    for (const pid of pids) {
      process.kill(pid, 'SIGTERM');
      await until('the hub is gone', async () => (await identityOf(pid)) === null);
    }
    pids.clear();
    await rm(directory, { recursive: true, force: true });
  });

  async function serve(host = '0.0.0.0', ...machines: string[]): Promise<HubService> {
    const service = await serveHub({ home, listen: { host, port }, machines });
    pids.add(service.pid);
    return service;
  }

  async function enter(path: string): Promise<HubConnection> {
    const connection = await connectHub(await readHubAddress(path), { answerMs: 2000 });
    connections.push(connection);
    return connection;
  }

  test('starts one, says next time that it runs, and keeps its keys for its user alone', async () => {
    const first = await serve();
    expect(first).toMatchObject({ done: 'started', others: [{ machine: 'machine-2' }] });
    const second = await serve();
    expect(second).toMatchObject({ done: 'nothing', pid: first.pid });
    for (const { path } of [first.own, ...first.others]) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await readHubAddress(path)).url).toMatch(/^tls:/);
    }
    const hub = await enter(first.others[0]!.path);
    expect(await hub.write('tasks', taskKey, { text: 'one', expected: 0 })).toBe(1);
  });

  test('listens without TLS on this machine alone', async () => {
    const { own } = await serve('127.0.0.1');
    expect((await readHubAddress(own.path)).url).toBe(`nats://127.0.0.1:${port}`);
    expect(await (await enter(own.path)).read('tasks', taskKey)).toMatchObject({ revision: 0 });
  });

  test('is entered with its certificate only', async () => {
    const { own } = await serve();
    const address = await readHubAddress(own.path);
    const answer = { answerMs: 1000 };
    await expect(connectHub({ ...address, certificate: null }, answer)).rejects.toThrow(
      /shows a certificate that this machine does not trust/,
    );
    const other = await mkdtemp(join(directory, 'other-'));
    const elsewhere = await serveHub({
      home: join(other, 'state'),
      listen: { host: '0.0.0.0', port: await freePort() },
      machines: [],
    });
    pids.add(elsewhere.pid);
    const { certificate } = await readHubAddress(elsewhere.own.path);
    await expect(connectHub({ ...address, certificate }, answer)).rejects.toThrow(
      /shows a certificate that this machine does not trust/,
    );
    await expect(
      connectHub({ ...address, seed: (await readHubAddress(elsewhere.own.path)).seed }, answer),
    ).rejects.toThrow(/refuses the key of this machine/);
  });

  test('lets more machines in while it runs, and throws out those whose file is gone', async () => {
    const first = await serve();
    const more = await serve('0.0.0.0', 'laptop');
    expect(more).toMatchObject({ done: 'changed', pid: first.pid });
    const file = more.others.find(({ machine }) => machine === 'laptop')!;
    const hub = await enter(file.path);
    const address = await readHubAddress(file.path);
    await rm(file.path);
    expect(await serve()).toMatchObject({ done: 'changed', pid: first.pid });
    await hub.closed;
    await expect(connectHub(address, { answerMs: 1000 })).rejects.toThrow(
      /refuses the key of this machine/,
    );
  });

  test('gives a machine the right to its own heartbeat and its own answers, to carry conversations, and to delete nothing', async () => {
    const { own, others } = await serve();
    const [{ path = '' } = {}] = others;
    const hub = await enter(path);
    const beat = { text: 'beat', expected: null };
    expect(await hub.write('machines', hubMachineKey('machine-2'), beat)).toBeGreaterThan(0);
    await expect(hub.write('machines', hubMachineKey(own.machine), beat)).rejects.toThrow(
      /refuses the key/,
    );
    const { connect, nkeyAuthenticator } = await loadNats();
    const { url, seed, certificate } = await readHubAddress(path);
    const raw = await connect({
      servers: url.replace('tls://', ''),
      tls: { ca: certificate!, checkServerIdentity: () => undefined } as object,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seed!)),
      inboxPrefix: '_INBOX_machine-2',
      reconnect: false,
    });
    for (const subject of [
      '$JS.API.STREAM.DELETE.KV_autonomous-tasks',
      '$JS.API.STREAM.PURGE.KV_autonomous-tasks',
      '$JS.API.STREAM.MSG.DELETE.KV_autonomous-tasks',
      '$JS.API.STREAM.UPDATE.KV_autonomous-tasks',
      '$JS.API.STREAM.CREATE.other',
      '$SYS.REQ.SERVER.PING',
    ]) {
      await expect(raw.request(subject, '{}', { timeout: 2000 })).rejects.toThrow(/Permissions/);
    }
    const spying = raw.subscribe(`_INBOX_${own.machine}.>`);
    expect(String(await spying.closed)).toMatch(/Permissions/);
    await raw.close();
    for (const text of ['one', 'two']) {
      await hub.objects.put('docs', { of: 'thread', bytes: new Blob([text]).stream() });
    }
    const host = await enter(own.path);
    expect((await host.objects.get('docs', 9))?.bytes.toString()).toBe('two');
    // A watch works with these rights, too.
    const told: string[] = [];
    hub.watch('machines', 'machine.>', (key) => told.push(key));
    await until('it is told', () => told.includes('machine.machine-2'), { everyMs: 5 });
  });

  test('goes on with its store, keys and certificate when it is started again', async () => {
    const first = await serve();
    const hub = await enter(first.own.path);
    await hub.write('tasks', taskKey, { text: 'one', expected: 0 });
    process.kill(first.pid, 'SIGTERM');
    await until('it is gone', async () => (await identityOf(first.pid)) === null);
    pids.delete(first.pid);
    const again = await serve();
    expect(again.done).toBe('started');
    expect(again.own.key).toBe(first.own.key);
    expect(await (await enter(first.own.path)).read('tasks', taskKey)).toMatchObject({
      text: 'one',
    });
  });

  test('says that it would have to listen elsewhere, and that another program listens there', async () => {
    const { pid } = await serve();
    const asked = serveHub({ home, listen: { host: '127.0.0.1', port }, machines: [] });
    await expect(asked).rejects.toThrow(
      `The hub runs already and listens on 0.0.0.0:${port}: to change that, end it first with: kill ${pid}`,
    );
    const blocked = createServer().listen(0, '127.0.0.1');
    await once(blocked, 'listening');
    const taken = (blocked.address() as { port: number }).port;
    const elsewhere = { home: join(directory, 'b'), machines: [] };
    await expect(
      serveHub({ ...elsewhere, listen: { host: '127.0.0.1', port: taken } }),
    ).rejects.toThrow(/^Another program listens on 127\.0\.0\.1:\d+: end it, or choose/);
    blocked.close();
    await expect(
      serveHub({ ...elsewhere, listen: { host: '203.0.113.77', port } }),
    ).rejects.toThrow(/^Nothing can listen on 203\.0\.113\.77:\d+ \(EADDRNOTAVAIL\)/);
  });

  test('says that there is no nats-server, or one that is too old', async () => {
    const bin = await mkdtemp(join(directory, 'bin-'));
    vi.stubEnv('PATH', bin);
    await expect(serve()).rejects.toThrow(/^There is no nats-server on the PATH: install it/);
    await symlink('/bin/sh', join(bin, 'sh'));
    const old = '#!/bin/sh\necho "nats-server: v2.2.0"\n';
    await writeFile(join(bin, 'nats-server'), old, { mode: 0o755 });
    await expect(serve()).rejects.toThrow(/v2\.2\.0, and 2\.9 or later is needed/);
  });

  test('says that its directory cannot be written, and what nats-server said when it does not start', async () => {
    await writeFile(home, '');
    await expect(serve()).rejects.toThrow(/set XDG_STATE_HOME to a writable directory$/);
    await rm(home);
    const { pid } = await serve();
    process.kill(pid, 'SIGTERM');
    await until('it is gone', async () => (await identityOf(pid)) === null);
    pids.delete(pid);
    await rm(join(home, 'hub', 'store'), { recursive: true });
    await writeFile(join(home, 'hub', 'store'), '');
    await expect(serve()).rejects.toThrow(
      /^nats-server did not start \(.*(?:store|storage|directory).*\): see /,
    );
  });

  test('a file that is not one of its own is left alone', async () => {
    const { pid } = await serve();
    const path = join(home, 'hub', 'machines', 'laptop.hub');
    await writeFile(path, 'mine');
    await expect(serve()).rejects.toThrow(/laptop\.hub is not a file of this hub: move it away/);
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await identityOf(pid)).not.toBeNull();
  });
});

test('--hub takes an address or a file, and says what else it was given', async () => {
  expect(await readHubAddress('nats://h:1')).toMatchObject({ url: 'nats://h:1', seed: null });
  await expect(readHubAddress('/nowhere/a.hub')).rejects.toThrow(/^There is no file \/nowhere/);
  await expect(readHubAddress(tmpdir())).rejects.toThrow(/cannot be read/);
  const path = new URL('../../../../package.json', import.meta.url).pathname;
  await expect(readHubAddress(path)).rejects.toThrow(/is not a file for a hub: copy the one/);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
