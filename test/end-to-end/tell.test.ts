// What the user tells a task: by key in a terminal, by option, for now and for the next session, with runners killed in
// between. What the model was sent says what was told.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { command, message } from '../../source/demo/responses-api.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { until } from '../helpers/until.ts';

const tell = (text: string, ...more: string[]): string[] => [
  '--task-name',
  'shop',
  '--tell',
  text,
  ...more,
];

/** The prompts, each once, that say it. */
const promptsWith = ({ requests }: EndToEndWorld, text: string): string[] => [
  ...new Set(requests.map(({ prompt }) => prompt).filter((prompt) => prompt.includes(text))),
];

async function guidanceOf(world: EndToEndWorld): Promise<Record<string, unknown>[]> {
  const { stdout } = await world.run(['--list', '--json']);
  const { tasks } = JSON.parse(stdout) as { tasks: { guidance: Record<string, unknown>[] }[] };
  return tasks[0]?.guidance ?? [];
}

describe.skipIf(!hasSandbox)('telling a task', { concurrent: true }, () => {
  test('by option: for the next session, once, whatever is killed; a done task goes on', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    await world.prepare('shop');
    const kept = await world.run(tell('-'), { input: '- Use PostgreSQL\u001B[2J\n' });
    expect(kept.stdout).toBe('✓ shop will be told when it is continued\n');
    expect(await guidanceOf(world)).toMatchObject([
      { text: '- Use PostgreSQL', when: 'next', told: null },
    ]);
    const gate = world.hold(() => true);
    const headless = world.start(['--headless', '--task-name', 'shop', '--continue']);
    await gate.reached().catch((error: unknown) => {
      throw new Error(`${String(error)}\n${headless.stdout()}`);
    });
    const { runnerPid } = (await world.listed('shop'))!;
    process.kill(runnerPid!, 'SIGKILL');
    await headless.ended;
    gate.open();
    expect((await world.run(tell('Write a migration'))).exitCode).toBe(0);
    const { exitCode } = await world.run(['--headless', '--task-name', 'shop', '--continue']);
    expect(exitCode).toBe(0);
    expect(promptsWith(world, '> - Use PostgreSQL')).toHaveLength(1);
    expect(promptsWith(world, '> Write a migration')).toHaveLength(1);
    expect(await guidanceOf(world)).toMatchObject([
      { told: { session: 1 } },
      { told: { session: 2 } },
    ]);

    world.setAnswer(({ toolOutputs }) => ({
      kind: 'items',
      items:
        toolOutputs.length === 0
          ? [command(`echo x >> log.txt; sed -i 's/- \\[ ]/- [x]/' .autonomous/shop/task_list.md`)]
          : [message('Done.')],
    }));
    const again = await world.run(tell('Add a changelog'));
    expect(again.stdout).toContain('shop was done; this is a step of it now, and it goes on');
    await until('the step is done', async () => (await world.task('shop').boxes())[2] === true);
    await world.untilListed('shop', 'done');
    expect(promptsWith(world, '> Add a changelog')).toHaveLength(1);
    const log = await world.run(['--log', 'shop']);
    expect(log.stdout).toContain('Add a changelog');
  });

  test('by key: for now, in the same conversation; what waits can be taken back', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const gate = world.hold(({ prompt }) => prompt.includes('Role: Executor'));
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    const { threadId } = await gate.reached();
    pressFor(dashboard, 'panes', 'tell');
    await dashboard.waitFor('Tell shop');
    dashboard.type('Not now');
    pressFor(dashboard, 'tell', 'close');
    await dashboard.waitUntilGone('Tell shop');
    pressFor(dashboard, 'panes', 'tell');
    await dashboard.waitFor('┃ Not now');
    dashboard.press('\u0015');
    await dashboard.waitUntilGone('Not now');
    dashboard.type('Use SQLite');
    pressFor(dashboard, 'tell', 'tell-next');
    await dashboard.waitFor('will be told with its next session');
    pressFor(dashboard, 'panes', 'show-about');
    await dashboard.waitFor(/You said {2}waiting/);
    pressFor(dashboard, 'details', 'take-back');
    await dashboard.waitUntilGone('You said');
    pressFor(dashboard, 'panes', 'tell');
    await dashboard.waitFor('Tell shop');
    dashboard.type('Stop:');
    pressFor(dashboard, 'tell', 'tell-new-line');
    dashboard.type('use PostgreSQL');
    pressFor(dashboard, 'tell', 'tell-now');
    await dashboard.waitFor(/told at .*\(session 2\)/);
    gate.open();
    await dashboard.waitFor('1 done');
    const [prompt] = promptsWith(world, '> Stop:\n> use PostgreSQL');
    expect(prompt).toContain('Role: Executor (session 2)');
    const second = world.requests.find((request) => request.prompt === prompt);
    expect(second?.threadId).toBe(threadId);
    expect(promptsWith(world, 'SQLite')).toEqual([]);
  });

  test('for now, although it pauses after the session: it is told first, and paused then', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const gate = world.hold(({ prompt }) => prompt.includes('Role: Executor (session 1)'));
    const headless = world.start(['--headless', '--task-name', 'shop', '--continue']);
    const { threadId } = await gate.reached();
    const paused = await world.run(['--task-name', 'shop', '--pause-after-session']);
    expect(paused.exitCode).toBe(0);
    const told = await world.run(tell('Use PostgreSQL', '--now'));
    expect(told.stdout).toBe('✓ The session of shop is interrupted, and told\n');
    await world.untilListed('shop', 'paused');
    await headless.ended;
    gate.open();
    const [prompt, ...more] = promptsWith(world, '> Use PostgreSQL');
    expect(prompt).toContain('Role: Executor (session 2)');
    expect(more).toEqual([]);
    expect(world.requests.find((request) => request.prompt === prompt)?.threadId).toBe(threadId);
    expect(await guidanceOf(world)).toMatchObject([{ told: { session: 2 } }]);
  });
});

