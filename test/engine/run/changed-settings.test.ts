import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noTaskOptions, type TaskOptions } from '../../../source/core/task/options.ts';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import { threadStarted, turnCompleted } from '../../helpers/log-lines.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let world: EngineWorld;
beforeEach(() => {
  world = new EngineWorld();
  world.writeList(listOf(1, 9));
});
afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
});

const configured = { model: 'o9', profile: null, checks: [], review: false };

async function changed(options: Partial<TaskOptions>): Promise<void> {
  const directory = (await world.task.identity())!;
  await world.state.writeOptions({ ...noTaskOptions, ...options }, directory);
}

test('the running session goes on as it began, and the next one has the new settings', async () => {
  const runner = await world.begin({ configured });
  const first = await world.codex(1);
  expect(first.start.arguments.join(' ')).toContain('-m o9');
  await changed({ model: 'gpt-5.5', maxSessions: 2, checks: ['npm test'] });
  await soon('the runner has seen it', () => {
    world.clock.turn(1000);
    return runner.notes.includes('The settings were changed');
  });
  world.checkOutcomes.set('npm test', {});
  first.says(threadStarted(), turnCompleted(1)).exits();
  await world.closes(first);
  await world.phase('resting');
  expect(world.checksRun.map(({ check }) => check.command)).toContain('npm test');
  world.clock.turn(3000);
  const second = await world.codex(2);
  expect(second.start.arguments.join(' ')).toContain('-m gpt-5.5');
  expect(second.start.arguments).not.toContain('o9');
  expect(world.record.maxSessions).toBe(2);
  second.says(threadStarted(), turnCompleted(1)).exits();
  await world.closes(second);
  expect(await runner.run.ended).toMatchObject({ kind: 'stopped' });
  expect(runner.notes.filter((note) => note === 'The settings were changed')).toHaveLength(1);
});

test('a run that waits for its hours goes on when they are cleared', async () => {
  const at = new Date(world.clock.now());
  const from = (at.getHours() * 60 + 120) % 1440;
  const hours = { from, to: (from + 60) % 1440 };
  const runner = await world.begin({
    options: { ...noTaskOptions, hours },
    settings: { limits: { ...world.request().settings.limits, hours } },
  });
  await world.phase('waiting');
  await changed({});
  await soon('the runner has seen it', () => {
    world.clock.turn(1000);
    return runner.notes.includes('The settings were changed');
  });
  const codex = await world.codex(1);
  codex.says(threadStarted(), turnCompleted(1)).exits();
  runner.run.want('pause now');
  await soon('it has ended', () => {
    world.clock.turn(500);
    return world.record.ending !== null;
  });
});
