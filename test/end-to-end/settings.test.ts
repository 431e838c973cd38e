// The settings of a task that runs, changed by keys: what the model is sent next says what counts.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

describe.skipIf(!hasSandbox)('the settings', { concurrent: true }, () => {
  test('of a running task are changed by keys, and count from its next session', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    const task = await world.prepare('shop');
    await writeFile(join(world.codexHome, 'night.config.toml'), 'model_reasoning_effort = "low"\n');
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    const { prompt, model } = await gate.reached();
    expect(model).not.toBe('gpt-5.1-codex');
    const next = world.hold((request) => request.prompt !== prompt);

    pressFor(dashboard, 'panes', 'settings');
    await dashboard.waitFor('Settings of shop');
    await dashboard.waitFor(/Model +Codex's own choice/);
    pressFor(dashboard, 'settings', 'close');
    await dashboard.waitUntilGone('Settings of shop');

    pressFor(dashboard, 'panes', 'settings');
    await dashboard.waitFor('Settings of shop');
    dashboard.type('gpt-5.1-codex');
    pressFor(dashboard, 'settings', 'settings-next');
    dashboard.type('night');
    for (let rows = 0; rows < 3; rows++) pressFor(dashboard, 'settings', 'settings-next');
    pressFor(dashboard, 'settings', 'settings-previous');
    dashboard.type('lots');
    pressFor(dashboard, 'settings', 'settings-keep');
    await dashboard.waitFor('Tokens takes an amount such as 500k or 5M');
    dashboard.press('\u0015');
    dashboard.type('7M');
    pressFor(dashboard, 'settings', 'settings-keep');
    await dashboard.waitFor('Saved: counts for shop from its next session');
    pressFor(dashboard, 'panes', 'show-about');
    await dashboard.waitFor(/of 7\.0M tokens/);
    await dashboard.waitFor(/Last used +model .+, no profile \(session/);
    gate.open();
    expect((await next.reached()).model).toBe('gpt-5.1-codex');
    await dashboard.waitFor(/Last used +model gpt-5\.1-codex, profile[^]*?night/);
    next.open();
    await dashboard.waitFor('1 done');
    expect(world.requests.filter((request) => request.prompt === prompt)[0]?.model).toBe(model);
    expect(await task.boxes()).toEqual([true, true]);
  });

  test('of a task that has not run make it wait for a look at its plan, and later say why not', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    await world.prepare('shop');
    const dashboard = await world.dashboard();
    const openPlan = async (): Promise<void> => {
      pressFor(dashboard, 'panes', 'settings');
      await dashboard.waitFor('Settings of shop');
      for (let rows = 0; rows < 7; rows++) pressFor(dashboard, 'settings', 'settings-next');
    };
    await openPlan();
    await dashboard.waitFor(/Plan first +no/);
    for (let rows = 0; rows < 8; rows++) pressFor(dashboard, 'settings', 'settings-previous');
    dashboard.type('yes');
    pressFor(dashboard, 'settings', 'settings-keep');
    await dashboard.waitFor('Saved: counts for shop when it is continued');
    dashboard.press('c');
    await dashboard.waitFor('look at the plan');
    expect(world.requests).toEqual([]);
    await openPlan();
    await dashboard.waitFor(/Plan first +yes: chosen before its first run/);
    pressFor(dashboard, 'settings', 'close');
    await dashboard.waitUntilGone('Settings of shop');
    dashboard.press('c');
    await dashboard.waitFor('1 done');
  });

  test('have the next run ask for full access, and no run after it', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    await world.prepare('shop');
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard();
    pressFor(dashboard, 'panes', 'settings');
    await dashboard.waitFor('Settings of shop');
    for (let rows = 0; rows < 11; rows++) pressFor(dashboard, 'settings', 'settings-next');
    await dashboard.waitFor(/Sandbox +workspace-write/);
    dashboard.type('full access');
    pressFor(dashboard, 'settings', 'settings-keep');
    await dashboard.waitFor('Saved: shop asks for full access when you start it next');
    dashboard.press('c');
    await dashboard.waitFor('Continue shop with full access?');
    pressFor(dashboard, 'confirm', 'close');
    await dashboard.waitFor(/○ shop/);
    expect(world.requests).toEqual([]);
    dashboard.press('c');
    await dashboard.waitFor('Continue shop with full access?');
    pressFor(dashboard, 'confirm', 'yes');
    await gate.reached();
    await dashboard.waitUntilGone('Saved:');
    await dashboard.waitFor('full access');
    dashboard.press('p');
    await dashboard.waitFor('1 paused');
    gate.open();
    const next = world.hold(() => true);
    dashboard.press('c');
    await next.reached();
    await dashboard.waitFor('this one runs in workspace-write');
    next.open();
    await dashboard.waitFor('1 done');
  });
});
