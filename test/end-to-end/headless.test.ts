import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chmod, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { faults } from '../../source/demo/faults.ts';
import { commandThatMayFail } from '../../source/demo/responses-api.ts';
import { stateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { codexPath } from '../helpers/codex.ts';
import type { ProgramResult } from '../helpers/program.ts';
import {
  hasSandbox,
  makeWorld,
  smallPlan,
  test,
  type EndToEndWorld,
} from '../helpers/end-to-end-world.ts';
import { until } from '../helpers/until.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const goOn = ['--headless', '--task-name', 'shop', '--continue'];

describe.skipIf(!hasSandbox)('a task that runs from its description to done', () => {
  const description = 'Build a REST API for todo app';
  let world: EndToEndWorld;
  let result: ProgramResult;

  beforeAll(async () => {
    world = await makeWorld({ plan: smallPlan({ steps: 1 }), configuration: null });
    result = await world.run(['--headless', description]);
  });

  afterAll(() => world.end());

  test('exits with 0 and prints nothing to stderr', () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test("prints the seed's lines in the seed's order", async () => {
    const ids = await threadIds(world, 'build-rest-api-todo');
    expectInOrder(result.stdout, [
      'ℹ Generated task name: build-rest-api-todo',
      '==========================================',
      '  SESSION 1 - build-rest-api-todo',
      '==========================================',
      '  INITIALIZER SESSION',
      'Task: Build a REST API for todo app',
      'Task Name: build-rest-api-todo',
      'Task Directory: .autonomous/build-rest-api-todo',
      'I look at the project before I plan.',
      '$ ls',
      '  ✓',
      'The plan is written: 1 step in .autonomous/build-rest-api-todo/task_list.md.',
      '✓ Initializer session complete',
      `ℹ Session ID saved: ${ids[0]}`,
      '=== Progress: 0/1 ===',
      'Continuing in 3 seconds... (Press Ctrl+C to pause)',
      '  SESSION 2 - build-rest-api-todo',
      '  EXECUTOR SESSION',
      'Task: Build a REST API for todo app',
      'Step 1: Do part 1',
      '$ echo "part 1" >> parts.txt',
      '✓ Executor session complete',
      `ℹ Session ID saved: ${ids[1]}`,
      '=== Progress: 1/1 ===',
      '✓ ALL TASKS COMPLETED!',
    ]);
  });

  test('leaves the work, the list, and the last thread id behind', async () => {
    const task = world.task('build-rest-api-todo');
    expect(await readFile(join(world.project, 'parts.txt'), 'utf8')).toBe('part 1\n');
    expect(await task.boxes()).toEqual([true]);
    expect(await task.read('progress.md')).toContain('- Step 1 is done and verified');
    const ids = await threadIds(world, 'build-rest-api-todo');
    expect(ids[1]).toMatch(uuid);
    expect(await task.read('session.id')).toBe(`${ids[1]}\n`);
  });

  test('leaves the description and the second lock', async () => {
    const task = world.task('build-rest-api-todo');
    const { created, ...rest } = JSON.parse(await task.read('task.json')) as { created: string };
    expect(rest).toEqual({ version: 1, description });
    expect(new Date(created).toISOString()).toBe(created);
    expect(await task.mode('.lock')).toBe(0o600);
  });

  test('has each session in the log between its own start and end, and only JSON', async () => {
    const log = await world.task('build-rest-api-todo').log();
    const own = log.filter(({ type }) => type.startsWith('autonomous.'));
    const [first, second] = [own[0]?.uuid, own[2]?.uuid];
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
    const ended = { type: 'autonomous.session.ended', at, exitCode: 0, signal: null };
    expect(own).toEqual([
      { type: 'autonomous.session.started', session: 1, uuid: first, role: 'initializer', at },
      { ...ended, session: 1, uuid: first, outcome: 'completed' },
      { type: 'autonomous.session.started', session: 2, uuid: second, role: 'executor', at },
      { ...ended, session: 2, uuid: second, outcome: 'completed' },
    ]);
    expect(first).toMatch(uuid);
    expect(second).not.toBe(first);
    expect(log.map(({ type }) => type)).toContain('turn.completed');
  });

  test('keeps its state where no other user may read it', async () => {
    const { path } = stateDirectory(stateHome(world.env), world.project, 'build-rest-api-todo');
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, 'run.json'))).mode & 0o777).toBe(0o600);
  });

  test('starts no session when it is continued', async () => {
    const asked = world.requests.length;
    const again = await world.run(['--headless', description]);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toContain('✓ ALL TASKS COMPLETED!');
    expect(world.requests).toHaveLength(asked);
  });

  test('leaves no process behind', async () => {
    expect(await world.processes()).toEqual([]);
  });
});

