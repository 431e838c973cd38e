// What the lease of a task does when its hub fails: real servers, killed, frozen and set back. Never two owners, and nothing
// that was recorded is undone.

import { readFileSync } from 'node:fs';
import { describe, expect, test as base } from 'vitest';
import { hubMachineKey } from '../../../source/core/hub/hub-names.ts';
import { readHubTask, writtenHubTask, type HubTask } from '../../../source/core/hub/task-record.ts';
import type { Lease } from '../../../source/core/lease/lease.ts';
import { claimOnHub, type HubClaim } from '../../../source/engine/hub/claim-on-hub.ts';
import { leaseTask } from '../../../source/engine/hub/task-lease.ts';
import { LeaseLostError } from '../../../source/engine/hub/run-copy.ts';
import { bootClock } from '../../../source/system/boot-clock.ts';
import {
  readLease,
  removeLease,
  writeLease,
} from '../../../source/system/state/lease/lease-file.ts';
import { HubMachine, shortLease, taskKey } from '../../helpers/hub/hub-machine.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';
import { recordWith } from '../../helpers/run-records.ts';
import { until } from '../../helpers/until.ts';

type Hub = {
  server: NatsServer;
  one: HubMachine;
  other: HubMachine;
  /** They are released with the test. */
  claims: HubClaim[];
  claimed(machine: HubMachine): Promise<HubClaim>;
  refused(machine: HubMachine): Promise<void>;
  stored(): Promise<HubTask>;
};

/** A server and two machines of its own: these tests wait more than they work. */
const test = base.extend<{ hub: Hub }>({
  hub: async ({}, provide) => {
    const server = await NatsServer.start();
    const [one, other] = (await Promise.all(
      ['machine-1', 'machine-2'].map((name) => HubMachine.enter(name, { url: server.url })),
    )) as [HubMachine, HubMachine];
    await one.give();
    await other.connected();
    const claims: HubClaim[] = [];
    await provide({
      ...{ server, one, other, claims },
      claimed: async (machine) => {
        const claim = await (await machine.process()).claim();
        if (claim === null) throw new Error('it is owned elsewhere');
        claims.push(claim);
        return claim;
      },
      refused: async (machine) => expect(await (await machine.process()).claim()).toBeNull(),
      stored: async () => {
        const { text } = await (await other.connected()).read('tasks', taskKey);
        const read = readHubTask(text ?? '', taskKey);
        if (read.kind !== 'read') throw new Error(`it is ${read.kind}`);
        return read.task;
      },
    });
    for (const claim of claims) claim.release();
    await one.leave();
    await other.leave();
    await server.remove();
  },
});

/** As a task that was given for this machine alone. */
async function pinTo({ name }: HubMachine, by: HubMachine): Promise<void> {
  const connection = await by.connected();
  const { text, revision } = await connection.read('tasks', taskKey);
  const found = readHubTask(text!, taskKey);
  if (found.kind !== 'read') throw new Error(`it is ${found.kind}`);
  const offer = {
    ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
    ...{ directory: '', model: null, review: null, checks: null, pinned: name },
  };
  const next = writtenHubTask({ ...found.task, offer });
  expect(await connection.write('tasks', taskKey, { text: next, expected: revision })).not.toBe(
    'refused',
  );
}

/** After two looks at the hub. */
async function later(): Promise<string> {
  const from = bootClock();
  await until('two looks later', () => bootClock() > from + 2 * shortLease.lookMs);
  return 'later';
}

const fileOf = (machine: HubMachine) =>
  JSON.parse(readFileSync(machine.leaseFile, 'utf8')) as { nonce: string; endsAt: number };

