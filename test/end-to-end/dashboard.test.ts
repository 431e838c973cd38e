import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { fileWith } from '../../source/demo/patch-text.ts';
import { patch } from '../../source/demo/responses-api.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import { isAlive, type LivingProcess } from '../helpers/processes.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { until } from '../helpers/until.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

describe.skipIf(!hasSandbox)('on the dashboard', () => {
  test('a first task goes from its description to done', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    const dashboard = await world.dashboard();
    expect(dashboard.isFullScreen()).toBe(true);
    expect(dashboard.screen().join('\n')).toMatch(
      /No tasks in .* yet\.\n[^]* n {3}describe a goal/,
    );
    dashboard.press('n');
    await dashboard.waitFor('What should be done?');
    dashboard.type('Build a REST API for todo app');
    await dashboard.waitFor(/Name +build-rest-api-todo/);
    dashboard.press('enter');
    await dashboard.waitFor(/session 1 · planning/);
    await dashboard.waitFor('Step 1: Do part 1');
    await dashboard.waitFor(/1\/1/);
    const done = (await dashboard.waitFor('1 done')).join('\n');
    expect(done).toMatch(/▸ ✓ build-rest-api-todo .*1\/1/);
    expect(done).toContain('All tasks done');
    dashboard.press('q');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
    expect(dashboard.isFullScreen()).toBe(false);
    expect(dashboard.screen().join('')).toBe('');
    await world.untilNobodyLives();
  });
});

