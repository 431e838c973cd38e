// What a machine that goes on with a shared task has of the one before, and what decides who may go on.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { command } from '../../source/demo/responses-api.ts';
import { connectHub } from '../../source/system/hub/hub-connection.ts';
import { smallPlan, test } from '../helpers/end-to-end-world.ts';
import { hasNats } from '../helpers/hub/nats-server.ts';
import { configuration, patience, withTask } from '../helpers/hub/shared-task.ts';
import { endProcessesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

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
    await until(
      'the hub has the conversation',
      async () => {
        const found = await connection.objects.get(name, 1024 ** 3);
        return found?.bytes.includes('halfway');
      },
      patience,
    );
  } finally {
    await connection.close();
  }
}

function gitIn(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8' }).trim();
}

/** Where the sessions of the only task work. */
function worktreeOf(home: string): string {
  const worktrees = join(home, '.local/share/autonomous-tui/worktrees');
  const [project = ''] = readdirSync(worktrees);
  const [task = ''] = readdirSync(join(worktrees, project));
  return join(worktrees, project, task);
}

/** The prompts, each once, that say it. */
function promptsWith(requests: readonly ModelRequest[], text: string): string[] {
  return [...new Set(requests.map(({ prompt }) => prompt))].filter((prompt) =>
    prompt.includes(text),
  );
}

const timeout = 300_000;

describe.skipIf(!hasNats).concurrent('a task that machines hand over', () => {
  test(
    'goes on with what a session had done when its machine was gone in the middle of it',
    { timeout },
    async ({ makeWorld }) => {
      const configured = { ...configuration, handOnSeconds: 3 };
      await withTask(
        () => makeWorld({ plan: leavesHalf, configuration: configured }),
        async ({ first, second, hub, remoteFile, remoteSays, untilDone }) => {
          const gate = first.hold(
            ({ prompt, toolOutputs }) =>
              prompt.includes('Do part 1') &&
              toolOutputs.some(({ text }) => text.includes('halfway')),
          );
          const tell = (text: string) =>
            second.run([...hub, '--task-name', 'parts', '--tell', text]);
          const early = await tell('Use oak');
          expect(early.stdout).toBe('✓ parts will be told when a machine takes it\n');
          const planning = first.hold(() => true);
          first.start(['--worker', ...hub]);
          await planning.reached(patience);
          expect((await tell('Sand them')).stdout).toContain('told with its next session');
          planning.open();
          await gate.reached(patience);
          const late = await tell('Paint them');
          expect(late.stdout).toMatch(/^✓ parts will be told with its next session, on [\w-]+\n$/);
          await until(
            'the work so far is at the remote',
            () => remoteSays().includes('Session 2 of the task, while it runs'),
            patience,
          );
          expect(remoteFile('half.txt')).toBe('half');
          // The session does not see it: its branch has no new commit, its index nothing, and nothing is locked.
          const worktree = worktreeOf(first.home);
          expect(gitIn(worktree, 'status', '--porcelain')).toBe('?? found.txt\n?? half.txt');
          expect(gitIn(worktree, 'log', '--format=%s')).toBe('first');
          const locked = readdirSync(first.directory, { recursive: true }).map(String);
          expect(locked.filter((path) => /\/project\/\.git\/.*\.lock$/.test(path))).toEqual([]);
          await endProcessesUnder(first.directory);
          gate.open();
          const before = first.requests.length;
          second.start(['--worker', ...hub]);
          await untilDone();
          // The session that was told the first thing ended on the machine that is gone; the other thing waited there.
          expect(promptsWith(first.requests, '> Use oak')).toHaveLength(1);
          expect(promptsWith(first.requests, '> Paint them')).toHaveLength(1);
          expect(promptsWith(first.requests.slice(before), '> Paint them')).toHaveLength(1);
          const prompts = first.requests.slice(before).map(({ prompt }) => prompt);
          expect(prompts[0]).toContain('the session before this one was interrupted in the middle');
          // What the lost session was told is told again.
          expect(promptsWith(first.requests.slice(0, before), '> Sand them')).toHaveLength(1);
          expect(promptsWith(first.requests.slice(before), '> Sand them')).toEqual([prompts[0]]);
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
      const configured = { ...configuration, handOnSeconds: 3 };
      await withTask(
        () => makeWorld({ plan: leavesHalf, configuration: configured }),
        async ({ first, second, hub, untilDone }) => {
          const isHalfway = ({ prompt, toolOutputs }: ModelRequest): boolean =>
            prompt.includes('Do part 1') &&
            toolOutputs.some(({ text }) => text.includes('halfway'));
          const gate = first.hold(isHalfway);
          first.start(['--worker', ...hub]);
          await gate.reached(patience);
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
    'waits for its turn while all machines together run as many sessions as their account may',
    { timeout },
    async ({ makeWorld }) => {
      const configured = { ...configuration, sessionsAtOnce: 1, accountAtOnce: 1 };
      await withTask(
        () => makeWorld({ plan: smallPlan({ steps: 1 }), configuration: configured }),
        async ({ first, second, hub, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 1'));
          first.start(['--worker', ...hub]);
          await gate.reached(patience);
          const given = await first.run([...hub, '--task-name', 'more', 'Build more']);
          expect(given).toMatchObject({ exitCode: 0 });
          const before = first.requests.length;
          second.start(['--worker', ...hub]);
          const isQueued = async () =>
            / more [^\n]*· queued[^\n]* · on /.test((await second.run(hub)).stdout);
          await until('the other task is queued', isQueued, patience);
          expect(first.requests).toHaveLength(before);
          gate.open();
          await untilDone();
          const isDone = async () => (await second.run(hub)).stdout.includes('✓ more');
          await until('the other task is done, too', isDone, patience);
        },
      );
    },
  );

  test(
    'is left to the machine that it is pinned to, while others do the rest, and goes on there without the hub',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan: smallPlan({ steps: 1 }), configuration }),
        async ({ first, second, hub, server, untilDone }) => {
          const words = ['--pinned', '--task-name', 'own', 'Build my own'];
          const given = await first.run([...hub, ...words]);
          const [, machine = ''] =
            /^✓ own is given to the hub, for (\S+) alone:/.exec(given.stdout) ?? [];
          expect(machine).not.toBe('');
          second.start(['--worker', ...hub]);
          await untilDone();
          expect((await second.run(hub)).stdout).toContain(`· queued (waits for ${machine})`);
          const gate = first.hold(({ prompt }) => prompt.includes('Build my own'));
          const worker = first.start(['--worker', ...hub]);
          await gate.reached(patience);
          expect(await second.run([...hub, '-n', 'own', '--pinned', 'none'])).toMatchObject({
            ...{ exitCode: 1, stdout: '' },
            stderr: `${machine} has it, and was given it with its pin: pause it first\n`,
          });
          await server.kill();
          // Its session outlives the lease that any other task would have, and another one starts.
          const killedAt = performance.now();
          const isOver = () => performance.now() > killedAt + 36_000;
          await until('lease and margin are over', isOver, { ...patience, everyMs: 1000 });
          gate.open();
          await until('all is done', () => worker.stdout().includes('own is done'), patience);
          await server.start();
          const isDone = async () => (await second.run(hub)).stdout.includes('✓ own (1/1');
          await until('the hub has heard of it', isDone, patience);
        },
      );
    },
  );
});
