// Starts on terminals where something is missing or odd: keys, a cursor that moves, a size that makes sense.

import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { programPath } from '../helpers/program.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

/** The program in a shell's line, `"$@"` in it. */
function inShell(line: string): [string, ...string[]] {
  return ['sh', '-c', line, 'sh', process.execPath, programPath];
}

const ended = (exitCode: number) => ({ exitCode, signal: null });

const textOf = (screen: readonly string[]): string => screen.join('\n').trim();

async function peakMiB(world: EndToEndWorld): Promise<number> {
  const pids = (await world.processes()).map(({ pid }) => pid);
  const peaks = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
  return Math.max(...peaks);
}

describe.concurrent('on a terminal', () => {
  test('whose stdin is a pipe, the dashboard takes its keys from the terminal, and a start is handed to the background', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
    const piped = inShell('echo Hi | "$@"');
    const dashboard = await world.dashboard([], { command: piped });
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor('▸ ○ shop');
    pressFor(dashboard, 'panes', 'quit');
    expect(await dashboard.exited).toEqual(ended(0));

    const started = world.open(['-n', 'shop', '-c'], { command: piped });
    expect(await started.exited).toEqual(ended(0));
    expect(textOf(started.screen())).toBe(
      'ℹ Added .autonomous/ to .git/info/exclude, so Git ignores it.\nℹ shop runs in the background. To see it: autonomous-tui',
    );
    expect((await world.listed('shop'))?.state).not.toBe('idle');

    // In a session of its own it has no terminal that it could open.
    const withoutKeys = world.open([], { command: inShell('setsid -w "$@" < /dev/null') });
    expect(await withoutKeys.exited).toEqual(ended(2));
    const lines = withoutKeys.screen().join('');
    expect(lines).toMatch(/^The dashboard has no keys: stdin is not a terminal, .*--headless$/u);
  });

  test('that is dumb, it says what is missing and moves no cursor; one of 65535×65535 is clamped', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('docs', { done: 1 });
    const dumb = { env: { ...world.env, TERM: 'dumb' } };
    const opened = world.open([], dumb);
    expect(await opened.exited).toEqual(ended(2));
    expect(opened.screen().join('')).toMatch(/^The dashboard needs a terminal whose .*"dumb"/u);
    const started = world.open(['-n', 'docs', '-c'], dumb);
    expect(await started.exited).toEqual(ended(0));
    expect(textOf(started.screen())).toMatch(/^ℹ Added .*\nℹ docs runs in the background\..*$/u);
    for (const { rawBytes } of [opened, started]) expect(rawBytes()).not.toContain('\u001B');
    const command = inShell('stty cols 65535 rows 65535 && exec "$@"');
    // As large as what is drawn: nothing would stand where it belongs if more were.
    const huge = world.open([], { command, columns: 1000, rows: 500 });
    await huge.waitFor(/^ autonomous-tui .*\n─ Tasks .*\n ▸ \S docs [^]* q quit[^\n]*$/u);
    expect(await peakMiB(world)).toBeLessThan(400);
    pressFor(huge, 'panes', 'quit');
    expect(await huge.exited).toEqual(ended(0));
  });
});
