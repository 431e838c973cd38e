// What is left of a dashboard over a hub when it has ended: it had a copy of the log that it showed.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { test } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { withRemote } from '../helpers/hub/project-remote.ts';
import { isAlive } from '../helpers/processes.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { until } from '../helpers/until.ts';

describe.skipIf(!hasNats)('a dashboard over a hub leaves nothing behind', () => {
  test.for([
    ['by q', (dashboard: Terminal) => pressFor(dashboard, 'panes', 'quit')],
    ['when its window is closed', (dashboard: Terminal) => dashboard.close()],
    ['when a signal ends it', (dashboard: Terminal) => dashboard.kill('SIGTERM')],
  ] as const)('%s', async ([, leave], { makeWorld }) => {
    const world = await makeWorld();
    withRemote(world);
    const temporary = join(world.directory, 'temporary');
    await mkdir(temporary);
    const server = await NatsServer.start();
    try {
      const hub = ['--hub', server.url];
      await world.run([...hub, '--task-name', 'parts', 'Build the parts']);
      const env = { ...world.env, TMPDIR: temporary };
      const dashboard = await world.dashboard(hub, { env });
      const files = () => readdir(temporary, { recursive: true });
      await until('the log is mirrored', async () =>
        (await files()).some((name) => name.endsWith('/session.log')),
      );
      leave(dashboard);
      await until('it is gone', async () => !(await isAlive(dashboard.pid)));
      expect(await files()).toEqual([]);
    } finally {
      await server.remove();
    }
  });
});
