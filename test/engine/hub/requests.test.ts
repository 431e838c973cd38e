import { expect, test } from 'vitest';
import { writtenHubRequest } from '../../../source/core/hub/request-record.ts';
import type { HubLink } from '../../../source/engine/hub/hub-link.ts';
import { askOwner, followHubRequests } from '../../../source/engine/hub/requests.ts';
import { systemClock } from '../../../source/system/clock.ts';
import type { Want } from '../../../source/core/run/fact.ts';
import { shortLease, taskKey, withTwoMachines } from '../../helpers/hub/hub-machine.ts';
import { hasNats } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

test.skipIf(!hasNats)(
  'a request acts once, though the hub restarts, comes back older, and another machine wrote nonsense',
  async () => {
    await withTwoMachines(async ({ server, owner, user }) => {
      const wants: Want[] = [];
      const followed = (await owner.process()).followRequests('run-1', (want) => wants.push(want));
      const asking = await user.process();
      const ask = (want: Want, id: string) => asking.request({ run: 'run-1', want, id });
      const heard = (count: number) =>
        until(`${count} are heard`, () => wants.length >= count, { everyMs: 5 });
      await ask('pause after session', 'a');
      await heard(1);
      const setBack = await server.keepStore();
      await ask('go on', 'b');
      await heard(2);
      await server.kill();
      await setBack();
      await server.start();
      const hub = await user.connected();
      expect((await hub.read('requests', taskKey)).text).toContain('"id":"a"');
      await hub.write('requests', taskKey, { text: '{"want":"\u001b"}', expected: null });
      await owner.connected();
      // Of unknown outcome, so it is said again under its own name.
      await ask('go on', 'b');
      await ask('pause now', 'c');
      await heard(3);
      expect(wants).toEqual(['pause after session', 'go on', 'pause now']);
      followed.close();
      await server.kill();
      await until('it is noticed', () => user.link.current() === null);
      await expect(ask('go on', 'd')).rejects.toThrow(/^The hub nats:\S+ cannot be reached/);
    });
  },
);

test.skipIf(!hasNats)(
  'a request is answered by the machine that acted on it, and by no other',
  async () => {
    await withTwoMachines(async ({ owner, user }) => {
      const clock = systemClock;
      const asking = { link: user.link, clock, key: taskKey };
      const silent = await askOwner(
        { ...asking, patienceMs: 100 },
        { run: 'run-1', want: 'pause now', id: 'early' },
      );
      expect(silent).toBeNull();
      const follow = (run: string) =>
        owner.process().then((process) => process.followRequests(run, () => {}));
      const other = await follow('run-2');
      const followed = await follow('run-1');
      const taker = await askOwner(
        { ...asking, patienceMs: 10_000 },
        { run: 'run-1', want: 'try now', id: 'late' },
      );
      expect(taker).toBe('machine-1');
      other.close();
      followed.close();
    });
  },
);

test.skipIf(!hasNats)(
  'a request to a hub that stands still for a while is sent again, and answered',
  async () => {
    await withTwoMachines(async ({ server, owner, user }) => {
      const wants: Want[] = [];
      const followed = (await owner.process()).followRequests('run-1', (want) => wants.push(want));
      await server.freeze();
      const asked = askOwner(
        { link: user.link, clock: systemClock, key: taskKey, patienceMs: 30_000 },
        { run: 'run-1', want: 'pause now', id: 'slow' },
      );
      // For longer than an answer of the hub is awaited.
      const from = systemClock.monotonic();
      await until(
        'it was awaited',
        () => systemClock.monotonic() > from + shortLease.answerMs + 300,
      );
      server.thaw();
      expect(await asked).toBe('machine-1');
      expect(wants).toEqual(['pause now']);
      followed.close();
    });
  },
);

test('what the hub did not take of an answer is said again, also when the run is over by then', async () => {
  const text = writtenHubRequest({ run: 'run-1', want: 'pause now', id: 'a' });
  const written: string[] = [];
  let tell = (_key: string, _entry: { text: string; revision: number }): void => {};
  const connection = {
    watch: (_bucket: string, _keys: string, heard: typeof tell) => {
      tell = heard;
      return { close: () => {} };
    },
    write: (_bucket: string, _key: string, entry: { text: string }) => {
      written.push(entry.text);
      return written.length === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(1);
    },
  };
  const link = { current: () => connection, onChange: () => () => {} } as unknown as HubLink;
  const clock = { every: () => () => {} };
  const deps = { link, clock, key: taskKey, machine: 'machine-1' };
  const followed = followHubRequests(deps, 'run-1', () => {});
  tell(taskKey, { text, revision: 1 });
  followed.close();
  await until('it is said again', () => written.length === 2);
  expect(written[1]).toContain('"taken":["a"]');
});
