import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enterHub } from '../../../source/cli/deps/hub/enter-hub.ts';
import { hubTaskKey } from '../../../source/core/hub/hub-names.ts';
import { giveTask } from '../../../source/engine/hub/give-task.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { shortLease } from '../../helpers/hub/hub-machine.ts';
import { hasNats, NatsServer } from '../../helpers/hub/nats-server.ts';
import { recordWith } from '../../helpers/run-records.ts';
import { until } from '../../helpers/until.ts';

test.skipIf(!hasNats)(
  'two machines that were only given an address take part under names of their own, and hand a task over',
  async () => {
    const server = await NatsServer.start();
    const directory = await mkdtemp(join(tmpdir(), 'enter-hub-'));
    const key = hubTaskKey('anywhere:/home/ann/shop/docs')!;
    const enter = async (name: string) => {
      const [home, project] = [join(directory, name, 'state'), join(directory, name, 'project')];
      for (const path of [home, project]) await mkdir(path, { recursive: true, mode: 0o700 });
      await stateDirectory(home, project, 'docs').make();
      await taskDirectory(project, 'docs').make();
      const hub = await enterHub({
        address: { url: server.url, machine: null, seed: null, certificate: null },
        home,
        environment: { CODEX_HOME: join(directory, name) },
        account: 'ann@example.org',
        accountAtOnce: null,
        durations: shortLease,
      });
      const task = {
        key,
        project,
        name: 'docs',
        isPinned: false,
        codexLives: () => false,
        seen: null,
      };
      return { hub, coordination: hub.coordination(task) };
    };
    const [one, other] = [await enter('one'), await enter('other')];
    try {
      expect(one.hub.machine).not.toBe(other.hub.machine);
      const connection = await until('it is connected', () => one.hub.link.current());
      expect(one.hub.problem()).toBeNull();
      const gift = { key, run: null, offer: null, isNew: true, newId: randomUUID };
      expect(await giveTask(connection, gift)).toBe(true);
      expect(await giveTask(connection, gift)).toBe(false);
      await until('the other is connected', () => other.hub.link.current());
      const claim = (await one.coordination.claim())!;
      await claim.record(recordWith({ run: 'first' }));
      expect(await other.coordination.claim()).toBeNull();
      claim.release();
      await claim.released;
      const next = (await other.coordination.claim())!;
      expect(next.recorded).toEqual(recordWith({ run: 'first' }));
      next.release();
      await next.released;
      await one.hub.sweep();
    } finally {
      await one.hub.close();
      await other.hub.close();
      await server.remove();
      await rm(directory, { recursive: true, force: true });
    }
  },
);
