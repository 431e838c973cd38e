// The dashboard over a hub, in a real terminal: two machines work, a real NATS server is between them, and the user looks on.

import { describe, expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { command, message } from '../../source/demo/responses-api.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { smallPlan, test } from '../helpers/end-to-end-world.ts';
import { hasNats, NatsServer } from '../helpers/hub/nats-server.ts';
import { withRemote } from '../helpers/hub/project-remote.ts';
import { until } from '../helpers/until.ts';

const configuration = { restSeconds: 0, checkpoints: 'on', sessionsAtOnce: 1 };
/** A busy machine starts slowly. */
const patience = { timeoutMs: 90_000 };
const timeout = 300_000;

describe.skipIf(!hasNats)('the dashboard over a hub', () => {
  test(
    'shows each task with its machine and log, and steers them wherever they are worked on',
    { timeout },
    async ({ makeWorld }) => {
      const plan = smallPlan({ steps: 2 });
      const first = await makeWorld({ plan, configuration });
      const second = await makeWorld({ plan, configuration });
      await writeCodexHome(second.codexHome, { url: first.model.url, shellSnapshot: false });
      withRemote(first);
      const server = await NatsServer.start();
      try {
        const hub = ['--hub', server.url];
        const give = (name: string) => first.run([...hub, '--task-name', name, `Build ${name}`]);
        expect(await give('parts')).toMatchObject({ exitCode: 0, stderr: '' });
        const dashboard = await first.dashboard(hub);
        await dashboard.waitFor(/parts[^\n]*\n?.*waits for a machine/);
        const gate = first.hold(({ prompt }) => prompt.includes('Do part 1'));
        // A new task is given from the screen.
        pressFor(dashboard, 'panes', 'new-task');
        await dashboard.waitFor('New task');
        dashboard.type('Build rooms');
        dashboard.press('enter');
        await dashboard.waitFor('rooms is given to the hub', patience);

        first.start(['--worker', ...hub]);
        second.start(['--worker', ...hub]);
        const machines = (lines: readonly string[]): Set<string> =>
          new Set(
            [...lines.join('\n').matchAll(/on ([\w-]+-[0-9a-f]{6})\b/g)].map(([, name]) => name!),
          );
        await dashboard.waitFor((lines) => machines(lines).size === 2, patience);
        await gate.reached();
        // The list, as its owner shows it, and the log.
        await dashboard.waitFor(/0\/2/, patience);
        await dashboard.waitFor('session 2', patience);

        // What is said is told with the next session, wherever that is; what waits can be taken back.
        await dashboard.waitFor(/running · session 2[^]*running · session 2/, patience);
        const say = async (text: string): Promise<void> => {
          pressFor(dashboard, 'panes', 'tell');
          await dashboard.waitFor(/Tell (?:rooms|parts|build-rooms)/);
          dashboard.type(text);
          pressFor(dashboard, 'tell', 'tell-next');
          await dashboard.waitFor(/will be told with its next session, on [\w-]+-[0-9a-f]{6}/);
        };
        await say('Use pine');
        pressFor(dashboard, 'panes', 'show-about');
        await dashboard.waitFor(/You said {2}waiting[^]*Use pine/);
        pressFor(dashboard, 'details', 'take-back');
        await dashboard.waitUntilGone('You said', patience);
        await say('Use oak');
        await dashboard.waitFor(/You said {2}waiting[^]*Use oak/);
        pressFor(dashboard, 'details', 'back');
        await dashboard.waitUntilGone('Esc back');

        const selected = (lines: readonly string[]): string =>
          lines.find((line) => line.includes('▸'))?.match(/rooms|parts/)?.[0] ?? '';
        const name = selected(dashboard.screen());
        pressFor(dashboard, 'panes', 'pause');
        await dashboard.waitFor(/taken by [\w-]+-[0-9a-f]{6}/, patience);
        await dashboard.waitFor(/1 paused/, patience);
        gate.open();
        await dashboard.waitFor(/1 done/, patience);
        expect(selected(dashboard.screen())).toBe(name);
        pressFor(dashboard, 'panes', 'continue');
        await dashboard.waitFor(/taken by [\w-]+-[0-9a-f]{6}/, patience);
        await dashboard.waitFor(/2 done/, patience);
        const told = (text: string) =>
          new Set(first.requests.map(({ prompt }) => prompt).filter((said) => said.includes(text)));
        expect(told('> Use oak').size).toBe(1);
        expect(told('Use pine').size).toBe(0);
        await until('the list says so, too', async () => {
          const { stdout } = await first.run([...hub, '--list']);
          return (
            stdout.match(
              /^ {2}✓ (?:parts|build-rooms) \(2\/2 - 100% complete\) \[session: [0-9a-f]+\.\.\.]$/gm,
            )?.length === 2
          );
        });

        // A done task gets what is said as a step, and a worker takes it again.
        const listIn = (prompt: string): string =>
          prompt.match(/\/\S+\/parts\/task_list\.md/)?.[0] ?? '';
        first.setAnswer(({ prompt, toolOutputs }) => ({
          kind: 'items',
          items:
            toolOutputs.length === 0
              ? [command(`sed -i 's/- \\[ ]/- [x]/' '${listIn(prompt)}'`)]
              : [message('Done.')],
        }));
        const more = await first.run([...hub, '--task-name', 'parts', '--tell', 'Use ash']);
        expect(more.stdout).toMatch(/^✓ parts was done: this becomes a step of it, and it goes on/);
        await dashboard.waitFor(/parts +3\/3/, patience);
        expect(told('> Use ash').size).toBe(1);

        // What needs the task's files is refused with what to do instead.
        pressFor(dashboard, 'panes', 'merge');
        await dashboard.waitFor(/git fetch origin refs\/autonomous\/[0-9a-f]{32}\/work\b/);

        // Without the hub, what was there stays, with its age.
        await server.kill();
        await dashboard.waitFor(/The hub is away; this is a few seconds old/, patience);
        expect(dashboard.screen().join('\n')).toContain('parts');
        await server.start();
        await dashboard.waitUntilGone('The hub is away', patience);
        dashboard.press('q');
        expect(await dashboard.exited).toMatchObject({ exitCode: 0 });
      } finally {
        await server.remove();
      }
    },
  );
});
