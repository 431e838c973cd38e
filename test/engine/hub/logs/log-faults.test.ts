// A log on its way through a hub that fails: real servers that are killed and set back, networks that stand still, owners
// that die. Each byte is stored once, and the mirror is the owner's log, byte for byte.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import type { LogMessage } from '../../../../source/system/hub/logs/log-stream.ts';
import { LogWorld, type LogOwner } from '../../../helpers/hub/log-world.ts';
import { hasNats, leftOut, type NatsServer } from '../../../helpers/hub/nats-server.ts';
import { storedLog, withStream } from '../../../helpers/hub/stored-log.ts';
import { until } from '../../../helpers/until.ts';

const timeout = 180_000;

describe.skipIf(!hasNats)(`a log${hasNats ? '' : ` (${leftOut})`}`, { timeout }, () => {
  let server: NatsServer;
  let world: LogWorld;

  beforeEach(async () => {
    world = await LogWorld.start();
    ({ server } = world);
  });

  afterEach(() => world.end());

  let lines = 0;
  const line = (length = 1000): string =>
    `${JSON.stringify({ line: (lines += 1), x: 'x'.repeat(length) })}\n`;

  /** Writes on until `act` is over. */
  async function whileWriting(owner: LogOwner, act: () => Promise<void>): Promise<void> {
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        await owner.write(line());
        await new Promise((resolve) => setImmediate(resolve));
        if ((await owner.read()).length > 30_000_000) break;
      }
    })();
    await act();
    isOver = true;
    await writing;
  }

  const storedIsWhole = async (owner: LogOwner): Promise<void> => {
    const [there, own] = [await storedLog(server.url, owner.name), await owner.read()];
    expect(there.length).toBe(own.length);
    expect(there.equals(own)).toBe(true);
  };

  test('is whole when the server was killed while it was sent', async () => {
    const owner = await world.owner();
    const viewer = await world.view();
    await owner.write(line());
    const sender = await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
    for (let kill = 0; kill < 3; kill++) {
      const before = (await viewer.read()).length;
      await whileWriting(owner, async () => {
        await until('some of it came', async () => (await viewer.read()).length > before + 2000);
        await server.kill();
        await server.start();
      });
    }
    expect(await sender.finish(60_000)).toBe(true);
    await viewer.untilEqual(() => owner.read());
    await storedIsWhole(owner);
  });

  test('is whole when the network stood still, one way and both ways, on the owner’s side and the viewer’s', async () => {
    const [owners, viewers] = [await world.proxy(), await world.proxy()];
    const owner = await world.owner();
    const viewer = await world.view(viewers.url);
    await owner.write(line());
    const sender = await owner.begin(owners.url, 1);
    await viewer.untilEqual(() => owner.read());
    for (const freeze of [
      () => owners.freeze('from the hub'),
      () => owners.freeze('to the hub', 'from the hub'),
      () => viewers.freeze('from the hub'),
    ]) {
      freeze();
      for (let more = 0; more < 20; more++) await owner.write(line(50_000));
      const started = performance.now();
      await until('an answer is overdue', () => performance.now() > started + 2500);
      owners.thaw();
      viewers.thaw();
      await viewer.untilEqual(() => owner.read());
    }
    expect(await sender.finish(60_000)).toBe(true);
    await storedIsWhole(owner);
  });

  test('is whole when its owner was killed, and what was written meanwhile is sent', async () => {
    const owner = await world.owner();
    const viewer = await world.view();
    for (let death = 0; death < 3; death++) {
      await owner.begin(server.url, 1);
      const before = (await viewer.read()).length;
      await whileWriting(owner, async () => {
        await until('some of it came', async () => (await viewer.read()).length > before + 2000);
        await owner.die();
      });
    }
    const sender = await owner.begin(server.url, 1);
    expect(await sender.finish(60_000)).toBe(true);
    await viewer.untilEqual(() => owner.read());
    await storedIsWhole(owner);
  });

  test('is whole again at a server that came back older, for those who saw it before and those who did not', async () => {
    const [owner, viewers] = [await world.owner(), await world.proxy()];
    const viewer = await world.view(viewers.url);
    await owner.write(line(300_000));
    const sender = await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
    await server.kill();
    const restore = await server.keepStore();
    await server.start();
    await owner.write(line(700_000));
    await viewer.untilEqual(() => owner.read());
    // It comes back when the pieces that it has not seen have the numbers of those that it has seen.
    viewers.freeze('to the hub', 'from the hub');
    await server.kill();
    await restore();
    await owner.write(line(10));
    await server.start();
    const isAllThere = async () =>
      (await storedLog(server.url, owner.name)).equals(await owner.read());
    await until('all of it is there again', isAllThere);
    viewers.thaw();
    await viewer.untilEqual(() => owner.read());
    expect(await sender.finish(60_000)).toBe(true);
    await (await world.view()).untilEqual(() => owner.read());
    await storedIsWhole(owner);
  });

  test('comes on when what told of it went blind', async () => {
    const owner = await world.owner();
    const viewer = await world.view();
    await owner.write(line());
    await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
    await withStream(server.url, async ({ consumers }) => {
      for await (const { name } of consumers.list('autonomous-logs')) {
        await consumers.delete('autonomous-logs', name);
      }
    });
    await owner.write(line());
    await viewer.untilEqual(() => owner.read());
  });

  test('that the hub has no place for is said once, and holds up nothing', async () => {
    server.configure(
      `authorization { users: [ { user: "older", password: "hub", permissions: { publish: { deny: ["$JS.API.STREAM.*.autonomous-logs", "autonomous-logs.>"] } } } ] }`,
    );
    await server.kill();
    await server.start();
    const owner = await world.owner();
    await owner.write(line());
    const sender = await owner.begin(server.url.replace('//', '//older:hub@'), 1);
    await until('it is said', () => owner.said.length > 0);
    expect(await sender.finish(60_000)).toBe(false);
    await owner.write(line());
    expect(await sender.finish(60_000)).toBe(false);
    expect(owner.said).toEqual([expect.stringMatching(/run --serve-hub again where the hub is$/)]);
    const viewer = await world.view(server.url.replace('//', '//older:hub@'));
    const problem = await until('a viewer says so', () => viewer.mirror.problem());
    expect(problem).toBe(owner.said[0]);
  });

  test('is sent also where the disk of the hub has little space', async () => {
    server.configure('jetstream { max_file_store: 200MB }');
    await server.kill();
    await server.start();
    const [owner, viewer] = [await world.owner(), await world.view()];
    await owner.write(line());
    await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
  });

  /** A sender that does not ask what became of a piece: it sends it again, behind whatever is there. */
  function withoutAsking(connection: HubConnection): HubConnection {
    let answered: LogMessage | null = null;
    return {
      ...connection,
      logs: async () => {
        const logs = await connection.logs();
        return {
          ...logs,
          last: () => Promise.resolve(answered),
          append: async (subject, data) => {
            const there = (await logs.last(subject))?.sequence ?? 0;
            const sequence = await logs.append(subject, data, there);
            if (sequence !== 'refused') answered = { sequence, subject, time: '', data };
            return sequence;
          },
        };
      },
    };
  }

  /** Answers are lost once: the piece is stored, and its sender does not hear of it. */
  function losingAnAnswer(connection: HubConnection): HubConnection {
    let isLost = false;
    return {
      ...connection,
      logs: async () => {
        const logs = await connection.logs();
        return {
          ...logs,
          append: async (...piece) => {
            const stored = await logs.append(...piece);
            if (isLost) return stored;
            isLost = true;
            throw new Error('no answer');
          },
        };
      },
    };
  }

  test('is stored once when an answer was lost; who sends again without asking stores it twice', async () => {
    const [owner, careless] = [await world.owner(), await world.owner('careless')];
    for (const one of [owner, careless]) await one.write(line(300_000));
    const sender = await owner.begin(server.url, 1, losingAnAnswer);
    expect(await sender.finish(60_000)).toBe(true);
    await storedIsWhole(owner);
    const mutant = await careless.begin(server.url, 1, (connection) =>
      withoutAsking(losingAnAnswer(connection)),
    );
    expect(await mutant.finish(60_000)).toBe(true);
    await expect(storedIsWhole(careless)).rejects.toThrow(/A piece begins at 0/);
  });
});
