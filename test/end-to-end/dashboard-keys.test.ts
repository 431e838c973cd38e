// Every key of the tasks, the details and the dialogs, pressed in a real terminal. Keys of the log: log-keys.test.ts;
// keys that steer tasks: steering-keys.test.ts.

import { describe, expect, vi } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { terminalModes } from '../helpers/terminal-modes.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

/** The dashboard of a project with these tasks, none of which runs or could run. */
async function lookingAt(
  world: EndToEndWorld,
  tasks: readonly string[],
  size: { columns?: number; rows?: number } = {},
): Promise<Terminal> {
  for (const task of tasks) await world.prepare(task, { done: 1 });
  const env = { ...world.env, AUTONOMOUS_CODEX: '/nowhere/codex' };
  const dashboard = await world.dashboard([], { env, ...size });
  await dashboard.waitFor(`▸ ○ ${tasks.toSorted()[0]}`);
  return dashboard;
}

async function openPalette(dashboard: Terminal): Promise<void> {
  pressFor(dashboard, 'panes', 'palette');
  await dashboard.waitFor('All commands');
}

const names = Array.from({ length: 9 }, (_, index) => `task-${index + 1}`);

describe.concurrent('a key', () => {
  test('moves the selection: by one task, by a page, to both ends', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), names);
    const selects = (task: string) => dashboard.waitFor(`▸ ○ ${task}`);
    pressFor(dashboard, 'panes', 'down');
    await selects('task-2');
    pressFor(dashboard, 'panes', 'down', 1);
    await selects('task-3');
    pressFor(dashboard, 'panes', 'up');
    await selects('task-2');
    pressFor(dashboard, 'panes', 'up', 1);
    await selects('task-1');
    pressFor(dashboard, 'panes', 'last');
    await selects('task-9');
    pressFor(dashboard, 'panes', 'first');
    await selects('task-1');
    pressFor(dashboard, 'panes', 'last', 1);
    await selects('task-9');
    pressFor(dashboard, 'panes', 'first', 1);
    await selects('task-1');
    pressFor(dashboard, 'panes', 'page-down');
    await dashboard.waitUntilGone('▸ ○ task-1');
    pressFor(dashboard, 'panes', 'page-up');
    await selects('task-1');
  });

  test('goes from pane to pane, and back', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    pressFor(dashboard, 'panes', 'next-pane');
    await dashboard.waitFor(/Esc back/);
    pressFor(dashboard, 'panes', 'next-pane');
    await dashboard.waitFor('Steps  Sessions  Notes  About');
    pressFor(dashboard, 'panes', 'next-pane');
    await dashboard.waitUntilGone('Steps  Sessions');
    pressFor(dashboard, 'panes', 'previous-pane');
    await dashboard.waitFor('Steps  Sessions  Notes  About');
    pressFor(dashboard, 'details', 'back');
    await dashboard.waitUntilGone('Steps  Sessions');
    pressFor(dashboard, 'tasks', 'open-task');
    await dashboard.waitFor(/Esc back/);
    pressFor(dashboard, 'log', 'back');
    await dashboard.waitUntilGone(/Esc back/);
  });

  test('shows a page of the details', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    const steps = /✓ 1 {2}Do part 1/;
    pressFor(dashboard, 'panes', 'show-sessions');
    await dashboard.waitFor('No session has run yet.');
    pressFor(dashboard, 'panes', 'show-notes');
    await dashboard.waitFor(/│?\s+Progress\s/);
    pressFor(dashboard, 'panes', 'show-about');
    await dashboard.waitFor(/Directory +\/[^]*Conversation +none yet/);
    pressFor(dashboard, 'panes', 'show-steps');
    await dashboard.waitFor(steps);
    pressFor(dashboard, 'details', 'next-page', 1);
    await dashboard.waitFor('No session has run yet.');
    pressFor(dashboard, 'details', 'previous-page', 1);
    await dashboard.waitFor(steps);
    pressFor(dashboard, 'details', 'next-page');
    await dashboard.waitFor('No session has run yet.');
    pressFor(dashboard, 'details', 'previous-page');
    await dashboard.waitFor(steps);
    pressFor(dashboard, 'details', 'open-detail');
    await dashboard.waitFor('Step 2 is not done yet');
    pressFor(dashboard, 'panes', 'up');
    pressFor(dashboard, 'details', 'open-detail');
    await dashboard.waitFor('No time recorded for step 1');
  });

  test('maximizes a pane and restores all panes', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop']);
    pressFor(dashboard, 'panes', 'zoom');
    await dashboard.waitUntilGone('│');
    pressFor(dashboard, 'panes', 'zoom');
    await dashboard.waitFor('│');
  });

  test('finds tasks by name and by state, marks them, and clears marks and filter', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('seed', { done: 2 });
    const dashboard = await lookingAt(world, ['docs', 'shop']);
    pressFor(dashboard, 'tasks', 'filter-by-name');
    await dashboard.waitFor('Find:');
    dashboard.type('sh');
    await dashboard.waitFor('▸ ○ shop');
    await dashboard.waitUntilGone('docs');
    pressFor(dashboard, 'filter', 'close');
    await dashboard.waitFor(/Tasks · “sh”[^]*\? help/);
    pressFor(dashboard, 'tasks', 'show-all');
    await dashboard.waitFor('docs');
    pressFor(dashboard, 'tasks', 'filter-by-state');
    await dashboard.waitFor('Tasks · idle');
    await dashboard.waitFor('Filter: all · [idle 2] · done 1');
    await dashboard.waitUntilGone('seed');
    pressFor(dashboard, 'tasks', 'filter-by-state');
    await dashboard.waitFor(/Tasks · done[^]*▸ ✓ seed/);
    pressFor(dashboard, 'tasks', 'filter-by-state');
    await dashboard.waitFor('docs');
    pressFor(dashboard, 'tasks', 'sort');
    await dashboard.waitFor('Sorted by: state · [name] · age · tokens');
    pressFor(dashboard, 'panes', 'first');
    pressFor(dashboard, 'tasks', 'mark');
    pressFor(dashboard, 'tasks', 'mark');
    await dashboard.waitFor(/Tasks · 2 marked[^]*continue 2/);
    pressFor(dashboard, 'tasks', 'show-all');
    await dashboard.waitUntilGone('marked');
    pressFor(dashboard, 'tasks', 'filter-by-name');
    await dashboard.waitFor('Find:');
    dashboard.type('zzz');
    await dashboard.waitFor('No task matches “zzz”.');
    pressFor(dashboard, 'filter', 'show-all');
    await dashboard.waitFor('docs');
    pressFor(dashboard, 'tasks', 'filter-by-name');
    await dashboard.waitFor('age<2h');
    dashboard.type('tokens>1');
    await dashboard.waitFor('No task matches “tokens>1”.');
    dashboard.type('x');
    await dashboard.waitFor(/docs[^]*tokens> takes an amount/);
    pressFor(dashboard, 'filter', 'show-all');
    await dashboard.waitFor('docs');
  });

  test('opens the palette, which runs the chosen command', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['docs', 'shop']);
    await openPalette(dashboard);
    dashboard.type('zoom');
    await dashboard.waitFor(/▸ zoom/);
    pressFor(dashboard, 'palette', 'palette-run');
    await dashboard.waitUntilGone('│');
    await openPalette(dashboard);
    dashboard.type('pause');
    await dashboard.waitFor(/▸ pause +docs is not running/);
    pressFor(dashboard, 'palette', 'down');
    await dashboard.waitFor(/▸ pause (?:all|after)/);
    pressFor(dashboard, 'palette', 'up');
    await dashboard.waitFor(/▸ pause +docs is not running/);
    pressFor(dashboard, 'palette', 'palette-run');
    await dashboard.waitUntilGone('All commands');
    await dashboard.waitFor('docs is not running');
    await openPalette(dashboard);
    pressFor(dashboard, 'palette', 'close');
    await dashboard.waitUntilGone('All commands');
  });

  test('opens the help for the focused pane', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['shop'], { columns: 80, rows: 24 });
    pressFor(dashboard, 'panes', 'help');
    await dashboard.waitFor(/Keys: tasks[^]*Open the log of the task/);
    for (let times = 0; times < 3; times++) pressFor(dashboard, 'help', 'down');
    await dashboard.waitUntilGone('Open the log of the task');
    for (let times = 0; times < 3; times++) pressFor(dashboard, 'help', 'up');
    await dashboard.waitFor('Open the log of the task');
    pressFor(dashboard, 'help', 'close');
    await dashboard.waitUntilGone('Keys: tasks');
    pressFor(dashboard, 'panes', 'show-steps');
    pressFor(dashboard, 'panes', 'help');
    await dashboard.waitFor(/Keys: details[^]*Show the selected step or session/);
  });

  test('fills in a new task: next field and back, new lines, cancel', async ({ makeWorld }) => {
    const world = await makeWorld();
    const dashboard = await lookingAt(world, ['shop']);
    pressFor(dashboard, 'panes', 'new-task');
    await dashboard.waitFor('What should be done?');
    dashboard.type('Mend the fence');
    pressFor(dashboard, 'new task', 'form-new-line');
    dashboard.type('and paint it');
    await dashboard.waitFor(/┃ Mend the fence +│[^]*┃ and paint it +│/);
    pressFor(dashboard, 'new task', 'form-next');
    dashboard.type('fence');
    await dashboard.waitFor(/Name +fence/);
    pressFor(dashboard, 'new task', 'form-previous');
    dashboard.type(' red');
    await dashboard.waitFor('and paint it red');
    pressFor(dashboard, 'new task', 'form-start');
    // Codex is not installed, and the form says so.
    await dashboard.waitFor('is not an executable');
    pressFor(dashboard, 'new task', 'close');
    await dashboard.waitUntilGone('What should be done?');
    expect(await world.listed('fence')).toBeUndefined();
  });

  test('turns the mouse off and on; when on, a click selects or presses a key of the footer, and the wheel scrolls', async ({
    makeWorld,
  }) => {
    const dashboard = await lookingAt(await makeWorld(), names);
    dashboard.type('\u001B[<0;10;5M\u001B[<0;10;5m');
    await dashboard.waitFor('▸ ○ task-3');
    dashboard.type('\u001B[<65;10;5M\u001B[<65;10;5M');
    await dashboard.waitFor('▸ ○ task-5');
    dashboard.type('\u001B[<64;10;5M');
    await dashboard.waitFor('▸ ○ task-4');
    expect(terminalModes(dashboard)).toMatchObject({ 1000: 'h', 1006: 'h' });
    pressFor(dashboard, 'panes', 'mouse');
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor('▸ ○ task-5');
    await dashboard.waitFor(() => terminalModes(dashboard)[1000] === 'l');
    expect(terminalModes(dashboard)).toMatchObject({ 1000: 'l', 1006: 'l' });
    pressFor(dashboard, 'panes', 'mouse');
    pressFor(dashboard, 'panes', 'up');
    await dashboard.waitFor('▸ ○ task-4');
    await dashboard.waitFor(() => terminalModes(dashboard)[1000] === 'h');
    const rows = await dashboard.waitFor('? help');
    const [x, y] = [(rows.at(-1) ?? '').indexOf('help'), rows.length];
    dashboard.type(`\u001B[<0;${x + 1};${y}M\u001B[<0;${x + 1};${y}m`);
    await dashboard.waitFor('Keys: tasks');
  });

  test('suspends the dashboard to the shell, and fg brings it back', async ({ makeWorld }) => {
    const dashboard = await lookingAt(await makeWorld(), ['docs', 'shop']);
    const before = dashboard.rawBytes().length;
    pressFor(dashboard, 'panes', 'suspend');
    await vi.waitFor(
      () => {
        expect(dashboard.rawBytes().slice(before)).toMatch(/\u001B\[\?1049l[^]*\u001B\[\?1049h/);
      },
      { timeout: 20_000 },
    );
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor(/▸ ○ shop[^]*\? help/);
    await dashboard.waitFor(() =>
      [1049, 1000, 2004].every((mode) => terminalModes(dashboard)[mode] === 'h'),
    );
    pressFor(dashboard, 'panes', 'quit');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
  });

  test('can be changed in the user’s configuration', async ({ makeWorld }) => {
    const world = await makeWorld({
      configuration: { keys: { down: 'K', pause: 'K', zoom: 'p' } },
    });
    const dashboard = await lookingAt(world, ['docs', 'shop']);
    await dashboard.waitFor('K is already the key for down, not for pause');
    dashboard.press('K');
    await dashboard.waitFor('▸ ○ shop');
    dashboard.press('p');
    await dashboard.waitUntilGone('│');
  });
});
