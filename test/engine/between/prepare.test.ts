// A new worktree is prepared once, before the first working session: over a real state directory, with a fake sandbox.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { taskState, type TaskState } from '../../../source/core/task/state.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import { threadStarted, turnCompleted } from '../../helpers/log-lines.ts';
import { EngineWorld, listOf, soon, type Asked } from '../../helpers/engine-world.ts';

vi.setConfig({ testTimeout: 30_000 });

const prepare = { command: 'npm ci', network: true };
const npmTest = { command: 'npm test', network: false };
const fails = { outcome: 'failed', exitCode: 1, tail: 'added 0\nnpm error ENOTFOUND' } as const;
const asked: Asked = { checks: [npmTest], settings: { prepare } };

let world: EngineWorld;
beforeEach(() => {
  world = new EngineWorld();
  world.workplace = join(world.directory, 'worktree');
  fs.mkdirSync(world.workplace);
  world.writeList(listOf(0, 3));
  world.checkOutcomes.set('npm test', {});
});
afterEach(() => world.remove());

const commandsRun = (): string[] => world.checksRun.map(({ check }) => check.command);

describe('a new worktree', () => {
  test('is prepared in the sandbox before the first working session, and not again', async () => {
    world.checkOutcomes.set('npm ci', {});
    const runner = await world.begin(asked);
    const codex = await world.codex(1);
    expect(world.checksRun[0]).toMatchObject({
      check: prepare,
      sandbox: 'workspace-write',
      project: world.workplace,
    });
    expect(commandsRun()).toEqual(['npm ci', 'npm test']);
    expect(runner.notes).toContain('The worktree was prepared: npm ci');
    codex.says(threadStarted(), turnCompleted(10)).exits();
    await soon('the session is over', () => world.record.session?.ended !== null);
    runner.run.want('pause now');
    await runner.run.ended;
    await world.begin(asked);
    await world.codex(2);
    expect(commandsRun()).toEqual(['npm ci', 'npm test']);
  });

  test('that cannot be prepared needs the user; no session and no check starts before', async () => {
    world.checkOutcomes.set('npm ci', fails);
    const runner = await world.begin(asked);
    await world.phase('needs you');
    const sentence =
      'the worktree could not be prepared: npm ci fails (exit code 1): npm error ENOTFOUND';
    expect(world.record.wait?.reason).toBe(sentence);
    expect(world.record.wait?.until).toBeGreaterThan(0);
    expect(commandsRun()).toEqual(['npm ci']);
    world.checkOutcomes.set('npm ci', {});
    runner.run.want('try now');
    await world.codex(1);
    expect(commandsRun()).toEqual(['npm ci', 'npm ci', 'npm test']);
  });

  test('whose runner died meanwhile is prepared again', async () => {
    const runner = await world.begin(asked);
    await soon('it runs', () => world.checksRun.length === 1);
    runner.die();
    world.checkOutcomes.set('npm ci', {});
    await world.begin({ ...asked, recovers: true });
    await world.codex(1);
    expect(commandsRun()).toEqual(['npm ci', 'npm ci', 'npm test']);
  });

  test('is not waited for by a pause', async () => {
    const runner = await world.begin(asked);
    await soon('it runs', () => world.checksRun.length === 1);
    runner.run.want('pause now');
    expect(await runner.run.ended).toMatchObject({ kind: 'paused' });
    expect(world.prepared).toBe(false);
  });
});

test('a task whose options were lost has its sessions committed, and its worktree is remembered', async () => {
  await execa('git', ['init', '-q'], { cwd: world.project });
  await world.begin({ options: noTaskOptions, settings: { restMs: 0 } });
  const codex = await world.codex(1);
  const directory = await world.task.identity();
  expect(await world.state.readOptions(directory)).toMatchObject({ worktree: true });
  codex.says(threadStarted(), turnCompleted(10)).exits();
  await soon('it is committed', () => world.commits.length === 1);
});

test('a run whose worktree cannot be reached is not recovered in the project: it needs the user, and can be continued', async () => {
  const settings = { restMs: 60_000, maxSessions: 2 };
  const runner = await world.begin({ settings });
  const codex = await world.codex(1);
  codex.says(threadStarted(), turnCompleted(10)).exits();
  await world.phase('resting');
  runner.die();
  world.noWorkplace = 'autonomous/docs-site is gone: bring it back';
  await expect(world.begin({ recovers: true })).rejects.toThrow(world.noWorkplace);
  const needsYou = (reason: string): object => ({
    ...{ word: 'needs you', reason, until: null, hasNoRunner: true },
  });
  const seen = (): TaskState =>
    taskState({ record: world.record, runnerLives: false, progress: { done: 0, total: 3 } });
  expect(seen()).toEqual(needsYou(world.noWorkplace));
  world.noWorkplace = 'something is there already: move it away';
  await expect(world.begin()).rejects.toThrow(world.noWorkplace);
  expect(seen()).toEqual(needsYou(world.noWorkplace));
  world.noWorkplace = null;
  await world.begin();
  await world.codex(2);
  // It is the run that was interrupted: it does not go further than that would have gone.
  expect(world.record).toMatchObject({ unrecovered: null, ending: null, maxSessions: 1 });
});
