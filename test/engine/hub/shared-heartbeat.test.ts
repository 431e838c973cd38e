import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hubMachineKey } from '../../../source/core/hub/hub-names.ts';
import type { ConfirmedHeartbeat, Heartbeat } from '../../../source/engine/hub/heartbeat.ts';
import { linkHub } from '../../../source/engine/hub/hub-link.ts';
import { shareHeartbeat } from '../../../source/engine/hub/shared-heartbeat.ts';
import { bootClock } from '../../../source/system/boot-clock.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { heartbeatFile } from '../../../source/system/hub/heartbeat-file.ts';
import { bootId } from '../../../source/system/process/identity.ts';
import { shortLease } from '../../helpers/hub/hub-machine.ts';
import { hasNats, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

test.skipIf(!hasNats)(
  'of two processes of a machine one writes its heartbeat, both hear of it, and the other goes on alone',
  async () => {
    const server = await NatsServer.start();
    const directory = await mkdtemp(join(tmpdir(), 'heartbeat-'));
    const address = { url: server.url, machine: 'machine-1', seed: null, certificate: null };
    const link = linkHub({
      connect: () => connectHub(address, shortLease),
      clock: systemClock,
    });
    const heard: ConfirmedHeartbeat[][] = [[], []];
    const begin = (): Heartbeat => {
      const { takeLock, ...file } = heartbeatFile(directory, server.url);
      return shareHeartbeat({
        link,
        clock: systemClock,
        bootNow: bootClock,
        self: { machine: 'machine-1', instance: 'home', boot: bootId() },
        durations: shortLease,
        takeLock,
        file,
      });
    };
    const writer = begin();
    writer.onConfirmed((confirmed) => heard[0]!.push(confirmed));
    await until('the first is heard of', () => heard[0]!.length > 0);
    const reader = begin();
    reader.onConfirmed((confirmed) => heard[1]!.push(confirmed));
    try {
      const told = await until('the other hears of it, too', () => heard[1]![0]);
      expect(heard[0]).toContainEqual(told);
      const { text } = await link.current()!.read('machines', hubMachineKey('machine-1'));
      expect(text).toContain('"machine":"machine-1"');
      writer.close();
      const count = heard[0]!.length;
      const last = heard[0]!.at(-1)!.sentAt;
      await until('the other writes it', () => heard[1]!.some(({ sentAt }) => sentAt > last));
      expect(heard[0]).toHaveLength(count);
    } finally {
      writer.close();
      reader.close();
      await link.close();
      await server.remove();
      await rm(directory, { recursive: true, force: true });
    }
  },
);
