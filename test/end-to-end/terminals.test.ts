// The dashboard in other terminals: without colours, with few colours, in ASCII, inside tmux, with a screen reader.

import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { programPath } from '../helpers/program.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { until } from '../helpers/until.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const run = promisify(execFile);

async function dashboardIn(
  makeWorld: () => Promise<EndToEndWorld>,
  env: Record<string, string>,
): Promise<{ world: EndToEndWorld; dashboard: Terminal }> {
  const world = await makeWorld();
  for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
  return { world, dashboard: world.open([], { env: { ...world.env, ...env } }) };
}

/** The foreground and background colours that were set. */
function coloursIn(bytes: string): string[] {
  return [...bytes.matchAll(/\u001B\[([\d;]*)m/g)]
    .flatMap(([, looks = '']) => looks.split(';'))
    .filter((look) => /^(?:3[0-8]|4[0-8]|9\d|10\d)$/.test(look));
}

describe.concurrent('a dashboard', () => {
  test('has no colours under NO_COLOR, and shows the same text', async ({ makeWorld }) => {
    const { dashboard } = await dashboardIn(makeWorld, { NO_COLOR: '1' });
    await dashboard.waitFor(/▸ ○ docs .*1\/2[^]*\? help/);
    expect(coloursIn(dashboard.rawBytes())).toEqual([]);
  });

  test.for(['linux', 'vt220', 'screen'])(
    'uses only sixteen colours on a terminal that has no more (%s)',
    async (TERM, { makeWorld }) => {
      const { dashboard } = await dashboardIn(makeWorld, { TERM, LANG: 'C.UTF-8' });
      await dashboard.waitFor(/▸ ○ docs .*1\/2[^]*\? help/);
      expect(coloursIn(dashboard.rawBytes())).not.toContain('38');
      expect(coloursIn(dashboard.rawBytes())).not.toContain('48');
    },
  );

  test('is drawn in ASCII if the locale is not UTF-8', async ({ makeWorld }) => {
    const { dashboard } = await dashboardIn(makeWorld, { LANG: 'C', LC_ALL: 'C' });
    const screen = await dashboard.waitFor(/> o docs .*1\/2[^]*\? help/);
    expect(screen.join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  test('for a screen reader is written line by line, and takes keys', async ({ makeWorld }) => {
    const { dashboard } = await dashboardIn(makeWorld, { INK_SCREEN_READER: 'true' });
    await dashboard.waitFor(/Selected: docs, idle, 1 of 2 steps/);
    expect(dashboard.isFullScreen()).toBe(false);
    expect(dashboard.screen().join('')).not.toMatch(/[│─█]/);
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor(/Selected: shop, idle, 1 of 2 steps/);
    pressFor(dashboard, 'panes', 'quit');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
  });

  test('over ssh is the same as elsewhere', async ({ makeWorld }) => {
    const ssh = { SSH_TTY: '/dev/pts/9', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' };
    const { dashboard } = await dashboardIn(makeWorld, ssh);
    await dashboard.waitFor(/▸ ○ docs .*1\/2[^]*\? help/);
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor('▸ ○ shop');
  });
});

const hasTmux = await run('tmux', ['-V']).then(
  () => true,
  () => false,
);

test.skipIf(!hasTmux)(
  'inside tmux a dashboard draws, takes keys and quits',
  async ({ makeWorld }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
    const socket = join(world.directory, 'tmux');
    const tmux = (...args: string[]) =>
      run('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
        env: world.env,
        cwd: world.project,
      });
    const screen = async (): Promise<string> => (await tmux('capture-pane', '-p')).stdout;
    const shows = (what: RegExp) =>
      until(`tmux shows ${String(what)}`, async () => what.test(await screen()));
    await tmux('new-session', '-d', '-x', '120', '-y', '36', 'sh');
    try {
      await tmux('send-keys', `${process.execPath} ${programPath}; echo left with $?`, 'Enter');
      await shows(/▸ ○ docs .*1\/2[^]*\? help/);
      await tmux('send-keys', 'j');
      await shows(/▸ ○ shop/);
      await tmux('resize-window', '-x', '80', '-y', '24');
      await until('it is stacked', async () => !(await screen()).includes('│'));
      await tmux('send-keys', 'q');
      await shows(/left with 0/);
      expect(await screen()).not.toContain('▸');
    } finally {
      execFileSync('tmux', ['-S', socket, 'kill-server']);
    }
  },
);
