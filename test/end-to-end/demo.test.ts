// The demo runs Codex with a model that ends with it, so it must end everything it started, however the user quits.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { hasSandbox, test } from '../helpers/end-to-end-world.ts';

describe.skipIf(!hasSandbox)('the demo', () => {
  test('works on a task that the user starts', async ({ makeWorld }) => {
    const world = await makeWorld();
    const demo = await world.dashboard(['--demo']);
    await demo.waitFor('2 running');
    pressFor(demo, 'panes', 'new-task');
    await demo.waitFor('What should be done?');
    demo.type('Sing a song');
    pressFor(demo, 'new task', 'form-start');
    await demo.waitFor(/sing-song .* 1\/10/);
    pressFor(demo, 'panes', 'quit');
    expect(await demo.exited).toEqual({ exitCode: 0, signal: null });
    await world.untilNobodyLives();
  });
});

describe.skipIf(!hasSandbox)('the demo leaves nothing behind', { concurrent: true }, () => {
  test.for([
    ['by q', (demo: Terminal) => pressFor(demo, 'panes', 'quit'), 0],
    ['when its terminal is closed', (demo: Terminal) => demo.kill('SIGHUP'), 129],
    ['when a signal ends it', (demo: Terminal) => demo.kill('SIGTERM'), 143],
  ] as const)('%s', async ([, leave, exitCode], { makeWorld }) => {
    const world = await makeWorld();
    const demo = await world.dashboard(['--demo']);
    await demo.waitFor('2 running');
    leave(demo);
    expect(await demo.exited).toEqual({ exitCode, signal: null });
    await world.untilNobodyLives();
    // Cached compiled code is kept for the next start.
    expect(await readdir(join(world.home, '.cache', 'autonomous-tui'))).toEqual(['compiled']);
    expect(demo.isFullScreen()).toBe(false);
  });
});
