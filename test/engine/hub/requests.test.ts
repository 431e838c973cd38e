import { expect, test } from 'vitest';
import { askOwner } from '../../../source/engine/hub/requests.ts';
import { systemClock } from '../../../source/system/clock.ts';
import type { Want } from '../../../source/core/run/fact.ts';
import { taskKey, withTwoMachines } from '../../helpers/hub/hub-machine.ts';
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
