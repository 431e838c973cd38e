// How soon the screen shows an event. These tests run alone.

import { expect } from 'vitest';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

test.skipIf(!hasSandbox)(
  'a step ticked in the middle of a session moves the bar within a second',
  async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ stepsPerSession: 2 }) });
    await world.prepare('shop');
    // Codex sends a request after reading the list, after doing the first step, and after ticking it.
    const ticked = world.hold(({ toolOutputs }) => toolOutputs.length === 3);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await dashboard.waitFor('0/2');
    await ticked.reached();
    // The other half second is for a busy machine.
    await dashboard.waitFor('1/2', { timeoutMs: 1500 });
    expect(dashboard.screen().join('\n')).toMatch(/Next: Do part 2/);
    expect(await world.listed('shop')).toMatchObject({ state: 'running', done: 1 });
  },
);

test('a run whose runner has died is called interrupted within five seconds', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await world.prepare('shop');
  const gate = world.hold(() => true);
  const program = world.start(['--headless', '--task-name', 'shop', '--continue', '--network']);
  await gate.reached();
  program.kill('SIGKILL');
  await world.untilListed('shop', 'interrupted', { timeoutMs: 5000 });
});