describe.skipIf(!hasSandbox)('by key', { concurrent: true }, () => {
  test('p pauses and leaves no process, c continues in a fresh thread', async ({ makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop', { done: 1 });
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ shop');
    dashboard.press('c');
    await gate.reached();
    await dashboard.waitFor('1 running');
    dashboard.press('p');
    await dashboard.waitFor('1 paused');
    await untilOnlyLives(dashboard, world);
    gate.open();
    dashboard.press('c');
    await dashboard.waitFor('1 done');
    expect(await task.logged('autonomous.session.ended')).toMatchObject([
      { session: 1, outcome: 'paused' },
      { session: 2, outcome: 'completed' },
    ]);
    expect((await task.logged('autonomous.session.started'))[1]).not.toHaveProperty('resumes');
  });

  test('r continues the last thread, and the model sees what was said', async ({ makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop', { done: 1 });
    const gate = world.hold(({ toolOutputs }) => toolOutputs.length === 1);
    const dashboard = await world.dashboard();
    dashboard.press('c');
    const { prompt, threadId } = await gate.reached();
    await dashboard.waitFor('1 running');
    dashboard.press('p');
    await dashboard.waitFor('1 paused');
    gate.open();
    const before = world.requests.length;
    dashboard.press('r');
    await dashboard.waitFor('1 done');
    expect(world.requests[before]).toMatchObject({ threadId, turn: 2 });
    expect(world.requests[before]?.userMessages).toContain(prompt);
    expect(await task.logged('thread.started')).toMatchObject([
      { thread_id: threadId },
      { thread_id: threadId },
    ]);
    expect(await task.read('session.id')).toBe(`${threadId}\n`);
  });

  test('P pauses after the session, and a second P cancels that', async ({ makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop');
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    await dashboard.waitFor('1 running');
    dashboard.press('P');
    await dashboard.waitFor('pauses after this session');
    dashboard.press('P');
    await dashboard.waitUntilGone('pauses after this session');
    dashboard.press('P');
    await dashboard.waitFor('pauses after this session');
    gate.open();
    await dashboard.waitFor('1 paused');
    expect(await task.boxes()).toEqual([true, false]);
    expect(await task.logged('autonomous.session.ended')).toMatchObject([{ outcome: 'completed' }]);
  });

  test('two tasks work side by side', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    await world.prepare('docs');
    await world.prepare('shop');
    const docs = world.hold(({ prompt }) => prompt.includes('.autonomous/docs/'));
    const shop = world.hold(({ prompt }) => prompt.includes('.autonomous/shop/'));
    const dashboard = await world.dashboard();
    await startBoth(dashboard);
    await Promise.all([docs.reached(), shop.reached()]);
    docs.open();
    await dashboard.waitFor(/✓ docs .*1\/1/);
    expect(dashboard.screen()[0]).toContain('1 running');
    shop.open();
    await dashboard.waitFor('2 done');
  });

  test('two tasks that change the same file both say so', async ({ makeWorld }) => {
    const work = () => [patch(fileWith('shared.txt', ['as it should be']))];
    const world = await makeWorld({ plan: smallPlan({ steps: 1, work }) });
    await world.prepare('docs');
    await world.prepare('shop');
    const gate = world.hold(({ toolOutputs }) => toolOutputs.length === 2);
    const dashboard = await world.dashboard();
    await startBoth(dashboard);
    await dashboard.waitFor(
      /docs [^]*shared\.txt also changed by shop[^]*shop [^]*shared\.txt also changed by docs/,
    );
    gate.open();
    await dashboard.waitFor('2 done');
    await dashboard.waitUntilGone('also changed');
    // What each session's log names is kept: by it an undo knows whose work a file is.
    for (const [task, other] of [
      ['docs', 'shop'],
      ['shop', 'docs'],
    ] as const) {
      const kept = await readFile(join(world.task(task).state.path, 'overlaps.jsonl'), 'utf8');
      expect(JSON.parse(kept)).toMatchObject({ session: 1, others: [other] });
      expect(kept).toContain('shared.txt"]');
    }
  });

  test('Q asks, pauses all tasks, shows which are still ending, and quits', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('docs');
    await world.prepare('shop');
    world.hold(() => true);
    const dashboard = await world.dashboard();
    await startBoth(dashboard);
    dashboard.press('Q');
    await dashboard.waitFor('Pause 2 tasks and quit?');
    dashboard.press('escape');
    await dashboard.waitUntilGone('Pause 2 tasks and quit?');
    dashboard.press('Q');
    await dashboard.waitFor('Pause 2 tasks and quit?');
    dashboard.press('enter');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
    expect(dashboard.screen().join('')).toBe('');
    await world.untilNobodyLives();
    expect((await world.listed('docs'))?.state).toBe('paused');
    expect((await world.listed('shop'))?.state).toBe('paused');
  });

  test.for(['q', 'ctrl-c'])(
    '%s quits and says that tasks keep running, and reopening shows them',
    async (key, { makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop', { done: 1 });
      const gate = world.hold(() => true);
      const first = await world.dashboard(['--task-name', 'shop', '--continue']);
      await gate.reached();
      await first.waitFor('1 running');
      first.press(key);
      expect(await first.exited).toEqual({ exitCode: 0, signal: null });
      expect(first.screen().join('\n')).toContain('1 task is still running: shop.');
      const second = await world.dashboard();
      await second.waitFor('1 running');
      gate.open();
      await second.waitFor('1 done');
      await second.waitFor(/Session 1: completed/);
      expect(await task.boxes()).toEqual([true, true]);
    },
  );

  test('a command that cannot be carried out says why', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const env = { ...world.env, AUTONOMOUS_CODEX: join(world.directory, 'nothing') };
    const dashboard = await world.dashboard([], { env });
    dashboard.press('c');
    // A long sentence takes several rows.
    await dashboard.waitFor(/is\s+not\s+an\s+executable/);
    dashboard.press('p');
    await dashboard.waitFor('shop is not running');
  });
});

describe.skipIf(!hasSandbox)('the work outlives', { concurrent: true }, () => {
  test.for([
    ['a window that is closed', (dashboard: Terminal) => dashboard.close()],
    ['a dashboard that is killed', (dashboard: Terminal) => dashboard.kill('SIGKILL')],
    ['a dashboard that is told to end', (dashboard: Terminal) => dashboard.kill('SIGTERM')],
  ] as const)('%s', async ([, end], { makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop', { done: 1 });
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    await dashboard.waitFor('1 running');
    end(dashboard);
    await until('the dashboard is gone', async () => !(await isAlive(dashboard.pid)));
    gate.open();
    await world.untilListed('shop', 'done');
    await world.untilNobodyLives();
    expect(await task.logged('autonomous.session.ended')).toMatchObject([
      { exitCode: 0, outcome: 'completed' },
    ]);
  });

  test('its runner: an open dashboard recovers the run, and the same Codex continues', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop');
    const gate = world.hold(() => true);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    await dashboard.waitFor('1 running');
    const { runner, codex } = await atWork(world);
    process.kill(runner, 'SIGKILL');
    await until('another runner has it', async () => {
      const { runner: now } = await atWork(world);
      return now !== runner && (await isAlive(now));
    });
    expect(await atWork(world)).toMatchObject({ codex });
    expect(await isAlive(codex)).toBe(true);
    gate.open();
    await dashboard.waitFor('1 done');
    expect(await task.boxes()).toEqual([true, true]);
    await expectWholeLog(world, [null, 0]);
  });

  test('its runner: without a dashboard it is interrupted until --continue recovers it', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const gate = world.hold(() => true);
    const first = world.start(['--headless', '--task-name', 'shop', '--continue']);
    await gate.reached();
    const { codex } = await atWork(world);
    first.kill('SIGKILL');
    await world.untilListed('shop', 'interrupted');
    const second = world.start(['--headless', '--task-name', 'shop', '--continue']);
    await world.untilListed('shop', 'running');
    expect(await atWork(world)).toEqual({ runner: second.pid, codex });
    gate.open();
    expect(await second.ended).toMatchObject({ exitCode: 0, stderr: '' });
    await expectWholeLog(world, [null, 0]);
  });
});

