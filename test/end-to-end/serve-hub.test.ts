// The hub, as the built program starts it.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { connectHub } from '../../source/system/hub/hub-connection.ts';
import { readHubAddress } from '../../source/system/hub/read-hub-address.ts';
import { identityOf } from '../../source/system/process/identity.ts';
import { test } from '../helpers/end-to-end-world.ts';
import { hasNats } from '../helpers/hub/nats-server.ts';
import { until } from '../helpers/until.ts';

test.skipIf(!hasNats)(
  'a hub outlives the command that starts it, lets the named machines in, and ends as it says',
  async ({ makeWorld }) => {
    const world = await makeWorld();
    const words = ['--serve-hub', '--listen', `0.0.0.0:${await freePort()}`];
    const started = await world.run([...words, '--machine', 'laptop']);
    const pid = Number(/End it: kill (\d+)/.exec(started.stdout)?.[1]);
    try {
      expect(started).toMatchObject({ exitCode: 0, stderr: '' });
      expect(started.stdout).toMatch(
        /^✓ The hub is started \(pid \d+\): it listens on 0\.0\.0\.0:\d+, with TLS/,
      );
      const [, path = ''] =
        /On laptop, type:\n {2}scp -p '[^:]+:(.+)' laptop\.hub && autonomous-tui --worker --hub 'laptop\.hub'\n/.exec(
          started.stdout,
        ) ?? [];
      const hub = await connectHub(await readHubAddress(path), { answerMs: 2000 });
      await hub.close();
      const again = await world.run(words);
      expect(again).toMatchObject({ exitCode: 0, stderr: '' });
      expect(again.stdout).toContain(`✓ The hub runs already (pid ${pid})`);
      const [, log = ''] = /Its log: (.+)\n/.exec(again.stdout) ?? [];
      expect(await readFile(log, 'utf8')).toContain('Server is ready');
      const refused = await world.run(['--serve-hub'], {
        env: { ...world.env, AUTONOMOUS_TUI_SESSION: 'a-session' },
      });
      expect(refused).toMatchObject({ exitCode: 2 });
    } finally {
      process.kill(pid, 'SIGTERM');
      await until('the hub is gone', async () => (await identityOf(pid)) === null);
    }
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
