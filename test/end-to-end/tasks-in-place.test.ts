// Tasks of a hub whose project has no git remote: their own machine works on them, in the project itself. A real NATS server, real
// workers, and the real Codex with one scripted model.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { mirroredTask } from '../../source/cli/deps/hub/viewing/mirrored-task.ts';
import { hubTaskKey } from '../../source/core/hub/hub-names.ts';
import type { TaskOffer } from '../../source/core/hub/task-offer.ts';
import { writtenHubTask } from '../../source/core/hub/task-record.ts';
import { keyOf } from '../../source/core/task/task-key.ts';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { linkHub, type HubLink } from '../../source/engine/hub/hub-link.ts';
import { systemClock } from '../../source/system/clock.ts';
import { connectHub } from '../../source/system/hub/hub-connection.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { git } from '../helpers/hub/project-remote.ts';
import { patience } from '../helpers/hub/shared-task.ts';
import { endProcessesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const configuration = { restSeconds: 0, checkpoints: 'on' };
const plan = smallPlan({ steps: 2 });
const timeout = 300_000;
const refusal =
  'parts was given to a hub: autonomous-tui --hub FILE --task-name parts --continue\n';

type Given = {
  /** It gave the task. */
  first: EndToEndWorld;
  second: EndToEndWorld;
  hub: readonly string[];
  server: NatsServer;
  link: HubLink;
  /** The first one's name. */
  machine: string;
  /** A line of the list over the hub, as the other machine has it, has this in it. */
  untilSeen(text: string): Promise<void>;
};

/** Two machines with one model and a hub; the first has given a task of a project that is as `shape` left it. */
async function withGiven(
  makeWorld: (options: object) => Promise<EndToEndWorld>,
  shape: (project: string) => Promise<string>,
  act: (given: Given) => Promise<void>,
): Promise<void> {
  const [first, second] = [
    await makeWorld({ plan, configuration }),
    await makeWorld({ plan, configuration }),
  ];
  await writeCodexHome(second.codexHome, { url: first.model.url, shellSnapshot: false });
  const why = await shape(first.project);
  const server = await NatsServer.start();
  const address = { url: server.url, machine: 'viewer', seed: null, certificate: null };
  const link = linkHub({
    connect: () => connectHub(address, { answerMs: 5000 }),
    clock: systemClock,
  });
  try {
    const hub = ['--hub', server.url];
    const given = await first.run([...hub, '--task-name', 'parts', 'Build the parts']);
    expect(given).toMatchObject({ exitCode: 0, stderr: '' });
    const [, machine = ''] = /for (\S+) alone/.exec(given.stdout) ?? [];
    const [sentence] = given.stdout.split('\n');
    expect(sentence).toBe(
      `✓ parts is given to the hub, for ${machine} alone, in ${first.project}: ${why}`,
    );
    const untilSeen = async (text: string): Promise<void> => {
      const isSeen = async () => (await second.run([...hub, '--list'])).stdout.includes(text);
      await until(`the other machine sees ${text}`, isSeen, patience);
    };
    await act({ first, second, hub, server, link, machine, untilSeen });
  } finally {
    await link.close();
    await server.remove();
  }
}

/** What a machine of the hub may write of a task of another one. */
async function writeRecord(link: HubLink, key: string, offer: TaskOffer): Promise<void> {
  const connection = await until('the viewer is connected', () => link.current());
  const lease = { task: key, owner: null, epoch: 0, nonce: randomUUID(), hubStart: '' };
  const record = { lease, written: randomUUID(), run: null, offer, continued: null };
  const { revision } = await connection.read('tasks', key);
  await connection.write('tasks', key, { text: writtenHubTask(record), expected: revision });
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe.skipIf(!hasNats).concurrent('a task of a hub whose project has no git remote', () => {
  test(
    'is worked on in a project without git by its own machine, whatever others write to the hub',
    { timeout },
    async ({ makeWorld }) => {
      const withoutGit = async (project: string) => {
        await rm(join(project, '.git'), { recursive: true });
        return 'the project is not a git repository';
      };
      await withGiven(makeWorld, withoutGit, async (given) => {
        const { first, second, hub, link, machine, untilSeen } = given;
        await untilSeen(`queued (waits for ${machine})`);
        // Here it is begun by the worker alone.
        const alone = () => first.run(['--headless', '--task-name', 'parts']);
        expect(await alone()).toMatchObject({ exitCode: 1, stderr: refusal });

        // Another machine names a directory that nothing was given from, and adds to what was given.
        const other = join(first.directory, 'other');
        await mkdir(other);
        const offer: TaskOffer = {
          ...{ description: 'Build a mark', model: null, review: null, checks: ['touch mark'] },
          ...{ remote: null, id: randomUUID(), pinned: machine },
        };
        const keyIn = (project: string, name: string) =>
          hubTaskKey(keyOf({ host: machine, project, name }))!;
        await writeRecord(link, keyIn(other, 'mark'), offer);
        await first.run([...hub, '--task-name', 'rooms', 'Build rooms']);
        await writeRecord(link, keyIn(first.project, 'rooms'), {
          ...offer,
          description: 'Build rooms',
        });

        const idle = second.start(['--worker', ...hub]);
        await until('it looks', () => idle.stdout().includes('works on the tasks'), patience);
        const mirror = await mirroredTask(link, {
          ...{ key: keyIn(first.project, 'parts'), directory: join(first.directory, 'mirror') },
        });
        const gate = first.hold(({ prompt }) => prompt.includes('Do part 1'));
        const worker = first.start(['--worker', ...hub]);
        await gate.reached(patience);
        expect((await alone()).exitCode).toBe(75);
        await untilSeen(`on ${machine}`);
        const left =
          'this machine did not give it to the hub, so it does not work in that directory';
        const changed = 'the hub says something else of it than was given, so it is left alone';
        for (const sentence of [left, changed])
          await until(sentence, () => worker.stdout().includes(sentence), patience);

        // Its machine is gone in the middle of a session. What starts interrupted tasks there leaves it alone.
        await endProcessesUnder(first.directory);
        gate.open();
        expect((await first.run(['--list'])).stdout).toContain(
          'interrupted (a worker of its hub goes on)',
        );
        expect((await first.run(['--continue-all'])).stdout).toBe('No interrupted tasks\n');
        expect(await alone()).toMatchObject({ exitCode: 1, stderr: refusal });
        const next = first.start(['--worker', ...hub]);
        await untilSeen('✓ parts');
        expect(await readFile(join(first.project, 'parts.txt'), 'utf8')).toContain('part 2');

        // The log comes byte for byte, and nothing else happened anywhere.
        const log = await readFile(join(first.task('parts').path, 'session.log'));
        await until(
          'the log is all here',
          async () => (await readFile(join(first.directory, 'mirror', 'session.log'))).equals(log),
          patience,
        );
        await mirror.close();
        expect(countOf(next.stdout(), left)).toBe(1);
        expect(countOf(next.stdout(), changed)).toBe(1);
        expect(existsSync(join(other, '.autonomous'))).toBe(false);
        expect(await first.task('rooms').record()).toBe(null);
        expect(idle.stdout().split('\n')).toHaveLength(2);
        for (const { env } of [first, second])
          expect(existsSync(join(stateHome(env), 'shared'))).toBe(false);

        const there = `It is in ${first.project} on ${machine}: autonomous-tui -C '${first.project}' --task-name parts`;
        const refused = async (...verb: string[]) =>
          (await second.run([...hub, '-n', 'parts', ...verb])).stderr;
        expect(await refused('--diff')).toBe(`${there} --diff\n`);
        expect(await refused('--undo', '--session', '2')).toBe(`${there} --undo --session N\n`);

        // Once it is deleted here, the same words are another task, which the worker does work on.
        const again = () => first.run([...hub, 'Build the parts']);
        expect((await again()).stdout).toContain('has this task already, as it was given: parts');
        await first.run(['--task-name', 'parts', '--delete', '--yes']);
        expect((await first.run([...hub, '-n', 'parts', 'Build the parts'])).stderr).toContain(
          'was deleted or replaced here since',
        );
        const anew = await again();
        const [, name = anew.stderr] = /^✓ (\S+) is given to the hub/.exec(anew.stdout) ?? [];
        const isWorkedOn = `${name} is worked on here`;
        await until(isWorkedOn, () => next.stdout().includes(isWorkedOn), patience);
      });
    },
  );

  test(
    'keeps its checkpoints in a repository without a remote, and goes on without the hub',
    { timeout },
    async ({ makeWorld }) => {
      const withoutRemote = (project: string) => {
        const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
        git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
        return Promise.resolve('the project has no git remote named origin');
      };
      await withGiven(makeWorld, withoutRemote, async (given) => {
        const { first, second, hub, server, machine, untilSeen } = given;
        const again = await first.run([...hub, 'Build the parts']);
        expect(again.stdout).toContain('The hub has this task already, as it was given: parts');
        await first.prepare('tables');
        const taken = await first.run([...hub, '--task-name', 'tables', 'Build tables']);
        expect(taken).toMatchObject({
          exitCode: 2,
          stderr: 'The project has a task tables with another description: choose another name\n',
        });
        const dashboard = await first.dashboard(hub);
        pressFor(dashboard, 'panes', 'new-task');
        await dashboard.waitFor('New task');
        dashboard.type('Build rooms');
        dashboard.press('enter');
        await dashboard.waitFor(/rooms is given to the hub, for \S+ alone/, patience);
        const gate = first.hold(({ prompt }) => prompt.includes('Do part 1'));
        const worker = first.start(['--worker', ...hub]);
        await gate.reached(patience);
        // It is steered from everywhere, and here over the hub alone.
        const ask = async (...verb: string[]) =>
          (await second.run([...hub, '-n', 'parts', ...verb])).stdout;
        expect(await ask('--tell', 'Use oak')).toContain(`with its next session, on ${machine}`);
        expect(await ask('--pause')).toContain(`is being paused (taken by ${machine})`);
        gate.open();
        await untilSeen('· paused');
        const alone = () => first.run(['--headless', '--task-name', 'parts']);
        // The hub hears of the pause before its runner has ended.
        await until('it is free here', async () => (await alone()).exitCode !== 75, patience);
        expect(await alone()).toMatchObject({ exitCode: 1, stderr: refusal });
        const next = first.hold(({ prompt }) => prompt.includes('Do part 1'));
        expect(await ask('--continue')).toContain('parts is continued');
        expect((await next.reached(patience)).prompt).toContain('> Use oak');
        await server.kill();
        next.open();
        await until('all is done', () => worker.stdout().includes('parts is done'), patience);
        await server.start();
        await untilSeen('✓ parts');
        expect(await readFile(join(first.project, 'parts.txt'), 'utf8')).toContain('part 2');
        const refs = git(first.project, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/');
        expect(refs.split('\n').length).toBeGreaterThan(1);
        expect(git(first.project, 'branch', '--list')).toMatch(/^\* \w+$/);
      });
    },
  );
});
