// The runner itself runs the checks of a task, in Codex's sandbox, and calls nothing done that does not pass them.

import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { message } from '../../source/demo/responses-api.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

const start = (...more: string[]): string[] => ['--headless', '--task-name', 'shop', ...more];

describe.skipIf(!hasSandbox)('a task with a check', () => {
  test('has a baseline, and is done when the check passes on its files', async ({ makeWorld }) => {
    const world = await makeWorld();
    await writeFile(join(world.project, 'check.sh'), 'cat parts.txt && grep "part 2" parts.txt\n');
    const { exitCode, stdout } = await world.run(start('--check', 'sh check.sh', 'Build a shop'));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Check fails (exit code 1): sh check.sh');
    const checks = await world.task('shop').logged('autonomous.check');
    // Before the first working session, and after each of the two that changed files.
    expect(checks.map(({ exitCode: code, session }) => [session, code])).toEqual([
      [1, 1],
      [2, 1],
      [3, 0],
    ]);
    const prompts = world.requests.map(({ prompt }) => prompt);
    const told = prompts.find((prompt) => prompt.includes('session 2'));
    expect(told).toContain('This check has never passed; it must pass before the task is done');
    expect(told).toContain('parts.txt: No such file or directory');
    expect(await world.listed('shop')).toMatchObject({ state: 'done', unmet: null, unproven: 0 });
  });

  test('that always fails is repaired three times, and then it is for the user', async ({
    makeWorld,
  }) => {
    const command = ['/bin/sh', '-c', 'cat >> "$0"', join(tmpdir(), `told-${randomUUID()}`)];
    const world = await makeWorld({
      plan: smallPlan({ steps: 1 }),
      configuration: { restSeconds: 0, notify: { command } },
    });
    // When no step is open, the prompt says only which check fails.
    world.setAnswer((request) =>
      request.prompt.includes('Role: Executor') && !request.prompt.includes('Next open step:')
        ? { kind: 'items', items: [message('I could not repair it.')] }
        : world.worker(request),
    );
    const { exitCode, stderr } = await world.run(start('--check', 'exit 7', 'Build a shop'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('check fails: exit 7');
    const sessions = await world.task('shop').logged('autonomous.session.started');
    expect(sessions).toHaveLength(5);
    expect(await world.listed('shop')).toMatchObject({
      state: 'failed',
      done: 1,
      total: 1,
      unmet: 'check fails: exit 7',
    });
    const told = (await readFile(command[3]!, 'utf8')).trim().split('\n');
    await rm(command[3]!);
    expect(told.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { version: 1, event: 'baseline', task: 'shop', sentence: 'check fails: exit 7' },
      { event: 'failed', project: world.project, done: 1, total: 1 },
    ]);
    const list = await world.run(['--list']);
    expect(list.stdout).toContain('○ shop (1/1 - 100%)');
    expect(list.stdout).toContain('check fails: exit 7');
    // The user takes the check away: nothing stands against the end any more.
    const goOn = await world.run(start('--continue', '--check', 'none'));
    expect(goOn).toMatchObject({ exitCode: 0 });
    expect(await world.listed('shop')).toMatchObject({ state: 'done', unmet: null });
  });

  test('that says nothing is wrong usage', async ({ makeWorld }) => {
    const world = await makeWorld();
    const { exitCode, stderr } = await world.run(start('--check', '', 'Build a shop'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--check');
  });
});
