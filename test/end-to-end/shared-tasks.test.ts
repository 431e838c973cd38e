// Tasks that machines share over a hub: two machines, a real NATS server, a git remote, and the real Codex.

import { describe, expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { git, withRemote } from '../helpers/hub/project-remote.ts';
import { endProcessesUnder, processesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const configuration = { restSeconds: 0, checkpoints: 'on' };
/** Lease and margin are 35 s, and a busy machine starts slowly. */
const patience = { timeoutMs: 120_000 };

type Shared = {
  /** The machine that works first, and the one that goes on. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  /** What the remote has of a file of the work. */
  remoteFile(path: string): string;
  untilDone(): Promise<void>;
};

/** Two machines with one model, a hub and a remote; the task is given by the first. */
async function withTask(
  makeWorld: () => Promise<EndToEndWorld>,
  act: (shared: Shared) => Promise<void>,
): Promise<void> {
  const [first, second] = [await makeWorld(), await makeWorld()];
  await writeCodexHome(second.codexHome, { url: first.model.url, shellSnapshot: false });
  const remote = withRemote(first);
  const server = await NatsServer.start();
  try {
    const hub = ['--hub', server.url];
    const given = await first.run([...hub, '--task-name', 'parts', 'Build the parts']);
    expect(given).toMatchObject({ exitCode: 0, stderr: '' });
    expect(given.stdout).toMatch(/^✓ parts is given to the hub/);
    await act({
      ...{ first, second, hub },
      remoteFile: (path) => {
        const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
        const work = refs.split('\n').find((ref) => ref.endsWith('/work'))!;
        return git(remote, 'show', `${work}:${path}`);
      },
      untilDone: async () => {
        const isDone = async () => (await second.run(hub)).stdout.includes('✓ parts');
        await until('the task is done', isDone, patience);
      },
    });
  } finally {
    await server.remove();
  }
}

const plan = smallPlan({ steps: 3 });
const wholeWork = 'part 1\npart 2\npart 3';
const timeout = 300_000;

describe.skipIf(!hasNats).concurrent('a task that machines share', () => {
  test(
    'goes on elsewhere when its machine is gone, and no step is done twice',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          await endProcessesUnder(first.directory);
          gate.open();
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );

  test(
    'is lost by a machine that stands still: when that wakes, its Codex ends and changes nothing',
    {
      timeout,
    },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          const machine = processesUnder(first.directory);
          const codex = machine.filter(({ command }) => command.includes(' exec '));
          expect(codex).not.toEqual([]);
          for (const { pid } of machine) process.kill(pid, 'SIGSTOP');
          // The answer lies there when it wakes.
          gate.open();
          second.start(['--worker', ...hub]);
          await untilDone();
          for (const { pid } of machine) process.kill(pid, 'SIGCONT');
          await until('its Codex is gone', () => {
            const pids = new Set(processesUnder(first.directory).map(({ pid }) => pid));
            return codex.every(({ pid }) => !pids.has(pid));
          });
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );

  test(
    'is free at once when its worker is told to end, which leaves no process behind',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          const worker = first.start(['--worker', ...hub]);
          await gate.reached();
          worker.kill('SIGTERM');
          expect(await worker.ended).toMatchObject({ exitCode: 0, stderr: '' });
          await first.untilNobodyLives();
          gate.open();
          expect((await second.run(hub)).stdout).toContain('parts');
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );
});
