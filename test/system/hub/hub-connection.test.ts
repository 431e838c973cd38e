// Against a real nats-server, and against what is not one.

import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { connectHub, type HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { HubError } from '../../../source/system/hub/hub-error.ts';
import { HubProxy } from '../../helpers/hub/proxy.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

const key = 'task.a.b.c';
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end();
});

async function serverWith(lines = ''): Promise<NatsServer> {
  const server = await NatsServer.start(lines);
  cleanUp.push(() => server.remove());
  return server;
}

async function connect(url: string, seed: string | null = null): Promise<HubConnection> {
  const address = { url, machine: 'machine-a', seed, certificate: null };
  const connection = await connectHub(address, { answerMs: 1000 });
  cleanUp.push(() => connection.close());
  return connection;
}

/** What became of it, as the user is told. */
async function refusal(url: string): Promise<string> {
  const error: unknown = await connect(url).then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HubError);
  return (error as HubError).message;
}

/** Says one line to all who connect, or nothing. */
async function speaker(line: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.write(line);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.push(async () => {
    // Whoever asked has let go of it.
    await until('no connection is left', () => sockets.size === 0, { everyMs: 5 });
    await new Promise((resolve) => server.close(resolve));
  });
  return `nats://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const info = (more: object): string =>
  `INFO ${JSON.stringify({ server_id: 'N', version: '2.9.10', max_payload: 1e6, proto: 1, jetstream: true, headers: true, ...more })}\r\n`;

describe('what is not a hub is said in one sentence', () => {
  test('nothing listens', async () => {
    const url = await speaker('');
    await cleanUp.pop()!();
    expect(await refusal(url)).toMatch(/^The hub nats:\S+ cannot be reached \(.+\): start it with/);
  });

  test.each(['', 'http://localhost:4222', 'nats://', 'localhost', './hub'])(
    '%j is not an address',
    async (url) => expect(await refusal(url)).toMatch(/is not the address of a hub: use nats:/),
  );

  test('it says nothing', async () => {
    const url = await speaker('');
    expect(await refusal(url)).toBe(
      `${url} does not answer as a NATS server: check the address of --hub`,
    );
  });

  test('it speaks another language', async () => {
    const url = await speaker('220 mail.example.org ESMTP\r\n');
    expect(await refusal(url)).toBe(
      `${url} does not answer as a NATS server: check the address of --hub`,
    );
  });

  test('its address has a password, which is not shown', async () => {
    const url = await speaker('220 mail.example.org ESMTP\r\n');
    expect(await refusal(url.replace('://', '://ann:secret@'))).not.toContain('secret');
  });
});

describe.skipIf(!hasNats)(`a hub${hasNats ? '' : ` (${leftOut})`}`, () => {
  test('changes a key only at the revision that was named', async () => {
    const hub = await connect((await serverWith()).url);
    expect(await hub.read('tasks', key)).toEqual({ revision: 0, text: null });
    const first = await hub.write('tasks', key, { text: 'one', expected: 0 });
    expect(await hub.write('tasks', key, { text: 'two', expected: 0 })).toBe('refused');
    expect(await hub.read('tasks', key)).toEqual({ revision: first, text: 'one' });
    const second = await hub.write('tasks', key, { text: 'two', expected: first as number });
    expect(await hub.write('tasks', key, { text: 'x', expected: first as number })).toBe('refused');
    expect(await hub.read('tasks', key)).toEqual({ revision: second, text: 'two' });
  });

  test('of ten that write at once on one revision, one succeeds', async () => {
    const { url } = await serverWith();
    const hubs = await Promise.all(Array.from({ length: 10 }, () => connect(url)));
    const stored = await Promise.all(
      hubs.map((hub, index) => hub.write('tasks', key, { text: `${index}`, expected: 0 })),
    );
    expect(stored.filter((revision) => revision !== 'refused')).toHaveLength(1);
  });

  test('tells a watch what is there and what changes', async () => {
    const hub = await connect((await serverWith()).url);
    await hub.write('tasks', key, { text: 'one', expected: null });
    const told: (string | null)[] = [];
    const watch = hub.watch('tasks', 'task.>', (_, { text }) => told.push(text));
    await until('the first is told', () => told.length > 0, { everyMs: 5 });
    await hub.write('tasks', key, { text: 'two', expected: null });
    await until('the second is told', () => told.length > 1, { everyMs: 5 });
    watch.close();
    expect(told).toEqual(['one', 'two']);
  });

  test('lists all that it has, or fails: a part of it is never taken for all, wherever the connection breaks', async () => {
    const server = await serverWith();
    const there = await connect(server.url);
    const texts = Array.from({ length: 60 }, (_, index) => `${index} ${'x'.repeat(10_000)}`);
    await Promise.all(
      texts.map((text, index) =>
        there.write('tasks', `task.a.b.${index}`, { text, expected: null }),
      ),
    );
    await there.write('tasks', 'other.key', { text: 'not asked for', expected: null });
    const listed = async (bytes: number): Promise<number | 'failed'> => {
      const proxy = await HubProxy.start(server.url);
      cleanUp.push(() => proxy.end());
      const connection = await connect(proxy.url);
      proxy.cutAfter(bytes);
      return connection.list('tasks', 'task.>').then(
        (entries) => entries.filter(({ text }) => texts.includes(text ?? '')).length,
        () => 'failed' as const,
      );
    };
    expect(await listed(Infinity)).toBe(60);
    for (const bytes of [0, 5000, 70_000, 300_000, 590_000]) {
      expect(await listed(bytes), `cut after ${bytes} bytes`).toBe('failed');
    }
    expect(await there.list('tasks', 'nothing.>')).toEqual([]);
  });

  test('lists all within seconds while others write without end, and each time all of it', async () => {
    const server = await serverWith();
    const [reader, writer] = [await connect(server.url), await connect(server.url)];
    const names = Array.from({ length: 6 }, (_, index) => `task.a.b.${index}`);
    const write = (name: string) => writer.write('tasks', name, { text: name, expected: null });
    await Promise.all(names.map(write));
    let isOver = false;
    const writing = names.map(async (name) => {
      while (!isOver) await write(name);
    });
    cleanUp.push(async () => {
      isOver = true;
      await Promise.all(writing);
    });
    for (let look = 0; look < 100; look++) {
      const listed = reader
        .list('tasks', 'task.>')
        .then((entries) => entries.map((entry) => entry.key).sort());
      // The server answers within one second, or what is asked rejects.
      const late = delay(10_000, 'no answer', { ref: false });
      expect(await Promise.race([listed, late])).toEqual(names);
    }
  });

  test('has another start each time its server starts, and a connection does not outlive one', async () => {
    const server = await serverWith();
    const before = await connect(server.url);
    await before.write('tasks', key, { text: 'one', expected: null });
    await server.kill();
    expect((await before.closed).problem).toBe('unreachable');
    await expect(before.write('tasks', key, { text: 'two', expected: null })).rejects.toThrow();
    await server.start();
    const after = await connect(server.url);
    expect(after.hubStart).not.toBe(before.hubStart);
    expect((await after.read('tasks', key)).text).toBe('one');
  });

  test('that was stopped in its tracks does not answer, and says so', async () => {
    const server = await serverWith();
    const hub = await connect(server.url);
    await server.freeze();
    const asked = hub.read('tasks', key);
    await expect(asked).rejects.toThrow(/^The hub nats:\S+ does not answer/);
    server.thaw();
  });

  test('refuses what is too large', async () => {
    const hub = await connect((await serverWith('max_payload: 65536')).url);
    const text = 'x'.repeat(100_000);
    await expect(hub.write('tasks', key, { text, expected: null })).rejects.toThrow(
      /^What is to be kept of a task is too large for the hub nats:/,
    );
    expect(await hub.read('tasks', key)).toEqual({ revision: 0, text: null });
  });

  test('that is full says so, and keeps what it has', async () => {
    const hub = await connect((await serverWith('jetstream { max_file_store: 100KB }')).url);
    const revision = await hub.write('tasks', key, { text: 'one', expected: null });
    const fill = async (): Promise<void> => {
      for (let index = 0; index < 50; index++) {
        await hub.write('tasks', `task.a.b.${index}`, { text: 'x'.repeat(10_000), expected: null });
      }
    };
    await expect(fill()).rejects.toThrow(/^The hub nats:\S+ is full: free disk space there/);
    expect(await hub.read('tasks', key)).toEqual({ revision, text: 'one' });
  });

  test('without JetStream says so', async () => {
    const url = await speaker(info({ jetstream: false }) + 'PONG\r\n');
    expect(await refusal(url)).toMatch(/has no JetStream: start it with jetstream enabled/);
  });

  test('that is too old says so', async () => {
    const url = await speaker(info({ version: '2.8.4' }) + 'PONG\r\n');
    expect(await refusal(url)).toMatch(/runs NATS 2\.8\.4, and 2\.9 or later is needed/);
  });

  test('that is part of a cluster says so', async () => {
    const url = await speaker(info({ cluster: 'many' }) + 'PONG\r\n');
    expect(await refusal(url)).toMatch(/is part of a cluster, and a hub is one server/);
  });

  test('that wants a key which this machine does not have says so', async () => {
    const { url } = await serverWith('authorization { user: "ann", password: "secret" }');
    expect(await refusal(url)).toMatch(/refuses the key of this machine .+: have --serve-hub/);
  });

  test('that gives no rights to write says so', async () => {
    const server = await serverWith(`authorization { users: [
      { user: "all", password: "x" },
      { user: "reader", password: "x", permissions: { publish: { allow: ["$JS.API.>"] }, subscribe: [">"] } }
    ] }`);
    await connect(server.url.replace('://', '://all:x@'));
    const hub = await connect(server.url.replace('://', '://reader:x@'));
    await expect(hub.write('tasks', key, { text: 'one', expected: null })).rejects.toThrow(
      /refuses the key of this machine/,
    );
    expect(await hub.read('tasks', key)).toEqual({ revision: 0, text: null });
  });
});
