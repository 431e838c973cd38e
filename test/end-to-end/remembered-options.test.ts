// What a task was started with, through a killed runner, a dashboard that was given something else, and a continuation.

import { describe, expect } from 'vitest';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const goOn = ['--headless', '--task-name', 'shop', '--continue'];

describe.skipIf(!hasSandbox)('what a task was started with', { concurrent: true }, () => {
  test('holds when a dashboard with other options recovers it, and for later ones', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    await world.prepare('shop');
    const gate = world.hold(() => true);
    const options = ['--model', 'gpt-5.1-codex', '--', '-c', 'model_verbosity="low"'];
    const first = world.start([...goOn, ...options]);
    const { prompt } = await gate.reached();
    first.kill('SIGKILL');
    await first.ended;
    const next = world.hold((request) => request.prompt !== prompt);
    const dashboard = await world.dashboard(['--', '-c', 'model_verbosity="high"']);
    await dashboard.waitFor('1 running');
    gate.open();
    await next.reached();
    expect(await codexCalls(world)).toMatch(/ -m gpt-5\.1-codex -c model_verbosity="low" /);
    expect(await codexCalls(world)).not.toContain('model_verbosity="high"');
    dashboard.press('i');
    await dashboard.waitFor(
      /Started with {2}model gpt-5\.1-codex · -- -c[^]*model_verbosity="low"/,
    );
    next.open();
    await dashboard.waitFor('1 done');
  });

  test('is refused with a profile that does not exist, and starts nothing', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const refused = await world.run([...goOn, '--', '-p', 'nightly']);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/There is no Codex profile "nightly": write .*nightly\.config/);
    expect(world.requests).toEqual([]);
  });
});

async function codexCalls(world: EndToEndWorld): Promise<string> {
  const commands = (await world.processes()).map(({ command }) => command);
  return commands.filter((command) => command.includes(' exec ')).join('\n');
}
