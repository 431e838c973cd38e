// Keys that act on running tasks: their effect is read from the disk, the process table and the model's journal.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { windowTitle } from '../helpers/terminal-modes.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

describe.skipIf(!hasSandbox)('with running tasks', { concurrent: true }, () => {
  test('commands apply to all marked tasks, and the title says what runs', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop', 'tidy']) await world.prepare(name);
    world.hold(() => true);
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ docs');
    pressFor(dashboard, 'tasks', 'mark');
    pressFor(dashboard, 'tasks', 'mark');
    pressFor(dashboard, 'panes', 'continue');
    await dashboard.waitFor('2 running');
    expect((await world.listed('tidy'))?.state).toBe('idle');
    await dashboard.waitFor(() => windowTitle(dashboard).startsWith('2 running - '));
    pressFor(dashboard, 'panes', 'pause');
    await dashboard.waitFor('2 paused');
    expect((await world.listed('docs'))?.state).toBe('paused');
    expect((await world.listed('shop'))?.state).toBe('paused');
  });

  test('a paused task resumes its conversation; a pause after the session can be cancelled', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop', { done: 1 });
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    const { threadId } = await gate.reached();
    await dashboard.waitFor('1 running');
    pressFor(dashboard, 'panes', 'pause');
    await dashboard.waitFor('1 paused');
    pressFor(dashboard, 'panes', 'resume-last');
    await dashboard.waitFor('1 running');
    pressFor(dashboard, 'panes', 'pause-after-session');
    await dashboard.waitFor('pauses after this session');
    pressFor(dashboard, 'panes', 'pause-after-session');
    await dashboard.waitUntilGone('pauses after this session');
    gate.open();
    await dashboard.waitFor('1 done');
    expect(await task.read('session.id')).toBe(`${threadId}\n`);
  });

  test('a request shows at once, is carried out once, and a second press reverses it', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 1 }),
      // Else the form asks whether the second task gets a worktree of its own.
      configuration: { restSeconds: 0, worktree: 'never' },
    });
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard();
    // In one write, as fast as keys can come.
    dashboard.type('nTidy css\rnWrite docs\r');
    await dashboard.waitFor(/tidy-css [^]*starting[^]*write-docs [^]*starting/);
    await dashboard.waitFor('2 running');
    const { stdout } = await world.run(['--list', '--json']);
    const { tasks } = JSON.parse(stdout) as { tasks: { name: string }[] };
    expect(tasks.map(({ name }) => name)).toEqual(['tidy-css', 'write-docs']);
    expect(await world.task('write-docs').read('task.json')).toContain('"Write docs"');
    dashboard.type('PP');
    pressFor(dashboard, 'panes', 'up');
    pressFor(dashboard, 'panes', 'pause');
    await dashboard.waitFor('1 pausing');
    await dashboard.waitFor('1 paused');
    dashboard.type('rr');
    await dashboard.waitFor('starting · resumes the last conversation');
    await dashboard.waitFor('tidy-css is already starting');
    await dashboard.waitFor('2 running');
    const { pid } = (await world.task('tidy-css').record())!.runner;
    process.kill(pid, 'SIGSTOP');
    await dashboard.waitFor(`needs you: background process ${pid} is stopped; kill -CONT ${pid}`);
    process.kill(pid, 'SIGCONT');
    await dashboard.waitFor('2 running');
    gate.open();
    await dashboard.waitFor('2 done');
    pressFor(dashboard, 'tasks', 'done-tasks');
    await dashboard.waitFor('1 done  b shows them');
    dashboard.type('nPaint\rq');
    await dashboard.exited;
    expect(dashboard.screen().join('\n')).toContain('1 task is still running: paint.');
  });

  test('Q pauses all tasks before it quits: cancelled, stayed, and quit at once', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ configuration: { interruptGraceSeconds: 60 } });
    await world.prepare('docs');
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'docs', '--continue']);
    await gate.reached();
    await dashboard.waitFor('1 running');
    pressFor(dashboard, 'panes', 'pause-all-and-quit');
    await dashboard.waitFor('Pause 1 task and quit?');
    pressFor(dashboard, 'confirm', 'close');
    await dashboard.waitUntilGone('Pause 1 task and quit?');
    // A frozen runner ends nothing, so the dialog that shows which tasks are still ending stays open.
    const record = await world.task('docs').record();
    process.kill(record!.runner.pid, 'SIGSTOP');
    pressFor(dashboard, 'panes', 'pause-all-and-quit');
    await dashboard.waitFor('Pause 1 task and quit?');
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('quit now');
    pressFor(dashboard, 'leaving', 'close');
    await dashboard.waitUntilGone('quit now');
    pressFor(dashboard, 'panes', 'pause-all-and-quit');
    await dashboard.waitFor('Pause 1 task and quit?');
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('quit now');
    pressFor(dashboard, 'leaving', 'quit');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
    process.kill(record!.runner.pid, 'SIGCONT');
    await world.untilListed('docs', 'paused');
    await world.untilNobodyLives();
  });

  test('a ticked step shows its time and session, leads to its place in the log, and goes if the version without it is accepted', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 3 }) });
    const task = await world.prepare('shop');
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await dashboard.waitFor('1 done');
    await dashboard.waitFor(/✓ 1 {2}Do part 1 .*\d\d:\d\d[^]*✓ 3 {2}Do part 3 .*\d\d:\d\d/);
    await dashboard.waitFor(/Steps ─ 3 of 3/);
    pressFor(dashboard, 'panes', 'show-sessions');
    await dashboard.waitFor(/1 {2}working[^]*2 {2}working[^]*3 {2}working .*1 step +✓/);
    pressFor(dashboard, 'panes', 'first');
    pressFor(dashboard, 'details', 'open-detail');
    await dashboard.waitFor(/▸ ?\d\d:\d\d(?::\d\d)? +── session 1 · working/);
    const { directory } = (await task.record())!;
    const restored = await task.read('task_list.md');
    const text = restored.replace('- [x] Do part 2\n', '');
    expect(text).not.toBe(restored);
    await task.state.writeReplacedList({ session: 2, text, restored }, directory);
    pressFor(dashboard, 'panes', 'show-steps');
    await dashboard.waitFor('Session 2 removed steps');
    pressFor(dashboard, 'details', 'accept-version');
    await dashboard.waitFor('Without step 2: Do part 2');
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('The list is as session 2 wrote it');
    expect(await task.read('task_list.md')).toBe(text);
    await dashboard.waitFor(/Steps .*2 of 2/);
  });

  test('a running task’s list is changed by keys; the next prompt says so, and nothing is undone', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 3 }) });
    const task = await world.prepare('shop');
    const gate = world.hold(({ prompt }) => prompt.includes('Role: Executor'));
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    pressFor(dashboard, 'panes', 'show-steps');
    pressFor(dashboard, 'panes', 'first');
    pressFor(dashboard, 'details', 'move-down');
    await dashboard.waitFor('Moved down: step 2: Do part 1');
    pressFor(dashboard, 'details', 'move-up');
    await dashboard.waitFor('Moved up: step 1: Do part 1');
    // In one write, as fast as keys can come.
    dashboard.type('JKJKJJ');
    await dashboard.waitFor(/1 {2}Do part 2[^]*2 {2}Do part 3[^]*▸ . 3 {2}Do part 1/);
    dashboard.type('KK');
    await dashboard.waitFor(/▸ . 1 {2}Do part 1[^]*2 {2}Do part 2[^]*3 {2}Do part 3/);
    pressFor(dashboard, 'details', 'add-step');
    await dashboard.waitFor('New step');
    dashboard.type('Do part 1b');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('Added step 2: Do part 1b');
    pressFor(dashboard, 'details', 'skip');
    await dashboard.waitFor('Skip, because');
    dashboard.type('no time');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('Skipped step 2');
    pressFor(dashboard, 'details', 'untick');
    await dashboard.waitFor('Unticked step 2: Do part 1b');
    pressFor(dashboard, 'details', 'reword');
    await dashboard.waitFor(/\bStep\b.*Do part 1b/u);
    dashboard.type(' at once');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('Changed step 2: Do part 1b at once');
    gate.open();
    await world.untilListed('shop', 'done');
    expect(await task.read('task_list.md')).toContain('Do part 1b at once');
    const told = new Set(
      world.requests
        .map(({ prompt }) => prompt)
        .filter((prompt) => prompt.includes('> I changed task_list.md myself')),
    );
    expect(told.size).toBe(1);
  });

  test('list, notes and description open in the editor, which has the terminal, and come back as the user wrote them', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    const task = await world.prepare('shop');
    const editor = join(world.directory, 'editor');
    const script = [
      '#!/bin/sh',
      'touch "$0.$$"',
      'printf "Edit %d? " "$(ls "$0".* | wc -l)"',
      'read -r line',
      '[ "$line" = nothing ] && exit 1',
      'printf -- "- [ ] %s\\n" "$line" >> "$1"',
    ];
    await writeFile(editor, `${script.join('\n')}\n`, { mode: 0o755 });
    const env = { ...world.env, EDITOR: editor };
    const gate = world.hold(({ prompt }) => prompt.includes('Role: Executor'));
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue'], { env });
    const first = await gate.reached();
    pressFor(dashboard, 'tasks', 'edit-list');
    await dashboard.waitFor('Edit 1?');
    dashboard.type('Write the docs\r');
    await dashboard.waitFor('Changed the list: 1 step added');
    expect(await task.read('task_list.md')).toContain('- [ ] Write the docs\n');

    pressFor(dashboard, 'panes', 'show-steps');
    await dashboard.waitFor('Write the docs');
    pressFor(dashboard, 'details', 'edit-this-list');
    await dashboard.waitFor('Edit 2?');
    dashboard.type('nothing\r');
    await dashboard.waitFor('ended with exit code 1, so nothing was changed');

    pressFor(dashboard, 'panes', 'show-notes');
    pressFor(dashboard, 'details', 'edit-notes');
    await dashboard.waitFor('Edit 3?');
    dashboard.type('Use port 8080\r');
    await dashboard.waitFor('The notes were changed');
    expect(await task.read('progress.md')).toMatch(/- \[ \] Use port 8080\n$/u);
    pressFor(dashboard, 'panes', 'show-about');
    pressFor(dashboard, 'details', 'edit-description');
    await dashboard.waitFor('Edit 4?');
    dashboard.type('With a search\r');
    await dashboard.waitFor('The description was changed');
    await dashboard.waitFor('- [ ] With a search');

    const next = world.hold(({ prompt }) => prompt !== first.prompt);
    gate.open();
    const { prompt } = await next.reached();
    expect(prompt).toContain('> I changed task_list.md myself');
    expect(prompt).toContain('> I changed progress.md myself');
    expect(prompt).toMatch(
      /> I changed the goal of this task[^]*<goal>[^]*With a search\n<\/goal>/u,
    );
  });
});

test('what was written about a step that somebody else changed meanwhile stays, and Enter takes it for the step as it is', async ({
  makeWorld,
}) => {
  const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
  const task = await world.prepare('shop');
  const dashboard = await world.dashboard();
  await dashboard.waitFor('▸ ○ shop');
  pressFor(dashboard, 'panes', 'show-steps');
  pressFor(dashboard, 'panes', 'first');
  await dashboard.waitFor(/▸ . 1 {2}Do part 1/u);
  pressFor(dashboard, 'details', 'skip');
  await dashboard.waitFor('Skip, because');
  const list = await task.read('task_list.md');
  await writeFile(join(task.path, 'task_list.md'), list.replace('Do part 1', 'Do all of part 1'));
  dashboard.type('no time');
  pressFor(dashboard, 'ask', 'ask-done');
  await dashboard.waitFor(/Step 1 has changed meanwhile[^]*Skip, because: no time/u);
  await dashboard.waitFor(/▸ . 1 {2}Do all of part 1/u);
  pressFor(dashboard, 'ask', 'ask-done');
  await dashboard.waitFor('Skipped step 1: Do all of part 1 (skipped: no time)');
  expect(await task.read('task_list.md')).toContain('[x] Do all of part 1 (skipped: no time)');
});
