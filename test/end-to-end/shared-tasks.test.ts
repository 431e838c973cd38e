// Tasks that machines share over a hub: two machines, a real NATS server, a git remote, and the real Codex.

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { connectHub } from '../../source/system/hub/hub-connection.ts';
import { command } from '../../source/demo/responses-api.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { endProcessesUnder, processesUnder } from '../helpers/processes.ts';
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

function workIn(remote: string): string {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
  return refs.split('\n').find((ref) => ref.endsWith('/work')) ?? '';
}

type Shared = {
  /** The machine that works first, and the one that goes on. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  /** What the remote has of a file of the work. */
  remoteFile(path: string): string;
  /** What the commit there says. */
  remoteSays(): string;
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
      remoteFile: (path) => git(remote, 'show', `${workIn(remote)}:${path}`),
      remoteSays: () => git(remote, 'show', '-s', '--format=%s', workIn(remote)),
      untilDone: async () => {
        const isDone = async () => (await second.run(hub)).stdout.includes('✓ parts');
        await until('the task is done', isDone, patience);
      },
    });
  } finally {
    await server.remove();
  }
}

/** Each session that finds what a session left says so. */
const leavesHalf = smallPlan({
  work: () => [
    command('cat half.txt >> found.txt 2>/dev/null; echo half > half.txt; echo halfway'),
  ],
});

/** The hub has the conversation of a session that has come halfway. */
async function untilConversationAt(url: string): Promise<void> {
  const address = { url, machine: null, seed: null, certificate: null };
  const connection = await connectHub(address, { answerMs: 5000 });
  try {
    const [task] = await connection.list('tasks', 'task.>');
    const name = createHash('sha256').update(task!.key).digest('hex').slice(0, 32);
    await until('the hub has the conversation', async () => {
      const found = await connection.objects.get(name, 1024 ** 3);
      return found?.bytes.includes('halfway');
    });
  } finally {
    await connection.close();
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
    'goes on with what a session had done when its machine was gone in the middle of it',
    { timeout },
    async ({ makeWorld }) => {
      const configured = { ...configuration, handOnSeconds: 1 };
      await withTask(
        () => makeWorld({ plan: leavesHalf, configuration: configured }),
        async ({ first, second, hub, remoteFile, remoteSays, untilDone }) => {
          const gate = first.hold(
            ({ prompt, toolOutputs }) =>
              prompt.includes('Do part 1') &&
              toolOutputs.some(({ text }) => text.includes('halfway')),
          );
          first.start(['--worker', ...hub]);
          await gate.reached();
          await until('the work so far is at the remote', () =>
            remoteSays().includes('Session 2 of the task, while it runs'),
          );
          expect(remoteFile('half.txt')).toBe('half');
          await endProcessesUnder(first.directory);
          gate.open();
          const before = first.requests.length;
          second.start(['--worker', ...hub]);
          await untilDone();
          const prompts = first.requests.slice(before).map(({ prompt }) => prompt);
          expect(prompts[0]).toContain('the session before this one was interrupted in the middle');
          // By the session that did the step again, and by the one after it.
          expect(remoteFile('found.txt')).toBe('half\nhalf');
          expect(remoteSays()).toBe('Session 4 of the task');
        },
      );
    },
  );

  test(
    'goes on in the conversation of a machine that is gone, where its user wants that',
    { timeout },
    async ({ makeWorld }) => {
      const configured = { ...configuration, handOnSeconds: 1 };
      await withTask(
        () => makeWorld({ plan: leavesHalf, configuration: configured }),
        async ({ first, second, hub, untilDone }) => {
          const isHalfway = ({ prompt, toolOutputs }: ModelRequest): boolean =>
            prompt.includes('Do part 1') &&
            toolOutputs.some(({ text }) => text.includes('halfway'));
          const gate = first.hold(isHalfway);
          first.start(['--worker', ...hub]);
          await gate.reached();
          await untilConversationAt(hub[1]!);
          await endProcessesUnder(first.directory);
          const before = first.requests.length;
          second.start(['--worker', '--resume-last', ...hub]);
          const next = await until(
            'the other machine asks',
            () => first.requests[before],
            patience,
          );
          gate.open();
          // Both prompts, and between them what the command of the other machine said.
          expect(next.userMessages.join()).toContain('Do part 1');
          expect(next.prompt).toContain('interrupted in the middle');
          expect(JSON.stringify(next.items)).toContain('halfway');
          await untilDone();
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
