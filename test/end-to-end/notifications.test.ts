// An open dashboard notifies by its terminal, outside of tmux and inside, and only while the terminal has not the focus.

import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { programPath } from '../helpers/program.ts';
import { terminalModes } from '../helpers/terminal-modes.ts';
import { until } from '../helpers/until.ts';

const focus = { gained: '\u001B[I', lost: '\u001B[O' };
/** A terminal that knows OSC 9 and says so. */
const wezTerm = { TERM_PROGRAM: 'WezTerm', WEZTERM_PANE: '0' };
const hasTmux = ((): boolean => {
  try {
    execFileSync('tmux', ['-V']);
    return true;
  } catch {
    return false;
  }
})();

test('a run that fails is notified by OSC 9, in tmux through its envelope and by the bell, and not to who looks', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  const env = { ...world.env, ...wezTerm };
  const shop = await world.prepare('shop');
  // Such a list ends a run before its first session.
  await rm(join(shop.path, 'task_list.md'));
  await mkdir(join(shop.path, 'task_list.md'));

  const dashboard = await world.dashboard([], { env });
  await dashboard.waitFor(() => terminalModes(dashboard)[1004] === 'h');
  dashboard.type(focus.lost);
  await fail(world, 1);
  await dashboard.waitFor(() => told(dashboard.rawBytes()).length > 0);
  expect(told(dashboard.rawBytes())).toEqual([
    expect.stringMatching(/^shop has failed: .* - project$/),
  ]);

  dashboard.type(focus.gained);
  await fail(world, 2);
  await dashboard.whenStill();
  expect(told(dashboard.rawBytes())).toHaveLength(1);
  dashboard.press('q');
  await dashboard.exited;
  expect(terminalModes(dashboard)[1004]).toBe('l');
  if (!hasTmux) return;

  const [socket, settings] = [join(world.directory, 'tmux'), join(world.directory, 'tmux.conf')];
  await writeFile(settings, 'set -g allow-passthrough on\nset -g focus-events on\n');
  const around = world.open([], {
    command: ['tmux', '-S', socket, '-f', settings, 'new-session', process.execPath, programPath],
    env: { ...env, SHELL: '/bin/sh' },
  });
  try {
    await around.waitFor(/\? help/);
    around.type(focus.lost);
    const before = around.rawBytes().length;
    await fail(world, 3);
    const since = (): string => around.rawBytes().slice(before);
    await around.waitFor(() => told(since()).length > 0);
    expect(told(since())).toEqual([expect.stringMatching(/^shop has failed: /)]);
    await around.waitFor(() => withoutSequences(since()).includes('\u0007'));
  } finally {
    execFileSync('tmux', ['-S', socket, 'kill-server']);
  }
});

/** Resolves when a dashboard has taken the event of this number for itself. */
async function fail(world: EndToEndWorld, count: number): Promise<void> {
  expect((await world.run(['--headless', '--continue', '-n', 'shop'])).exitCode).toBe(1);
  const directory = join(world.state, 'autonomous-tui', 'machine', 'told');
  await until(`event ${count} is told`, async () => {
    const events = await readdir(directory).catch(() => []);
    return events.length >= count;
  });
}

function told(bytes: string): string[] {
  return [...bytes.matchAll(/\u001B\]9;([^\u0007]*)\u0007/g)].map(([, text = '']) => text);
}

function withoutSequences(bytes: string): string {
  return bytes.replaceAll(/\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g, '');
}
