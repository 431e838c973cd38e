import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Sandbox } from '../../source/core/task/task.ts';
import { command } from '../../source/demo/responses-api.ts';
import { until } from '../helpers/until.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const sandboxes: Sandbox[] = hasSandbox
  ? ['workspace-write', 'danger-full-access']
  : ['danger-full-access'];

/** Ways to leave something running, from the tamest to one that tries everything to escape. */
const leftBehind = [
  'sleep 1001 &',
  'nohup sleep 1002 > nohup.txt 2>&1 &',
  "setsid sh -c ': > own.begun; exec sleep 1003' > setsid.txt 2>&1 &",
  '(setsid sh -c \'trap "" INT TERM HUP; : > deaf.begun; while :; do sleep 1004; done\' > deaf.txt 2>&1 &)',
  // Codex ends the command's group with the command: the two have to be out of it by then.
  'until [ -e own.begun ] && [ -e deaf.begun ]; do sleep 0.1; done',
];
const plan = smallPlan({ steps: 1, work: () => [command(leftBehind.join('\n'))] });
/** The copy of the shell is one more program that could stay behind. */
const codex = { shellSnapshot: true };
const configuration = { restSeconds: 0, interruptGraceSeconds: 1, terminateGraceSeconds: 1 };

describe.for(sandboxes)('in %s', { concurrent: true }, (sandbox) => {
  const goOn = ['--headless', '--task-name', 'shop', '--continue'];
  const args = sandbox === 'danger-full-access' ? [...goOn, '--network'] : goOn;

  test('nothing that a session started is alive after it has ended well', async ({ makeWorld }) => {
    const world = await makeWorld({ plan, configuration, codex });
    const task = await world.prepare('shop');
    const result = await world.run(args);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await world.processes()).toEqual([]);
    expect(await task.boxes()).toEqual([true]);
  });

  test.for(['SIGINT', 'SIGTERM'] as const)(
    'nothing that a session started is alive after %s has paused it',
    async (signal, { makeWorld }) => {
      const world = await makeWorld({ plan, configuration, codex });
      await world.prepare('shop');
      const gate = world.hold(({ toolOutputs }) => toolOutputs.length === 2);
      const program = world.start(args);
      await gate.reached();
      // A sandbox ends what a command left behind; without one, Codex ends the command's own group.
      const awaited = sandbox === 'danger-full-access' ? ['1003', '1004'] : [];
      await until(
        'what was left behind sleeps',
        async () => String(await sleepers(world)) === String(awaited),
      );
      program.kill(signal);
      expect((await program.ended).stdout).toContain('Paused.');
      expect(await world.processes()).toEqual([]);
    },
  );

  test('a command in the middle of its work ends with the pause', async ({ makeWorld }) => {
    const busy = [command('echo begun > begun.txt; sleep 1005; echo done > done.txt')];
    const world = await makeWorld({
      plan: smallPlan({ steps: 1, work: () => busy }),
      configuration,
      codex,
    });
    await world.prepare('shop');
    const program = world.start(args);
    await until('the command runs', () => readFile(join(world.project, 'begun.txt')));
    program.kill('SIGINT');
    expect((await program.ended).exitCode).toBe(130);
    expect(await world.processes()).toEqual([]);
  });
});

/** Their sleep times, which identify them. */
async function sleepers(world: EndToEndWorld): Promise<string[]> {
  const commands = (await world.processes()).map((living) => living.command);
  return commands.flatMap((text) => /^sleep (\d+)$/.exec(text)?.[1] ?? []).sort();
}