describe.skipIf(!hasNats)(`a lease${hasNats ? '' : ` (${leftOut})`}`, { concurrent: true }, () => {
  test('is in the warden’s file before the claim returns, and there is extended', async ({
    hub: { one, claimed, stored },
  }) => {
    const claim = await claimed(one);
    const lease = claim.heldLease()!;
    const first = fileOf(one);
    expect(first.nonce).toBe(lease.nonce);
    expect(first.endsAt).toBeLessThanOrEqual(bootClock() + shortLease.leaseMs);
    await until('the file follows a heartbeat', () => fileOf(one).endsAt > first.endsAt);
    claim.release();
    await claim.released;
    expect(() => fileOf(one)).toThrow('ENOENT');
    expect((await stored()).lease.owner).toBeNull();
  });

  test('of a pinned task does not end while the hub is away: what it records is there when the hub is back', async ({
    hub: { server, one, other, claims, stored },
  }) => {
    await pinTo(one, other);
    one.isPinned = true;
    const pinned = await one.process();
    const claim = (await pinned.claim())!;
    claims.push(claim);
    await claim.record(recordWith({ run: 'first' }));
    await until('the hub has it', async () => (await stored()).run?.run === 'first');
    await server.kill();
    await until('it is noticed', () => one.link.current() === null);
    const from = bootClock();
    await until('a lease and more', () => bootClock() > from + 1.5 * shortLease.leaseMs);
    expect(claim.heldLease()).not.toBeNull();
    // Its next session starts, and is recorded.
    const permit = await pinned.requestPermit({ atOnce: 1, waits: () => {} }).given;
    await claim.record(recordWith({ run: 'second' }));
    permit.release();
    await server.start();
    await other.connected();
    await until('the hub has that, too', async () => (await stored()).run?.run === 'second');
    expect((await stored()).lease).toMatchObject({ owner: 'machine-1', epoch: 1 });
    claim.release();
    await claim.released;
    expect((await stored()).lease.owner).toBeNull();
  });

  test('is given back at once if the pin of the task is another one than its worker saw', async ({
    hub: { one, other, claimed, refused, stored },
  }) => {
    one.isPinned = true;
    await refused(one);
    await until('it is given back', async () => (await stored()).lease.owner === null);
    one.isPinned = false;
    await pinTo(other, one);
    await refused(one);
    await until('it is given back again', async () => (await stored()).lease.owner === null);
    other.isPinned = true;
    expect((await claimed(other)).offer?.pinned).toBe('machine-2');
  });

  test('of a warden that lives is what a new runner goes on with', async ({
    hub: { server, one, stored },
  }) => {
    const codexLives = () => true;
    const leaseFile = {
      write: (lease: Lease) => writeLease(one.leaseFile, lease),
      remove: () => removeLease(one.leaseFile),
    };
    const deps = { ...one.lease, leaseFile, onOver: () => {} };
    let firstLives = true;
    const whileFirstLives = {
      write: async (lease: Lease): Promise<void> => {
        if (firstLives) await leaseFile.write(lease);
      },
      remove: async (): Promise<void> => {
        if (firstLives) await leaseFile.remove();
      },
    };
    const nothing = { key: taskKey, held: null, seen: null, isPinned: false };
    const ofFirst = { ...deps, leaseFile: whileFirstLives };
    const first = (await claimOnHub(ofFirst, { ...nothing, codexLives: () => false }))!;
    const run = recordWith({ run: 'first' });
    await first.record(run);
    const lease = readLease(one.leaseFile)!;
    firstLives = false;
    const next = (await claimOnHub(deps, {
      key: taskKey,
      held: { lease, run },
      seen: null,
      isPinned: false,
      codexLives,
    }))!;
    expect(next.heldLease()).toMatchObject({ epoch: lease.epoch, nonce: lease.nonce });
    expect(next.recorded).toEqual(run);
    // A restart of the server is confirmed by it, too.
    await server.kill();
    await server.start();
    await next.record(recordWith({ run: 'second' }));
    expect((await stored()).lease.epoch).toBe(lease.epoch);
    expect((await stored()).run?.run).toBe('second');
    // Without a lease, a machine on which Codex lives claims nothing: the warden ends it first.
    const withoutLease = claimOnHub(deps, { ...nothing, codexLives });
    const outcome = await Promise.race([withoutLease, next.lost.then(() => 'lost'), later()]);
    expect(outcome).toBe('later');
    first.release();
    next.release();
  });

  test('goes on over a restart of the server, and no other machine gets the task', async ({
    hub: { server, one, other, claimed, refused, stored },
  }) => {
    const claim = await claimed(one);
    await claim.record(recordWith({ run: 'first' }));
    await server.kill();
    await server.start();
    await refused(other);
    expect(claim.heldLease()).not.toBeNull();
    await claim.record(recordWith({ run: 'second' }));
    expect((await stored()).run?.run).toBe('second');
  });

  test('is written anew to a server that came back older, with the newest record', async ({
    hub: { server, one, other, claimed, refused, stored },
  }) => {
    const setBack = await server.keepStore();
    const claim = await claimed(one);
    await claim.record(recordWith({ run: 'first' }));
    await server.kill();
    await setBack();
    await server.start();
    await until(
      'the hub has the lease again',
      async () => (await stored()).lease.owner === 'machine-1',
    );
    expect((await stored()).run?.run).toBe('first');
    await refused(other);
    expect(claim.heldLease()).not.toBeNull();
  });

  test('that is given back to a server that came back older tells the newest record, too', async ({
    hub: { server, one, claimed, stored },
  }) => {
    const claim = await claimed(one);
    const setBack = await server.keepStore();
    await claim.record(recordWith({ run: 'first' }));
    await server.kill();
    claim.release();
    await setBack();
    await server.start();
    await claim.released;
    expect((await stored()).run?.run).toBe('first');
  });

  test('of a machine that is gone is free after a silence that another process here has seen', async ({
    hub: { one, other, claimed },
  }) => {
    await (await claimed(one)).record(recordWith({ run: 'first' }));
    await one.cutOff();
    const connection = await other.connected();
    const { revision, text } = await connection.read('tasks', taskKey);
    const { lease } = (readHubTask(text ?? '', taskKey) as { task: HubTask }).task;
    const heartbeat = await connection.read('machines', hubMachineKey('machine-1'));
    const seenAt = bootClock();
    other.seen = {
      hubStart: connection.hubStart,
      stored: { revision, record: lease },
      storedSeenAt: seenAt,
      heartbeat: { revision: heartbeat.revision, seenAt, askedAt: null },
    };
    const silenceMs = shortLease.leaseMs + shortLease.marginMs;
    await until('lease and margin are over', () => bootClock() - seenAt > silenceMs);
    const from = bootClock();
    const taken = await claimed(other);
    expect(taken.recorded?.run).toBe('first');
    expect(bootClock() - from).toBeLessThan(silenceMs);
  });

  test('of a machine that lives is not free, whatever silence was seen before', async ({
    hub: { one, other, claimed, refused },
  }) => {
    await claimed(one);
    const connection = await other.connected();
    const { revision, text } = await connection.read('tasks', taskKey);
    const { lease } = (readHubTask(text ?? '', taskKey) as { task: HubTask }).task;
    const seenAt = bootClock() - 60_000;
    other.seen = {
      hubStart: connection.hubStart,
      stored: { revision, record: lease },
      storedSeenAt: seenAt,
      heartbeat: { revision: 1, seenAt, askedAt: null },
    };
    await refused(other);
  });

  test('ends while the server is away, and another machine gets it after lease and margin', async ({
    hub: { server, one, other, claimed, stored },
  }) => {
    const claim = await claimed(one);
    await claim.record(recordWith({ run: 'first' }));
    const setBack = await server.keepStore();
    await one.cutOff();
    await claim.lost;
    expect(claim.heldLease()).toBeNull();
    await expect(claim.record(recordWith({ run: 'late' }))).rejects.toThrow(LeaseLostError);
    const taken = await claimed(other);
    expect(taken.recorded?.run).toBe('first');
    // Also when the hub forgets that it was taken, there are not two.
    await server.kill();
    await setBack();
    await server.start();
    await until(
      'the new owner is known again',
      async () => (await stored()).lease.owner === 'machine-2',
    );
    expect(taken.heldLease()).not.toBeNull();
  });

  test('a record that is told while the server restarts is told once, and in order', async ({
    hub: { server, one, claimed, stored },
  }) => {
    const claim = await claimed(one);
    const told: Promise<void>[] = [];
    for (let index = 0; index < 20; index++) {
      told.push(claim.record(recordWith({ run: `run-${index}` })));
      if (index === 5) await server.kill();
      if (index === 12) await server.start();
      if (index % 4 === 0) await until('a turn', () => true);
    }
    await Promise.all(told);
    expect((await stored()).run?.run).toBe('run-19');
    expect((await stored()).lease.epoch).toBe(1);
  });

  test('a claim that the server’s death cut off is made once, by one machine', async ({
    hub: { server, one, other, claimed, stored },
  }) => {
    const claiming = Promise.allSettled([claimed(one), claimed(other)]);
    await server.kill();
    await server.start();
    const outcomes = await claiming;
    const { lease } = await stored();
    const winners = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(lease.owner).toBe(outcomes[0].status === 'fulfilled' ? 'machine-1' : 'machine-2');
  });

  test('that is claimed anew by its machine is not released by what was left of the claim before', async ({
    hub: { server, one, claimed, refused, stored },
  }) => {
    const first = await claimed(one);
    await server.freeze();
    await first.lost;
    first.release();
    // The release of the first one is still to come: until then the task is owned here.
    await refused(one);
    server.thaw();
    await first.released;
    const second = await claimed(one);
    await later();
    expect(second.heldLease()).not.toBeNull();
    expect((await stored()).lease.epoch).toBe(2);
  });

  test('a frozen server: the lease ends, nothing is claimed, and after it all goes on', async ({
    hub: { server, one, claimed, stored },
  }) => {
    const claim = await claimed(one);
    await server.freeze();
    await claim.lost;
    claim.release();
    server.thaw();
    await claim.released;
    await claimed(one);
    expect((await stored()).lease.owner).toBe('machine-1');
  });

  test('a hub that is away is said after ten seconds', async ({
    hub: { server, one, claimed },
  }) => {
    await server.kill();
    await until('it is noticed', () => one.link.current() === null);
    await expect(claimed(one)).rejects.toThrow(/^The hub nats:\S+ cannot be reached/);
  });

  test('a hub that does not have the task says so, and what cannot be read is left alone', async ({
    hub: { one, other, claimed },
  }) => {
    const hub = await other.connected();
    const write = (text: string) => hub.write('tasks', taskKey, { text, expected: null });
    await write('{"version":1,"owner":"\u001b[2J"}');
    await expect(claimed(one)).rejects.toThrow(/cannot be read, so it is left alone/);
    await write('{"version":2}');
    await expect(claimed(one)).rejects.toThrow(/^A newer version of autonomous-tui/);
    expect((await hub.read('tasks', taskKey)).text).toBe('{"version":2}');
  });

  test('a record by which another machine has the task ends the lease here', async ({
    hub: { one, other, claimed, stored },
  }) => {
    const claim = await claimed(one);
    const now = await stored();
    const lease = { ...now.lease, owner: 'machine-2', epoch: 2, nonce: 'stolen' };
    const hub = await other.connected();
    const text = writtenHubTask({ ...now, lease });
    await hub.write('tasks', taskKey, { text, expected: null });
    await claim.lost;
    expect(claim.heldLease()).toBeNull();
  });

  test('a second machine of the same name is told so, confirms nothing, and has no task of the first', async ({
    hub: { server, one, claimed, stored },
  }) => {
    await claimed(one);
    const before = await stored();
    const twin = await HubMachine.enter(
      'machine-1',
      { url: server.url },
      { instance: 'another-home' },
    );
    const task = { key: taskKey, held: null, seen: null, isPinned: false };
    const lease = leaseTask(twin.lease, { ...task, codexLives: () => false });
    try {
      let confirmed = 0;
      twin.heartbeat.onConfirmed(() => (confirmed += 1));
      await until('it is said', () => twin.heartbeat.problem());
      expect(twin.heartbeat.problem()).toMatch(
        /^Another machine takes part in the hub as machine-1/,
      );
      expect(confirmed).toBe(0);
      for (const wants of [true, false]) {
        lease.want(wants);
        await later();
        expect(lease.ownership()).toMatchObject({ lease: null, write: null });
      }
      expect((await stored()).lease).toEqual(before.lease);
    } finally {
      lease.close();
      await twin.leave();
    }
  });
});
