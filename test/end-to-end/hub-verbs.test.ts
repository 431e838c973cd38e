// The verbs on a task of a hub, on the command line: a real NATS server, a git remote, and the real Codex.

import { describe, expect } from 'vitest';
import { smallPlan, test } from '../helpers/end-to-end-world.ts';
import { hasNats } from '../helpers/hub/nats-server.ts';
import { configuration, withTask } from '../helpers/hub/shared-task.ts';
import { until } from '../helpers/until.ts';

const plan = smallPlan({ steps: 2 });
const timeout = 300_000;

describe.skipIf(!hasNats)('a verb on a task of a hub', () => {
  test(
    'is carried out by the machine that works on it, or refused with what to do instead',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, untilDone }) => {
          const ask = (...words: string[]) => second.run([...hub, '-n', 'parts', ...words]);
          expect(await ask('--pause')).toMatchObject({
            exitCode: 1,
            stderr: 'No machine works on parts: there is nothing to ask of it\n',
          });
          const give = (...words: string[]) => first.run([...hub, ...words]);
          expect(await give('Build the parts')).toMatchObject({
            ...{ exitCode: 0, stderr: '' },
            stdout:
              'ℹ The hub has this task already, as it was given: parts\n✓ parts is queued; it starts when its turn comes\n',
          });
          expect(await give('-n', 'parts', 'Build rooms')).toMatchObject({
            ...{ exitCode: 2, stdout: '' },
            stderr:
              'The hub has a task parts of this project with another description: omit the description to continue it, or choose another name\n',
          });
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 1'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          expect(await ask()).toMatchObject({ exitCode: 75, stderr: 'parts is already running\n' });
          await ask('--tell', 'Use oak');
          const { stdout, stderr } = await second.run([...hub, '--list', '--json']);
          expect(stderr).toBe('');
          const { project } = first;
          const host: unknown = expect.stringMatching(/^[\w-]+$/);
          expect(JSON.parse(stdout)).toMatchObject({
            version: 1,
            projects: [{ project, host, problem: null }],
            tasks: [
              {
                ...{ project, host, name: 'parts', total: 2, machine: host, unproven: 0 },
                guidance: [{ text: 'Use oak', when: 'next', told: null }],
              },
            ],
          });
          const pinned = await ask('--pinned');
          expect(pinned).toMatchObject({ exitCode: 0, stderr: '' });
          const [, machine = ''] = /^✓ parts is pinned to ([\w-]+)\n$/.exec(pinned.stdout) ?? [];
          expect(machine).not.toBe('');
          expect(await ask('--pinned', 'none')).toMatchObject({
            ...{ exitCode: 0, stderr: '' },
            stdout: '✓ parts may be taken by any machine\n',
          });
          const same = await give('--pinned', 'Build the parts');
          expect(same.stdout).toContain(`✓ parts is pinned to ${machine}\n`);
          expect(same.exitCode).toBe(75);
          expect(await ask('--no-pinned')).toMatchObject({ exitCode: 0 });
          const paused = await ask('--pause');
          expect(paused).toMatchObject({ exitCode: 0, stderr: '' });
          expect(paused.stdout).toMatch(
            /^✓ parts is being paused \(taken by [\w-]+\); --continue continues it\n$/,
          );
          gate.open();
          const merged = await ask('--merge');
          expect(merged).toMatchObject({ exitCode: 1, stdout: '' });
          expect(merged.stderr).toMatch(
            /^git fetch origin refs\/autonomous\/[0-9a-f]{32}\/work brings its work: then git merge FETCH_HEAD\^1\n$/,
          );
          await until('it is paused', async () =>
            (await second.run(hub)).stdout.includes('· paused'),
          );
          const continued = await ask('--continue');
          expect(continued).toMatchObject({ exitCode: 0, stderr: '' });
          expect(continued.stdout).toMatch(
            /^✓ parts is continued: (?:taken by|parts goes on when) /,
          );
          await untilDone();
          expect(await ask()).toMatchObject({
            ...{ exitCode: 0, stdout: '✓ parts is done; all steps are ticked\n' },
          });
          expect(await second.run([...hub, '-n', 'rooms', '--pause'])).toMatchObject({
            ...{ exitCode: 1, stdout: '' },
            stderr: 'The hub has no task rooms: --list shows those it has\n',
          });
        },
      );
    },
  );
});
