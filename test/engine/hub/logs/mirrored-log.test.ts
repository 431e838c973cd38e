// The mirror of a task's log over a real nats-server: byte for byte the owner's.

import { randomBytes } from 'node:crypto';
import { rm, truncate } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writtenLogPiece } from '../../../../source/core/hub/log/log-piece.ts';
import { logSubject } from '../../../../source/core/hub/log/log-subject.ts';
import { LogWorld, logKey, unlooking, type LogOwner } from '../../../helpers/hub/log-world.ts';
import { hasNats, leftOut, type NatsServer } from '../../../helpers/hub/nats-server.ts';
import { publishRaw, storedPieces, withStream } from '../../../helpers/hub/stored-log.ts';
import { until } from '../../../helpers/until.ts';

const timeout = 120_000;
const mebibyte = 1024 * 1024;

describe.skipIf(!hasNats)(`the mirror${hasNats ? '' : ` (${leftOut})`}`, { timeout }, () => {
  let server: NatsServer;
  let world: LogWorld;

  beforeEach(async () => {
    world = await LogWorld.start();
    ({ server } = world);
  });

  afterEach(() => world.end());

  async function whole(...parts: (LogOwner | string)[]): Promise<Buffer> {
    const read = parts.map(async (part) =>
      typeof part === 'string' ? Buffer.from(part) : part.read(),
    );
    return Buffer.concat(await Promise.all(read));
  }

  test('has bytes that are no text, and lines of many megabytes', async () => {
    const [owner, viewer] = [await world.owner(), await world.view()];
    await owner.write('{"type":"autonomous.session.started"}\n');
    const sender = await owner.begin(server.url, 1);
    await owner.write(randomBytes(3 * mebibyte));
    await owner.write(`${'x'.repeat(5 * mebibyte)}\u001b[2J\0\n`);
    await owner.write('\n\n{"version":1}\n');
    expect(await sender.finish(60_000)).toBe(true);
    await viewer.untilEqual(() => owner.read());
    await owner.write('in the middle of a line');
    await viewer.untilEqual(() => owner.read());
    await (await world.view()).untilEqual(() => owner.read());
  });

  test('has each line that its owner writes without a look for it, there or here', async () => {
    const owner = await world.owner('machine-a', unlooking);
    const viewer = await world.view(server.url, unlooking);
    await owner.begin(server.url, 1);
    for (let line = 0; line < 100; line++) {
      await owner.write(`{"line":${line}}\n`);
      await viewer.untilEqual(() => owner.read());
    }
  });

  test('has the parts of a task that moved in their order, each of them whole when its machine is back', async () => {
    const [a, b, viewer] = [
      await world.owner('machine-a'),
      await world.owner('machine-b'),
      await world.view(),
    ];
    await a.write('a, first lease\n');
    await a.begin(server.url, 1);
    await viewer.untilEqual(() => a.read());
    await a.die();
    await a.write('a, not sent before it was gone\na, half of a li');
    await b.write('b, second lease\n');
    await b.begin(server.url, 2);
    await viewer.untilEqual(await whole('a, first lease\n', b));
    // It is back, and does not have the task any more.
    expect(await (await a.begin(server.url, null)).finish(60_000)).toBe(true);
    const first = await whole(a);
    await viewer.untilEqual(await whole(a, '\n', b));
    await a.die();
    await a.begin(server.url, 3);
    await a.write('ne, third lease\n');
    await viewer.untilEqual(await whole(first.toString(), '\n', b, 'ne, third lease\n'));
    await (
      await world.view()
    ).untilEqual(await whole(first.toString(), '\n', b, 'ne, third lease\n'));
  });

  test('says what the hub had to forget', async () => {
    await withStream(server.url, ({ streams }) =>
      streams.add({
        ...{ name: 'autonomous-logs', subjects: ['autonomous-logs.>'] },
        ...{ discard: 'old', max_bytes: mebibyte },
      }),
    );
    const owner = await world.owner();
    await owner.write(`${'x'.repeat(3 * mebibyte)}\n`);
    const sender = await owner.begin(server.url, 1);
    expect(await sender.finish(60_000)).toBe(true);
    const [first] = await storedPieces(server.url);
    expect(first?.offset).toBeGreaterThan(mebibyte);
    const hole = `{"type":"autonomous.log.hole","bytes":${first?.offset},"machine":"machine-a"}\n`;
    const rest = (await owner.read()).subarray(first?.offset);
    await (await world.view()).untilEqual(Buffer.concat([Buffer.from(hole), rest]));
    // Nothing of it is sent again.
    await owner.die();
    const { length } = await storedPieces(server.url);
    expect(await (await owner.begin(server.url, 1)).finish(60_000)).toBe(true);
    expect(await storedPieces(server.url)).toHaveLength(length);
  });

  test('has a log that was cut, or written anew, behind what was there before', async () => {
    const [owner, viewer] = [await world.owner(), await world.view()];
    await owner.write('first\nsecond\n');
    await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
    await owner.die();
    await truncate(owner.log, 6);
    await owner.write('third, and longer than what was there\n');
    await owner.begin(server.url, 1);
    const cut = 'first\nthird, and longer than what was there\n';
    await viewer.untilEqual(Buffer.from(`first\nsecond\n${cut}`));
    await rm(owner.log);
    await owner.write('another file\n');
    await viewer.untilEqual(Buffer.from(`first\nsecond\n${cut}another file\n`));
  });

  test('lacks the holes of a log that claims to be endless, and is not sent for ever by one who changes it', async () => {
    const [owner, viewer] = [await world.owner(), await world.view()];
    await owner.write('first\n');
    await owner.begin(server.url, 1);
    await viewer.untilEqual(() => owner.read());
    await truncate(owner.log, 2 ** 40);
    await owner.write('behind the hole\n');
    await until('what is behind it came', async () =>
      (await viewer.read()).toString().endsWith('behind the hole\n'),
    );
    expect((await viewer.read()).length).toBeLessThan(mebibyte);
    await until(
      'it is enough',
      async () => {
        await truncate(owner.log, 0);
        await owner.write(randomBytes(10).toString('hex'));
        return owner.said.length > 0;
      },
      { everyMs: 30 },
    );
    expect(owner.said).toEqual([expect.stringMatching(/^Another process has changed session.log/)]);
  });

  test('is not made longer than its bytes by a machine that lies about where they belong', async () => {
    const viewer = await world.view();
    const owner = await world.owner();
    await owner.write('honest\n');
    await owner.begin(server.url, 2);
    await viewer.untilEqual(() => owner.read());
    const subject = logSubject({ machine: 'liar', log: '1-0123456789abcdef', key: logKey });
    const far = { epoch: 3, offset: 2 ** 46, bytes: Buffer.from('far\n') };
    const farther = Buffer.from('{"version":1,"epoch":3,"offset":1152921504606846976}\nx');
    await publishRaw(server.url, subject, farther);
    await publishRaw(server.url, subject, writtenLogPiece(far));
    await publishRaw(server.url, subject, Buffer.from('nothing'));
    const hole = `{"type":"autonomous.log.hole","bytes":${2 ** 46},"machine":"liar"}\n`;
    await viewer.untilEqual(await whole(owner, hole, 'far\n'));
  });
});
