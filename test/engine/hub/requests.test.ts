import { expect, test } from 'vitest';
import type { Want } from '../../../source/core/run/fact.ts';
import { HubMachine, taskKey } from '../../helpers/hub/hub-machine.ts';
import { hasNats, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

test.skipIf(!hasNats)(
  'a request acts once, though the hub restarts, comes back older, and another machine wrote nonsense',
  async () => {
    const server = await NatsServer.start();
    const [owner, user] = [
      await HubMachine.enter('machine-1', { url: server.url }),
      await HubMachine.enter('machine-2', { url: server.url }),
    ];
    try {
      await Promise.all([owner.connected(), user.connected()]);
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
    } finally {
      await owner.leave();
      await user.leave();
      await server.remove();
    }
  },
);
