// What an account shares over its machines, where one of them dies or the hub is away.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAccountRecord } from '../../../source/core/hub/account-record.ts';
import type { HubCoordination } from '../../../source/engine/coordination/on-hub.ts';
import type { Permit } from '../../../source/engine/coordination/coordination.ts';
import type { Wait } from '../../../source/core/run/run.ts';
import { accountKey, HubMachine } from '../../helpers/hub/hub-machine.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

describe.skipIf(!hasNats)(`the places of an account${hasNats ? '' : ` (${leftOut})`}`, () => {
  let server: NatsServer;
  let one: HubMachine;
  let other: HubMachine;
  let process: HubCoordination;
  const permits: Permit[] = [];

  beforeEach(async () => {
    server = await NatsServer.start();
    one = await HubMachine.enter('machine-1', { url: server.url });
    other = await HubMachine.enter('machine-2', { url: server.url });
    await Promise.all([one.connected(), other.connected()]);
    process = await one.process();
  });

  afterEach(async () => {
    for (const permit of permits.splice(0)) permit.release();
    await one.leave();
    await other.leave();
    await server.remove();
  });

  function asked(by: HubCoordination) {
    const waits: Wait[] = [];
    const seen: { permit: Permit | null } = { permit: null };
    const request = by.requestPermit({ atOnce: 4, waits: (wait) => waits.push(wait) });
    void request.given.then((permit) => {
      permits.push(permit);
      seen.permit = permit;
    });
    return {
      waits,
      permit: () => until('a permit', () => seen.permit),
      wait: (reason: string) => until('a wait', () => waits.find((wait) => wait.reason === reason)),
    };
  }

  async function kept() {
    const { text } = await (await other.connected()).read('accounts', accountKey);
    return readAccountRecord(text ?? '')?.permits ?? [];
  }

  test('are free again when the machine that had one is gone for lease and margin', async () => {
    const elsewhere = await other.process();
    await asked(elsewhere).permit();
    const next = asked(process);
    await next.wait('turn');
    await other.cutOff();
    await next.permit();
    const hub = await one.connected();
    const { text } = await hub.read('accounts', accountKey);
    expect(readAccountRecord(text ?? '')?.permits.map(({ machine }) => machine)).toEqual([
      'machine-1',
    ]);
  });

  test('are free at once when the process of the same machine that had one is gone', async () => {
    const hub = await one.connected();
    const gone = { pid: 4_194_000, startTime: '1', bootId: 'another' };
    const record = {
      version: 1,
      limit: null,
      probe: null,
      permits: [{ id: randomUUID(), machine: 'machine-1', runner: gone }],
    };
    await hub.write('accounts', accountKey, { text: JSON.stringify(record), expected: 0 });
    await asked(process).permit();
    expect(await kept()).toHaveLength(1);
  });

  test('are not given while the hub is away, which is said, and are when it is there again', async () => {
    await server.kill();
    await until('it is noticed', () => one.link.current() === null && one.link.problem() !== null);
    const next = asked(process);
    const { sentence } = await next.wait('hub');
    expect(sentence).toMatch(/^The hub nats:\S+ cannot be reached/);
    await server.start();
    await next.permit();
    expect(await kept()).toHaveLength(1);
  });

  test('that are given back while the hub is away are given back later', async () => {
    const first = await asked(process).permit();
    await server.kill();
    await until('it is noticed', () => one.link.current() === null);
    first.release();
    await server.start();
    await one.connected();
    await asked(process).permit();
    await until('only the present one is left', async () => (await kept()).length === 1);
  });

  test('in a record that cannot be read are given to nobody, and it is left alone', async () => {
    const hub = await one.connected();
    await hub.write('accounts', accountKey, { text: '{"version":2}', expected: 0 });
    const next = asked(process);
    await next.wait('hub');
    expect((await hub.read('accounts', accountKey)).text).toBe('{"version":2}');
  });
});
