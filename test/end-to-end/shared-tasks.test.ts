// Tasks that machines share over a hub: two machines, a real NATS server, a git remote, and the real Codex.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { endProcessesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const configuration = { restSeconds: 0, checkpoints: 'on' };
/** Lease and margin are 35 s, and a busy machine starts slowly. */
const patience = { timeoutMs: 120_000 };

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8' }).trim();
}

/** The project's first commit is at a remote that both machines reach. */
function withRemote({ directory, project }: EndToEndWorld): string {
  const remote = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, remote);
  git(project, 'remote', 'add', 'origin', `file://${remote}`);
  git(project, 'fetch', '-q', 'origin');
  return remote;
}

test.skipIf(!hasNats)(
  'a task goes on elsewhere when its machine is gone, and no step is done twice',
  { timeout: 240_000 },
  async ({ makeWorld }) => {
    const plan = smallPlan({ steps: 3 });
    const first = await makeWorld({ plan, configuration });
    const second = await makeWorld({ plan, configuration });
    await writeCodexHome(second.codexHome, { url: first.model.url, shellSnapshot: false });
    const remote = withRemote(first);
    const server = await NatsServer.start();
    try {
      const hub = ['--hub', server.url];
      const given = await first.run([...hub, '--task-name', 'parts', 'Build the parts']);
      expect(given).toMatchObject({ exitCode: 0, stderr: '' });
      expect(given.stdout).toMatch(/^✓ parts is given to the hub/);

      const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
      first.start(['--worker', ...hub]);
      await gate.reached();
      await endProcessesUnder(first.directory);
      gate.open();

      const worker = second.start(['--worker', ...hub]);
      await until(
        'the other machine has done it',
        async () => (await second.run(hub)).stdout.includes('✓ parts'),
        patience,
      );
      worker.kill('SIGTERM');
      const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
      const work = refs.split('\n').find((ref) => ref.endsWith('/work'))!;
      expect(git(remote, 'show', `${work}:parts.txt`)).toBe('part 1\npart 2\npart 3');
    } finally {
      await server.remove();
    }
  },
);
