// A hub that was started by an older version, which had no place for logs and texts, and what --serve-hub makes of it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubTaskKey } from '../../../../source/core/hub/hub-names.ts';
import { logSubject } from '../../../../source/core/hub/log/log-subject.ts';
import { connectHub, type HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { readHubAddress } from '../../../../source/system/hub/read-hub-address.ts';
import { serveHub, type HubService } from '../../../../source/system/hub/serve/serve-hub.ts';
import { readServedHub, writeServedHub } from '../../../../source/system/hub/serve/served-hub.ts';
import { identityOf } from '../../../../source/system/process/identity.ts';
import { hasNats, leftOut } from '../../../helpers/hub/nats-server.ts';
import { until } from '../../../helpers/until.ts';

const key = hubTaskKey('anywhere:/home/ann/shop/docs')!;
const piece = { machine: 'machine-2', log: '1-0123456789abcdef', key };

describe.skipIf(!hasNats)(`a hub of an older version${hasNats ? '' : ` (${leftOut})`}`, () => {
  let directory: string;
  let port: number;
  const pids = new Set<number>();
  const connections: HubConnection[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'older-hub-'));
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
    server.close();
    await once(server, 'close');
  });

  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
    for (const pid of pids) await end(pid);
    await rm(directory, { recursive: true, force: true });
  });

  async function end(pid: number): Promise<void> {
    process.kill(pid, 'SIGTERM');
    await until('the hub is gone', async () => (await identityOf(pid)) === null);
    pids.delete(pid);
  }

  async function serve(): Promise<HubService> {
    const listen = { host: '127.0.0.1', port };
    const service = await serveHub({ home: join(directory, 'state'), listen, machines: [] });
    pids.add(service.pid);
    return service;
  }

  async function enter(path: string): Promise<HubConnection> {
    const connection = await connectHub(await readHubAddress(path), { answerMs: 2000 });
    connections.push(connection);
    return connection;
  }

  /** Takes out of it what this version has added, and starts it so. */
  async function makeOlder({ pid }: HubService): Promise<void> {
    await end(pid);
    const hub = join(directory, 'state', 'hub');
    const configuration = join(hub, 'nats.conf');
    const text = await readFile(configuration, 'utf8');
    await writeFile(configuration, text.replaceAll(/, "[^"]*autonomous-(?:logs|texts)[^"]*"/g, ''));
    const streams = join(hub, 'store', 'jetstream', '$G', 'streams');
    for (const stream of ['autonomous-logs', 'KV_autonomous-texts']) {
      await rm(join(streams, stream), { recursive: true });
    }
    const child = spawn('nats-server', ['-c', configuration], { stdio: 'ignore', cwd: hub });
    const process = (await identityOf(child.pid!))!;
    pids.add(process.pid);
    const record = join(hub, 'hub.json');
    await writeServedHub(record, { ...(await readServedHub(record))!, process });
  }

  test('is entered all the same, and gets a place for logs and texts when --serve-hub runs again', async () => {
    const service = await serve();
    const path = service.others[0]!.path;
    await makeOlder(service);
    const older = await until('it can be entered', () => enter(path));
    expect(await older.write('tasks', key, { text: 'one', expected: 0 })).toBe(1);
    await expect(older.logs()).rejects.toThrow(/refuses the key of this machine/);
    await expect(older.read('texts', `machine-2.${key}`)).rejects.toThrow(/refuses the key/);
    expect(await serve()).toMatchObject({ done: 'changed' });
    const newer = await enter(path);
    const logs = await newer.logs();
    expect(await logs.append(logSubject(piece), Buffer.from('x'), 0)).toBe(1);
    expect(await newer.write('texts', `machine-2.${key}`, { text: 'x', expected: null })).toBe(1);
    expect(await newer.read('tasks', key)).toMatchObject({ text: 'one' });
  });

  test('lets a machine write logs and texts under its own name only, and remove none', async () => {
    const { own, others } = await serve();
    const hub = await enter(others[0]!.path);
    const logs = await hub.logs();
    await logs.append(logSubject(piece), Buffer.from('x'), 0);
    const forged = logSubject({ ...piece, machine: own.machine });
    await expect(logs.append(forged, Buffer.from('x'), 0)).rejects.toThrow(/refuses the key/);
    const forgedTexts = hub.write('texts', `${own.machine}.${key}`, { text: 'x', expected: null });
    await expect(forgedTexts).rejects.toThrow(/refuses the key/);
    const host = await enter(own.path);
    expect(await (await host.logs()).last(logSubject(piece))).toMatchObject({ sequence: 1 });
  });
});
