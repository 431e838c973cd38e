import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let world: EngineWorld;

beforeEach(() => {
  world = new EngineWorld();
  world.writeList(listOf(1, 3));
  const resetsAt = (world.clock.now() + 3_600_000) / 1000;
  world.processes.rateLimits = { rateLimits: { primary: { usedPercent: 85, resetsAt } } };
});

afterEach(() => world.remove());

test('a run waits for its reserve until the window resets, and goes on now if the user wants it', async () => {
  const until = world.clock.now() + 3_600_000;
  const runner = await world.begin({ settings: { reservePercent: 20 } });
  await soon('it waits', () => {
    world.clock.turn(500);
    return world.record.phase === 'waiting';
  });
  expect(world.record).toMatchObject({
    sessionsInRun: 0,
    wait: { reason: 'reserve of 20%: 15% left', until },
  });
  expect(world.processes.timesAskedForLimits).toBe(1);
  runner.run.want('try now');
  await world.codex(1);
});

test('a wait for the reserve counts for --max-wait', async () => {
  const runner = await world.begin({ settings: { reservePercent: 20, maxWaitMs: 60_000 } });
  await soon('it ends', () => {
    world.clock.turn(500);
    return runner.ending;
  });
  expect(runner.ending).toMatchObject({ kind: 'failed' });
});

test('a run without a reserve asks nothing', async () => {
  await world.begin();
  await world.codex(1);
  expect(world.processes.timesAskedForLimits).toBe(0);
});
