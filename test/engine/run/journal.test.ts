// What a runner keeps in its task's journal, for the report.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readJournal } from '../../../source/core/report/journal.ts';
import { EngineWorld, listOf, soon, type Runner } from '../../helpers/engine-world.ts';
import type { FakeCodex } from '../../helpers/fake-codex.ts';
import { thread, threadStarted, turnCompleted, turnFailed } from '../../helpers/log-lines.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let world: EngineWorld;

beforeEach(() => {
  world = new EngineWorld();
});

afterEach(() => world.remove());

const journal = () => readJournal(fs.readFileSync(join(world.state.path, 'journal.jsonl'), 'utf8'));

const loggedOut = turnFailed('unexpected status 401 Unauthorized');
const [untilStarted, whileItLasts] = [5 * 60_000, 1000];

const listPatch = (stage: 'started' | 'completed', status: string): object => ({
  type: `item.${stage}`,
  item: {
    id: 'item_1',
    type: 'file_change',
    changes: [{ path: join(world.task.path, 'task_list.md'), kind: 'update' }],
    status,
  },
});

/** What changes while no session has it open is the user's. */
async function writesList(runner: Runner, codex: FakeCodex, list: string): Promise<void> {
  const before = runner.logged.length;
  codex.says(threadStarted(thread), listPatch('started', 'in_progress'));
  await soon('the patch is read', () => (world.hint(), runner.logged.length >= before + 2));
  world.writeList(list);
  codex.says(listPatch('completed', 'completed'));
}

async function nextCodex(number: number) {
  await soon(`session ${number} starts`, () => {
    world.clock.turn(whileItLasts);
    return world.processes.codexes.length >= number;
  });
  return world.codex(number);
}

test('a night is in it: sessions with what they used, a wait for the user, ticks, the end', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin({ settings: { waitsForUser: true } });
  const first = await world.codex(1);
  world.clock.turn(untilStarted);
  first.says(threadStarted(), loggedOut).exits({ exitCode: 1 });
  await world.phase('needs you');
  const second = await nextCodex(2);
  await writesList(runner, second, listOf(3, 3));
  second.says(turnCompleted(500)).exits();
  await soon('the run ends', () => {
    world.clock.turn(whileItLasts);
    return runner.ending;
  });
  const lines = journal();
  expect(lines.map(({ what }) => what)).toEqual([
    ...['run', 'session', 'waits', 'goes on', 'session', 'ticks', 'ended'],
  ]);
  expect(lines.filter(({ what }) => what === 'session')).toMatchObject([
    { session: 1, role: 'executor', outcome: 'login', usage: null },
    { session: 2, outcome: 'completed', usage: { inputTokens: 500 } },
  ]);
  const [run, one, waits, goesOn, , ticks, ended] = lines;
  expect(one!.at - run!.at).toBeGreaterThanOrEqual(untilStarted);
  expect(waits).toMatchObject({
    for: 'you',
    sentence: expect.stringMatching(/not logged in/) as string,
  });
  expect(goesOn!.at).toBeGreaterThan(waits!.at);
  expect(ticks).toMatchObject({
    session: 2,
    ticks: [
      { text: 'step 2', proven: false },
      { text: 'step 3', proven: false },
    ],
  });
  expect(ended).toMatchObject({ kind: 'done', at: runner.ending!.at });
});

test('a session that a second runner closes is in it, and so is the death between', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin();
  const codex = await world.codex(1);
  runner.die();
  codex.says(threadStarted(), turnCompleted(70)).exits();
  const next = await world.begin({ recovers: true });
  await world.phase('resting');
  next.die();
  expect(journal()).toMatchObject([
    { what: 'run' },
    { what: 'run' },
    { what: 'session', session: 1, uuid: codex.uuid, outcome: 'completed' },
  ]);
});

test('what its checks came to and what the guard put back is in it', async () => {
  world.writeList(listOf(1, 3));
  world.checkOutcomes.set('npm test', { outcome: 'failed', exitCode: 1 });
  const runner = await world.begin({
    checks: [{ command: 'npm test', network: false }],
    settings: { autoContinue: false, stage: ['guard', 'checks', 'evidence'] },
  });
  const codex = await world.codex(1);
  await writesList(runner, codex, '- [x] step 1\n- [ ] step 2\n');
  codex.says(turnCompleted(70)).exits();
  await runner.run.ended;
  const told = journal().filter(({ what }) => what === 'check' || what === 'guard');
  expect(told.at(-2)).toMatchObject({ what: 'guard', session: 1 });
  expect(told.at(-1)).toMatchObject({ what: 'check', session: 1, outcome: 'failed' });
});

test('a journal that cannot be written stops no run', async () => {
  world.writeList(listOf(1, 3));
  fs.mkdirSync(join(world.state.path, 'journal.jsonl'), { recursive: true, mode: 0o700 });
  const runner = await world.begin({ settings: { autoContinue: false } });
  (await world.codex(1)).says(threadStarted(), turnCompleted(70)).exits();
  await runner.run.ended;
  expect(runner.ending?.kind).toBe('stopped');
});

test('a task that was deleted and began anew does not report the work of the one before', async () => {
  world.writeList(listOf(1, 3));
  const before = await world.begin({ settings: { autoContinue: false } });
  (await world.codex(1)).says(threadStarted(), turnCompleted(70)).exits();
  await before.run.ended;
  fs.rmSync(world.task.path, { recursive: true });
  world.writeList(listOf(0, 3));
  const after = await world.begin({ settings: { autoContinue: false } });
  expect(journal()).toMatchObject([{ what: 'run' }]);
  after.die();
});