// Several at a time: most of a run is waiting.
describe.concurrent('a headless run', () => {
  describe.skipIf(!hasSandbox)('stops on request, with steps left and exit code 3,', () => {
    test.for([
      [['--max-sessions', '1'], 'Stopped: reached --max-sessions.'],
      [['--no-auto-continue'], 'Stopped: after one session (--no-auto-continue).'],
    ] as const)('with %s', async ([options, sentence], { makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop');
      const { exitCode, stdout, stderr } = await world.run([...goOn, ...options]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
      expect(stdout).toContain(
        `${sentence} Continue: autonomous-tui --task-name shop --continue\n`,
      );
      expect(await task.boxes()).toEqual([true, false]);
      expect(await task.logged('autonomous.session.ended')).toHaveLength(1);
    });
  });

  test.skipIf(!hasSandbox)(
    'with --json prints one object of version 1 per line',
    async ({ makeWorld }) => {
      const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
      await world.prepare('shop');
      const { exitCode, stdout, stderr } = await world.run([...goOn, '--json']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { version: number; type: string });
      expect(lines.every(({ version }) => version === 1)).toBe(true);
      expect(lines[0]).toMatchObject({ type: 'task', task: 'shop' });
      expect(lines).toContainEqual({ version: 1, type: 'session', session: 1, role: 'executor' });
      expect(lines).toContainEqual({ version: 1, type: 'progress', done: 1, total: 1 });
      expect(lines.at(-1)).toMatchObject({ type: 'ended', ending: 'done', exitCode: 0 });
    },
  );

  describe('is paused by a signal:', () => {
    test.for([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)('%s, with exit code %i', async ([signal, exitCode], { makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop');
      const gate = world.hold(() => true);
      const program = world.start([...goOn, '--network']);
      await gate.reached();
      program.kill(signal);
      const result = await program.ended;
      expect(result).toMatchObject({ exitCode, stderr: '' });
      expect(result.stdout).toContain(
        'Paused. Continue: autonomous-tui --task-name shop --continue\n',
      );
      expect(await world.processes()).toEqual([]);
      expect(await task.logged('autonomous.session.ended')).toMatchObject([
        { exitCode: 1, signal: null, outcome: 'paused' },
      ]);
    });

    test.skipIf(!hasSandbox)('and can be continued', async ({ makeWorld }) => {
      const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
      const task = await world.prepare('shop');
      const gate = world.hold(({ toolOutputs }) => toolOutputs.length === 1);
      const program = world.start(goOn);
      await gate.reached();
      program.kill('SIGINT');
      await program.ended;
      gate.open();
      expect(await world.run(['--headless', '--continue'])).toMatchObject({ exitCode: 0 });
      expect(await task.boxes()).toEqual([true]);
      expect(world.requests.at(-1)?.prompt).toContain('was interrupted in the middle');
      expect(await task.logged('autonomous.session.ended')).toMatchObject([
        { session: 1, outcome: 'paused' },
        { session: 2, outcome: 'completed' },
      ]);
    });

    test('and a second signal ends a Codex that ignores the first', async ({ makeWorld }) => {
      const world = await makeWorld();
      await world.prepare('shop');
      const deaf = join(world.directory, 'deaf-codex');
      await writeFile(deaf, "#!/bin/sh\ntrap '' INT TERM\nwhile :; do sleep 0.05; done\n");
      await chmod(deaf, 0o755);
      const program = world.start([...goOn, '--codex', deaf]);
      await program.waitFor('Task Directory:');
      await world.untilListed('shop', 'running');
      program.kill('SIGINT');
      await world.untilListed('shop', 'pausing');
      program.kill('SIGINT');
      expect(await program.ended).toMatchObject({ exitCode: 130 });
      expect(await world.processes()).toEqual([]);
    });

    // As behind a file system that does not answer.
    test('and a second one ends all of it, even if all threads of Node hang', async ({
      makeWorld,
    }) => {
      const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
      const task = await world.prepare('shop');
      const path = (name: string): string => join(world.directory, name);
      const deaf = path('deaf-codex');
      await writeFile(deaf, "#!/bin/sh\ntrap '' INT TERM\nwhile :; do sleep 0.05; done\n");
      await chmod(deaf, 0o755);
      execFileSync('mkfifo', [path('silent')]);
      await writeFile(path('hang.mjs'), hangsOnRequest(world.directory));
      const env = { ...world.env, NODE_OPTIONS: `--import=${path('hang.mjs')}` };
      const program = world.start([...goOn, '--codex', deaf], { env });
      await world.untilListed('shop', 'running');
      await writeFile(path('hang'), '');
      await until('its threads hang', () => existsSync(path('hangs')));
      program.kill('SIGINT');
      // Two signals at once may reach two threads, in either order.
      await until('the first signal came', () => existsSync(path('interrupted')));
      program.kill('SIGTERM');
      const begun = performance.now();
      // A shell sees 130, as for every program that its SIGINT ended.
      expect(await program.ended).toMatchObject({ exitCode: null, signal: 'SIGINT' });
      expect(performance.now() - begun).toBeLessThan(10_000);
      await world.untilNobodyLives();

      const recovers = [...goOn, '--network', '--codex', 'none'];
      expect(await world.run(recovers)).toMatchObject({ exitCode: 0 });
      expect(await task.boxes()).toEqual([true]);
      expect(await task.logged('autonomous.session.ended')).toMatchObject([
        { session: 1, outcome: 'interrupted' },
        { session: 2, outcome: 'completed' },
      ]);
    });
  });

  test('refuses a second runner with exit code 75 and names the first', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    const gate = world.hold(() => true);
    const program = world.start([...goOn, '--network']);
    await gate.reached();
    const { exitCode, stderr } = await world.run([...goOn, '--network']);
    const sentence = `shop is already running (pid ${program.pid}). Open the dashboard to see it`;
    expect(stderr).toBe(`${sentence}\n`);
    expect(exitCode).toBe(75);
    expect(world.requests).toHaveLength(1);
  });

  test.skipIf(!hasSandbox)('continues after stdout is closed', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    const task = await world.prepare('shop');
    const program = world.start(goOn);
    await program.waitFor('SESSION 1');
    program.hangUp();
    expect(await program.ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await task.boxes()).toEqual([true]);
  });

  test('ends after five failures in a row, with Codex’s message', async ({ makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop');
    const words = 'The model does not want to, for reasons of its own.';
    world.setAnswer(() => ({ kind: 'failed', code: 'invalid_prompt', message: words }));
    const { exitCode, stdout, stderr } = await world.run(goOn, { timeoutMs: 60_000 });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(words);
    expect(stdout).toContain(`✗ Failed: ${words}`);
    expect([...stdout.matchAll(/^Retrying in \d+ seconds?\.\.\./gm)]).toHaveLength(4);
    expect(await task.logged('autonomous.session.ended')).toHaveLength(5);
  });

  test.skipIf(!hasSandbox)('waits for a Codex that an update replaces', async ({ makeWorld }) => {
    const world = await makeWorld();
    const task = await world.prepare('shop');
    const link = join(world.directory, 'codex');
    await symlink(codexPath, link);
    const gate = world.hold(() => true);
    const program = world.start([...goOn, '--codex', link]);
    await gate.reached();
    await unlink(link);
    gate.open();
    await program.waitFor(`Codex is not at ${link} any more`);
    await symlink(codexPath, link);
    expect(await program.ended).toMatchObject({ exitCode: 0 });
    expect(await task.boxes()).toEqual([true, true]);
  });

  test('fails if the last session of --max-sessions fails', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop');
    world.setAnswer(() => faults.quotaExceeded);
    const { exitCode, stderr } = await world.run([...goOn, '--max-sessions', '1']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Quota exceeded. Check your plan and billing details.');
  });

  describe.skipIf(!hasSandbox)('with --resume-last', () => {
    test('continues the thread in the first session, and starts the next one fresh', async ({
      makeWorld,
    }) => {
      const world = await makeWorld({ plan: smallPlan({ steps: 3 }) });
      const task = await world.prepare('shop');
      await world.run([...goOn, '--max-sessions', '1']);
      const firstPrompt = world.requests.at(-1)?.prompt ?? '';
      const before = world.requests.length;
      const resumed = await world.run(['--headless', '--task-name', 'shop', '--resume-last']);
      expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
      const [first, second, third] = await threadIds(world, 'shop');
      expect(second).toBe(first);
      expect(third).not.toBe(first);
      expect(await task.logged('autonomous.session.started')).toMatchObject([
        { session: 1 },
        { session: 2, resumes: first },
        { session: 3 },
      ]);
      const request = world.requests[before];
      expect(request).toMatchObject({ threadId: first, turn: 2 });
      expect(request?.userMessages).toContain(firstPrompt);
      expect(request?.prompt).toMatch(/^Task directory: \.autonomous\/shop\/\n/);
    });

    test('says so and starts fresh if there is no session.id', async ({ makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop', { done: 1 });
      const result = await world.run([...goOn, '--resume-last']);
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(result.stdout).toMatch(/^ℹ .*no session\.id.* fresh/m);
      expect(await task.boxes()).toEqual([true, true]);
    });

    test('starts a fresh conversation if the last one is gone', async ({ makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop', { done: 1 });
      const gone = randomUUID();
      await writeFile(join(task.path, 'session.id'), `${gone}\n`);
      const result = await world.run([...goOn, '--resume-last']);
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(result.stdout).toMatch(/^ℹ The conversation to resume no longer exists/m);
      expect((await task.read('session.id')).trim()).not.toBe(gone);
      expect(await task.logged('autonomous.session.started')).toMatchObject([
        { session: 1, resumes: gone },
        { session: 2 },
      ]);
      expect(world.requests.at(-1)?.prompt).toContain('is no longer there');
    });
  });

  test.skipIf(!hasSandbox)(
    'has full access with --network, and the next run says that it does not',
    async ({ makeWorld }) => {
      const work = (step: number) => [commandThatMayFail(`echo out > ../outside-${step}`)];
      const world = await makeWorld({ plan: smallPlan({ work }) });
      await world.prepare('shop');
      const free = await world.run([...goOn, '--network', '--max-sessions', '1']);
      expect(free).toMatchObject({ exitCode: 3, stderr: '' });
      await access(join(world.directory, 'outside-1'));
      const bound = await world.run(goOn);
      expect(bound).toMatchObject({ exitCode: 0, stderr: '' });
      expect(bound.stdout).toMatch(/^ℹ The last run had full access.* workspace-write/m);
      await expect(access(join(world.directory, 'outside-2'))).rejects.toThrow();
    },
  );

  test.skipIf(!hasSandbox)(
    'fails if the list vanishes after it had steps, and does not plan again',
    async ({ makeWorld }) => {
      const world = await makeWorld();
      const task = await world.prepare('shop');
      await world.run([...goOn, '--max-sessions', '1']);
      await rm(join(task.path, 'task_list.md'));
      const asked = world.requests.length;
      const again = await world.run(['--headless', '--task-name', 'shop', 'Sell things']);
      expect(again.exitCode).toBe(1);
      expect(again.stderr).toContain('task_list.md is gone');
      expect(world.requests).toHaveLength(asked);
    },
  );
});

/** A program that hangs all threads of its Node as soon as `hang` is there. */
function hangsOnRequest(directory: string): string {
  return `
    import { existsSync, open, writeFileSync } from 'node:fs';
    const look = setInterval(() => {
      if (!existsSync('${directory}/hang')) return;
      clearInterval(look);
      for (let thread = 0; thread < 16; thread++) open('${directory}/silent', () => {});
      process.once('SIGINT', () => writeFileSync('${directory}/interrupted', ''));
      writeFileSync('${directory}/hangs', '');
    }, 20);
    look.unref();
  `;
}

async function threadIds(world: EndToEndWorld, task: string): Promise<(string | undefined)[]> {
  return (await world.task(task).logged('thread.started')).map((event) => event.thread_id);
}

/** Expects the whole lines in the text in this order; other lines may be in between. */
function expectInOrder(text: string, wanted: readonly string[]): void {
  const lines = text.split('\n');
  let from = 0;
  for (const line of wanted) {
    const at = lines.indexOf(line, from);
    expect(at, `${JSON.stringify(line)} after line ${from} of\n${text}`).not.toBe(-1);
    from = at + 1;
  }
}
