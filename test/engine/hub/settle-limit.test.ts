// One usage limit for all machines of a hub, their tasks without a hub included: real files and a real NATS server.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountLimit } from '../../../source/core/codex/account-limit.ts';
import { readAccountRecord } from '../../../source/core/hub/account-record.ts';
import type { Wait } from '../../../source/core/run/run.ts';
import type {
  Permit,
  PermitQuestion,
  PermitRequest,
} from '../../../source/engine/coordination/coordination.ts';
import { settleLimit, settleWithHeartbeat } from '../../../source/engine/hub/settle-limit.ts';
import { noteLimit, requestPermit } from '../../../source/engine/permit/permit.ts';
import { systemClock as clock } from '../../../source/system/clock.ts';
import { accountKey, HubMachine } from '../../helpers/hub/hub-machine.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

const inAnHour = () => clock.now() + 3_600_000;

describe.skipIf(!hasNats)(`a usage limit${hasNats ? '' : ` (${leftOut})`}`, () => {
  let server: NatsServer;
  let one: HubMachine;
  let other: HubMachine;
  let ends: (() => void)[];

  beforeEach(async () => {
    ends = [];
    server = await NatsServer.start();
    one = await HubMachine.enter('machine-1', { url: server.url });
    other = await HubMachine.enter('machine-2', { url: server.url });
    await Promise.all([one.connected(), other.connected()]);
    await Promise.all([one.local.make(), other.local.make()]);
  });

  afterEach(async () => {
    for (const end of ends) end();
    await one.leave();
    await other.leave();
    await server.remove();
  });

  const depsOf = ({ local: machine, account }: HubMachine) => ({ machine, account, clock });

  /** As a worker or a runner of it does all the time. */
  function livesOn(...machines: HubMachine[]): void {
    for (const machine of machines)
      ends.push(settleWithHeartbeat(machine.heartbeat, depsOf(machine)));
  }

  function asked(request: (question: PermitQuestion) => PermitRequest) {
    const waits: Wait[] = [];
    const seen: { permit: Permit | null } = { permit: null };
    const { given, hurry, drop } = request({ atOnce: 4, waits: (wait) => waits.push(wait) });
    ends.push(drop);
    void given.then((permit) => (seen.permit = permit));
    return {
      hurry,
      permit: () => until('a permit', () => seen.permit),
      waits: () => until('it waits', () => waits.find(({ reason }) => reason === 'usage limit')),
    };
  }

  const askedWithout = ({ local: machine }: HubMachine) =>
    asked((question) => requestPermit({ clock, machine }, question));

  async function askedOfHub(machine: HubMachine) {
    const coordination = await machine.process();
    return asked((question) => coordination.requestPermit(question));
  }

  /** By a task without a hub. */
  const meets = ({ local: machine }: HubMachine, at = inAnHour()) =>
    noteLimit({ clock, machine }, { until: at, said: 'again later' });

  /** As with each permit that it takes: with what it knows of the record. */
  async function writtenByEarlierVersion(known: { limit: AccountLimit | null }) {
    const text = JSON.stringify({ version: 1, ...known, probe: null, permits: [] });
    await (await other.connected()).write('accounts', accountKey, { text, expected: null });
  }

  async function limitAtHub(by = other) {
    const { text } = await (await by.connected()).read('accounts', accountKey);
    return text === null ? null : readAccountRecord(text)!.limit;
  }

  test('that a task without a hub meets holds back the hub’s tasks on all machines, and is over for all when one of these is answered', async () => {
    livesOn(one);
    await meets(one);
    await until('the hub has it', async () => (await limitAtHub()) !== null);
    const [elsewhere, without] = [await askedOfHub(other), askedWithout(one)];
    await Promise.all([elsewhere.waits(), without.waits()]);
    elsewhere.hurry();
    (await elsewhere.permit()).hasAnswered();
    (await without.permit()).release();
    expect(await limitAtHub()).toBeNull();
    expect(await one.local.readLimit()).toBeNull();
  });

  test('that a task of the hub meets holds back the tasks without a hub on all machines, and is over for all when one of these is answered', async () => {
    livesOn(one, other);
    await (await one.process()).noteLimit({ until: inAnHour(), said: 'again later' });
    const [ofHub, here] = [await askedOfHub(one), askedWithout(one)];
    await until('the other one knows', async () => (await other.local.readLimit()) !== null);
    const elsewhere = askedWithout(other);
    await Promise.all([ofHub.waits(), here.waits(), elsewhere.waits()]);
    elsewhere.hurry();
    (await elsewhere.permit()).hasAnswered();
    await Promise.all([here, ofHub].map(async ({ permit }) => (await permit()).release()));
  });

  test('that a task without a hub has met is known to the next task of the hub here before its session starts', async () => {
    await meets(one);
    const next = await askedOfHub(one);
    await next.waits();
    expect(await limitAtHub()).toEqual(await one.local.readLimit());
  });

  test('that both have met has the earlier beginning and the newer end', async () => {
    await meets(one);
    const { since } = (await one.local.readLimit())!;
    const newer = inAnHour() + 60_000;
    await (await other.process()).noteLimit({ until: newer - 30_000, said: 'again later' });
    await meets(one, newer);
    await settleLimit(depsOf(one));
    expect(await limitAtHub()).toMatchObject({ since, until: newer });
    await settleLimit(depsOf(other));
    expect(await other.local.readLimit()).toEqual(await limitAtHub());
  });

  describe('that was told by a process which died before it heard so', () => {
    beforeEach(async () => {
      await meets(one);
      const { account, machine } = depsOf(one);
      const dying = {
        hub: account.hub,
        read: () => account.read(),
        change: async (...words: Parameters<typeof account.change>) => {
          await account.change(...words);
          throw new Error('it died');
        },
      };
      await expect(settleLimit({ machine, account: dying, clock })).rejects.toThrow('it died');
    });

    test('is not told again', async () => {
      const told = await limitAtHub();
      expect(told).not.toBeNull();
      expect(await settleLimit(depsOf(one))).toEqual(told);
    });

    test('and was lifted elsewhere meanwhile is over here, too', async () => {
      const elsewhere = await askedOfHub(other);
      await elsewhere.waits();
      elsewhere.hurry();
      (await elsewhere.permit()).hasAnswered();
      await until('it is lifted', async () => (await limitAtHub()) === null);
      expect(await settleLimit(depsOf(one))).toBeNull();
      expect(await one.local.readLimit()).toBeNull();
      expect(await limitAtHub()).toBeNull();
    });
  });

  test('that is met and lifted while the hub is away is the hub’s when that is there again', async () => {
    livesOn(one);
    one.isPinned = true;
    const alone = await one.process();
    await server.kill();
    await until(
      'it is noticed',
      () => one.link.current() === null && other.link.current() === null,
    );
    await alone.noteLimit({ until: inAnHour(), said: 'again later' });
    await askedWithout(one).waits();
    await server.start();
    await until('the hub has it', async () => (await limitAtHub()) !== null);
    await server.kill();
    await until(
      'it is noticed',
      () => one.link.current() === null && other.link.current() === null,
    );
    const next = asked((question) => alone.requestPermit(question));
    await next.waits();
    next.hurry();
    (await next.permit()).hasAnswered();
    await until('it is lifted here', async () => (await one.local.readLimit()) === null);
    await server.start();
    await until('it is lifted there', async () => (await limitAtHub()) === null);
  });

  test('that was lifted by a machine of an earlier version stays lifted', async () => {
    await meets(one);
    await settleLimit(depsOf(one));
    const limit = await limitAtHub();
    await writtenByEarlierVersion({ limit });
    await settleLimit(depsOf(one));
    expect(await limitAtHub()).toEqual(limit);
    await writtenByEarlierVersion({ limit: null });
    for (const machine of [one, other]) expect(await settleLimit(depsOf(machine))).toBeNull();
    expect(await limitAtHub()).toBeNull();
    expect(await one.local.readLimit()).toBeNull();
  });

  test('that was lifted without a hub is lifted there, too, if a machine of an earlier version rewrote it there', async () => {
    await meets(one);
    await settleLimit(depsOf(one));
    await writtenByEarlierVersion({ limit: await limitAtHub() });
    await one.local.liftLimit();
    expect(await settleLimit(depsOf(one))).toBeNull();
    expect(await limitAtHub()).toBeNull();
  });

  test('that was lifted without a hub is lifted there, too, if another one was met and lifted since', async () => {
    await meets(one);
    await settleLimit(depsOf(one));
    await one.local.liftLimit();
    await meets(one);
    await one.local.liftLimit();
    expect(await settleLimit(depsOf(one))).toBeNull();
    expect(await limitAtHub()).toBeNull();
    expect(await one.local.readLimit()).toBeNull();
  });

  test('is left alone on both sides while the hub’s record of the account cannot be read', async () => {
    const newer = { text: '{"version":1000}', expected: null };
    await (await one.connected()).write('accounts', accountKey, newer);
    await meets(one);
    const met = await one.local.readLimit();
    await expect(settleLimit(depsOf(one))).rejects.toThrow('update autonomous-tui');
    expect(await one.local.readLimit()).toEqual(met);
    const { text } = await (await one.connected()).read('accounts', accountKey);
    expect(text).toBe(newer.text);
  });

  test('is written to a machine’s file only when it is another one', async () => {
    await meets(one);
    await settleLimit(depsOf(one));
    const { machine, account } = depsOf(one);
    let changes = 0;
    const counted = {
      readKeptLimit: () => machine.readKeptLimit(),
      replaceKeptLimit: (...words: Parameters<typeof machine.replaceKeptLimit>) => {
        changes++;
        return machine.replaceKeptLimit(...words);
      },
    };
    await settleLimit({ machine: counted, account, clock });
    await one.local.liftLimit();
    await settleLimit({ machine: counted, account, clock });
    await settleLimit({ machine: counted, account, clock });
    expect(changes).toBe(0);
    expect(await limitAtHub()).toBeNull();
  });
});
