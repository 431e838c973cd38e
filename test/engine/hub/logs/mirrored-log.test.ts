// The mirror of a task's log over a real nats-server: byte for byte the owner's, whatever fails on the way.

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogOwner, LogViewer } from '../../../helpers/hub/log-world.ts';
import { hasNats, leftOut, NatsServer } from '../../../helpers/hub/nats-server.ts';

const timeout = 120_000;

describe.skipIf(!hasNats)(
  `the mirror of a log${hasNats ? '' : ` (${leftOut})`}`,
  { timeout },
  () => {
    let server: NatsServer;
    let viewer: LogViewer;
    let owners: LogOwner[];

    beforeEach(async () => {
      server = await NatsServer.start();
      viewer = await LogViewer.open(server.url);
      owners = [];
    });

    afterEach(async () => {
      await viewer.close();
      for (const owner of owners) await owner.remove();
      await server.remove();
    });

    async function owner(name = 'machine-a'): Promise<LogOwner> {
      const made = await LogOwner.make(name);
      owners.push(made);
      return made;
    }

    test('is the owner’s byte for byte, also with bytes that are no text and lines of many megabytes', async () => {
      const a = await owner();
      await a.write('{"type":"autonomous.session.started"}\n');
      const sender = await a.begin(server.url, 1);
      await a.write(randomBytes(3_000_000));
      await a.write(`${'x'.repeat(5_000_000)}\u001b[2J\0\n`);
      await a.write('\n\n{"version":1}\n');
      expect(await sender.finish(60_000)).toBe(true);
      await viewer.untilEqual(await a.read());
      await a.write('in the middle of a line');
      await viewer.untilEqual(await a.read());
    });
  },
);