test('what cannot be told is refused in one sentence', async ({ makeWorld }) => {
  const world = await makeWorld();
  await world.prepare('shop');
  const inside = await world.run(tell('hi'), {
    env: { ...world.env, AUTONOMOUS_TUI_SESSION: '00000000-0000-4000-8000-000000000000' },
  });
  expect(inside).toMatchObject({ exitCode: 2, stdout: '' });
  const large = await world.run(tell('-'), { input: 'x'.repeat(1_000_000) });
  expect(large).toMatchObject({ exitCode: 1, stdout: '' });
  expect(large.stderr).toContain('put it into a file');
  expect((await world.run(['--tell', 'hi'])).exitCode).toBe(2);
  expect((await world.run(['--task-name', 'shop', '--now'])).exitCode).toBe(2);
  expect((await world.run(['--task-name', 'shap', '--tell', 'hi'])).exitCode).toBe(1);
});

test('the text of a form is written in the editor, which has the terminal, and the form goes on with it', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await world.prepare('shop');
  const editor = join(world.directory, 'editor');
  const script = [
    '#!/bin/sh',
    'touch "$0.$$"',
    'printf "Edit %d? " "$(ls "$0".* | wc -l)"',
    'read -r line',
    '[ "$line" = nothing ] && exit 1',
    'printf "%s\\n" "$line" >> "$1"',
  ];
  await writeFile(editor, `${script.join('\n')}\n`, { mode: 0o755 });
  const dashboard = await world.dashboard([], { env: { ...world.env, EDITOR: editor } });
  await dashboard.waitFor('▸ ○ shop');
  pressFor(dashboard, 'panes', 'tell');
  await dashboard.waitFor('Tell shop');
  dashboard.type('Use PostgreSQL');
  await dashboard.waitFor('Use PostgreSQL');
  pressFor(dashboard, 'tell', 'tell-editor');
  await dashboard.waitFor('Edit 1?');
  dashboard.type('nothing\r');
  await dashboard.waitFor('ended with exit code 1, so the form has the text as it was');
  pressFor(dashboard, 'tell', 'tell-editor');
  await dashboard.waitFor('Edit 2?');
  dashboard.type('not SQLite\r');
  await dashboard.waitFor(/Use PostgreSQL[^]*not SQLite/);
  pressFor(dashboard, 'tell', 'tell-next');
  await dashboard.waitFor('shop will be told when it is continued');
  expect(await guidanceOf(world)).toMatchObject([{ text: 'Use PostgreSQL\nnot SQLite' }]);

  pressFor(dashboard, 'panes', 'new-task');
  await dashboard.waitFor('What should be done?');
  dashboard.type('Sell apples');
  await dashboard.waitFor('sell-apples');
  pressFor(dashboard, 'new task', 'form-editor');
  await dashboard.waitFor('Edit 3?');
  dashboard.type('and pears\r');
  await dashboard.waitFor('sell-apples-pears');
});