describe('the screen', { concurrent: true }, () => {
  test('says which size it needs if the terminal is too small, and follows the window', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = world.open([], { columns: 20, rows: 5 });
    const small = await dashboard.waitFor('20×5');
    expect(small.join(' ').trim()).toMatch(/^Terminal too small: .* keep running\.$/);
    dashboard.resize(120, 36);
    await dashboard.waitFor(/▸ ○ shop .*1\/2 .*│[^]*\? help {2}q quit/);
    dashboard.resize(80, 24);
    const stacked = await dashboard.waitFor((screen) => !screen.join('').includes('│'));
    expect(stacked).toHaveLength(24);
    await dashboard.waitFor(/▸ ○ shop .*1\/2[^]*\? help/);
    dashboard.resize(40, 10);
    await dashboard.waitFor(/^▸○ shop .*1\/2$/m);
    dashboard.press('q');
    expect(await dashboard.exited).toEqual({ exitCode: 0, signal: null });
  });

  test('is not changed by an unused key or by pasted text', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/▸ ○ shop[^]*○ 2 {2}Do part 2/);
    const before = (await dashboard.whenStill()).slice(1);
    dashboard.type(meaningless.join(''));
    dashboard.type('\u0001\u001B[15~\u001B[200~qQ\u001B[201~');
    dashboard.press('?');
    await dashboard.waitFor('Pause the task now');
    dashboard.press('escape');
    await dashboard.waitUntilGone('Pause the task now');
    expect((await dashboard.whenStill()).slice(1)).toEqual(before);
    expect(world.requests).toEqual([]);
  });

  test('is restored when a signal ends the program', async ({ makeWorld }) => {
    const world = await makeWorld();
    const dashboard = await world.dashboard();
    dashboard.kill('SIGTERM');
    await dashboard.exited;
    expect(dashboard.isFullScreen()).toBe(false);
    expect(dashboard.rawBytes().lastIndexOf('\u001B[?25h')).toBeGreaterThan(
      dashboard.rawBytes().lastIndexOf('\u001B[?25l'),
    );
  });

  test('does not open if a done task is continued', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 2 });
    const terminal = world.open(['--task-name', 'shop', '--continue']);
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: null });
    expect(terminal.screen()[0]).toBe('✓ shop is done: all 2 steps are ticked');
    expect(world.requests).toEqual([]);
  });
});

test('full access is confirmed each time, and shown in red', async ({ makeWorld }) => {
  const red = 1;
  const world = await makeWorld();
  await world.prepare('shop');
  const gate = world.hold(() => true);
  const dashboard = await world.dashboard(['--network']);
  dashboard.press('c');
  await dashboard.waitFor('Continue shop with full access?');
  dashboard.press('escape');
  await dashboard.waitUntilGone('Continue shop with full access?');
  expect(await othersThan(dashboard, world)).toEqual([]);
  dashboard.press('c');
  await dashboard.waitFor('Continue shop with full access?');
  dashboard.press('enter');
  await gate.reached();
  await dashboard.waitFor(/shop[^]*full access/);
  expect(dashboard.colorOf('full access')).toBe(red);
  expect(await world.listed('shop')).toMatchObject({ sandbox: 'danger-full-access' });
  dashboard.press('p');
  await dashboard.waitFor('1 paused');
  await dashboard.waitUntilGone('full access');
  dashboard.press('r');
  await dashboard.waitFor('Continue shop with full access?');
});

/** Letters, digits and signs that are not the key of any command. */
const meaningless = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
).filter((sign) => !commands.some(({ keys }) => keys.includes(sign)));

/** The first two tasks in the list. */
async function startBoth(dashboard: Terminal): Promise<void> {
  await dashboard.waitFor('▸ ○ docs');
  dashboard.press('c');
  await dashboard.waitFor('1 running');
  dashboard.press('j');
  await dashboard.waitFor('▸ ○ shop');
  dashboard.press('c');
  await dashboard.waitFor('2 running');
}

/** A runner says that its run is paused, and then exits: the screen can be a moment ahead of the process table. */
async function untilOnlyLives(dashboard: Terminal, world: EndToEndWorld): Promise<void> {
  await until(
    'only the dashboard lives',
    async () => (await othersThan(dashboard, world)).length === 0,
  );
}

async function othersThan(dashboard: Terminal, world: EndToEndWorld): Promise<LivingProcess[]> {
  return (await world.processes()).filter(({ pid }) => pid !== dashboard.pid);
}

/** The runner and the Codex of `shop`, from its record. */
async function atWork(world: EndToEndWorld): Promise<{ runner: number; codex: number }> {
  return until('a runner has started Codex', async () => {
    const record = await world.task('shop').record();
    const codex = record?.session?.codex ?? null;
    return record === null || codex === null
      ? null
      : { runner: record.runner.pid, codex: codex.pid };
  });
}

/** Each session is in the log once, from its start to its end, with its exit code if that was seen. */
async function expectWholeLog(
  world: EndToEndWorld,
  exitCodes: readonly (number | null)[],
): Promise<void> {
  const log = await world.task('shop').log();
  const own = log.filter(({ type }) => type.startsWith('autonomous.session.'));
  const uuids = [...new Set(own.map(({ uuid }) => uuid))];
  expect(own).toMatchObject(
    uuids.flatMap((uuid, index) => [
      { type: 'autonomous.session.started', uuid, session: index + 1 },
      { type: 'autonomous.session.ended', uuid, outcome: 'completed', exitCode: exitCodes[index] },
    ]),
  );
  expect(uuids).toHaveLength(exitCodes.length);
}
