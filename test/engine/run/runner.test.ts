import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import {
  ended,
  message,
  otherThread,
  started,
  thread,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let world: EngineWorld;

beforeEach(() => {
  world = new EngineWorld();
});

afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
});

const taskFile = (name: string): string => join(world.task.path, name);

describe('of two runners for one task', () => {
  test('the second is refused, with the pid of the first', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin();
    const second = await world.begin();
    expect(second.refused).toEqual({ refused: 'busy', pid: first.deps.self.pid });
  });

  test('with another state home the second is refused too, without a pid', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const elsewhere = join(world.directory, 'other-state');
    const second = await world.begin({}, elsewhere);
    expect(second.refused).toEqual({ refused: 'busy', pid: null });
  });

  test('the last runner, now gone, is not reported as the current one', async () => {
    world.writeList(listOf(1, 3));
    const last = await world.begin();
    await world.codex(1);
    last.run.want('pause now');
    await last.run.ended;
    const elsewhere = join(world.directory, 'other-state');
    await world.begin({}, elsewhere);
    expect((await world.begin()).refused).toEqual({ refused: 'busy', pid: null });
  });

  test('the second can begin when the first has ended', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin();
    await world.codex(1);
    first.run.want('pause now');
    expect(await first.run.ended).toMatchObject({ kind: 'paused' });
    await world.begin();
    await world.codex(2);
  });
});

describe('a task that is not to be started here', () => {
  test('is refused by any runner with why, and nothing of it is changed or held', async () => {
    world.writeList(listOf(1, 3));
    world.whyNotHere = 'docs was given to a hub';
    await expect(world.begin()).rejects.toThrow('docs was given to a hub');
    expect(await world.state.readRecord()).toBe(null);
    world.whyNotHere = null;
    const first = await world.begin();
    // Who has it is said first.
    world.whyNotHere = 'docs was given to a hub';
    expect((await world.begin()).refused).toEqual({ refused: 'busy', pid: first.deps.self.pid });
  });
});

describe('a new task', () => {
  test('keeps its description and begins with an Initializer', async () => {
    await world.begin();
    const { prompt } = await world.codex(1);
    expect(prompt).toContain('Role: Initializer (session 1)');
    expect(prompt).toContain('Write the docs');
    expect(JSON.parse(world.read('task.json'))).toEqual({
      version: 1,
      description: 'Write the docs',
      created: new Date(world.clock.now()).toISOString(),
    });
  });

  test('that is started again keeps its first description', async () => {
    const first = await world.begin();
    await world.codex(1);
    first.run.want('pause now');
    await first.run.ended;
    await world.begin({ description: 'Something else' });
    expect((await world.codex(2)).prompt).toContain('Write the docs');
  });

  test('without a description or a list ends with a sentence and without a session', async () => {
    const runner = await world.begin({ description: null });
    expect(await runner.run.ended).toMatchObject({
      kind: 'failed',
      sentence: expect.stringMatching(/no usable task_list\.md and no description/) as string,
    });
    expect(world.processes.codexes).toEqual([]);
  });
});

describe('a task begun by another program', () => {
  test('continues the session numbers in its log', async () => {
    world.writeList(listOf(1, 3));
    const lines = [started(1), ended(1), started(7), { type: 'thread.started' }, started(3)];
    fs.writeFileSync(world.task.logPath, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await world.begin();
    expect((await world.codex(1)).prompt).toContain('(session 8)');
  });

  test('is resumed by its session.id', async () => {
    world.writeList(listOf(1, 3));
    fs.writeFileSync(taskFile('session.id'), `${thread}\n`);
    await world.begin({ resumeLast: true });
    expect((await world.codex(1)).start.arguments).toContain(thread);
  });
});

describe('resume-last', () => {
  const rest = { settings: { autoContinue: false } };

  test.each([
    ['no session.id', null],
    ['an invalid session.id', '--last\n'],
  ])('with %s says so and starts a fresh one', async (_what, content) => {
    world.writeList(listOf(1, 3));
    if (content !== null) fs.writeFileSync(taskFile('session.id'), content);
    const runner = await world.begin({ resumeLast: true });
    const { start } = await world.codex(1);
    expect(start.arguments).not.toContain('resume');
    expect(runner.notes).toEqual([
      'No conversation to resume (no session.id): starting a fresh one.',
    ]);
  });

  test('uses the conversation in our own record, whatever the agent wrote', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin(rest);
    (await world.codex(1)).says(threadStarted(), turnCompleted(1)).exits();
    await first.run.ended;
    fs.writeFileSync(taskFile('session.id'), `${otherThread}\n`);
    await world.begin({ resumeLast: true });
    expect((await world.codex(2)).start.arguments).toContain(thread);
  });

  test('gives the project’s instructions only to a conversation that does not have them', async () => {
    const surroundings = { writable: [], arguments: [], instructions: 'Use tabs.' };
    world.writeList(listOf(1, 3));
    fs.writeFileSync(taskFile('session.id'), `${otherThread}\n`);
    const first = await world.begin({ ...rest, resumeLast: true, surroundings });
    const foreign = await world.codex(1);
    expect(foreign.prompt).toContain('Use tabs.');
    foreign.says(threadStarted(otherThread), turnCompleted(1)).exits();
    await first.run.ended;
    await world.begin({ resumeLast: true, surroundings });
    const { start, prompt } = await world.codex(2);
    expect(start.arguments).toContain(otherThread);
    expect(prompt).not.toContain('Use tabs.');
  });

  test('after a pause while the first session planned goes on with the planning conversation', async () => {
    const first = await world.begin();
    (await world.codex(1)).says(threadStarted());
    await soon('its conversation is saved', () => fs.existsSync(taskFile('session.id')));
    first.run.want('pause now');
    expect(await first.run.ended).toMatchObject({ kind: 'paused' });
    const second = await world.begin({ description: null, resumeLast: true });
    const { start, prompt } = await world.codex(2);
    expect(start.arguments.slice(-2)).toEqual([thread, '-']);
    expect(prompt).toMatch(/^Task directory: .*\nRole: Initializer \(session 2\)/);
    expect(second.notes).toEqual([]);
  });

  test('with session.id deleted starts a new conversation', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin(rest);
    (await world.codex(1)).says(threadStarted(), turnCompleted(1)).exits();
    await first.run.ended;
    fs.rmSync(taskFile('session.id'));
    await world.begin({ resumeLast: true });
    expect((await world.codex(2)).start.arguments).not.toContain('resume');
  });
});

describe('deleting the task’s directory', () => {
  const workOnce = async (): Promise<void> => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin({ settings: { autoContinue: false } });
    (await world.codex(1)).says(threadStarted(), message('x'), turnCompleted(9)).exits();
    await runner.run.ended;
    await world.state.noteTime(5, 5);
    fs.rmSync(world.task.path, { recursive: true });
  };

  test('restarts the task: steps, sessions, tokens, conversation and times are forgotten', async () => {
    await workOnce();
    await world.begin({ resumeLast: true, description: 'Anew' });
    const { prompt } = await world.codex(2);
    expect(prompt).toContain('Role: Initializer (session 1)');
    expect(prompt).toContain('Anew');
    expect(world.record).toMatchObject({ hadSteps: false, usage: { inputTokens: 0 } });
    expect(await world.state.readTimes()).not.toContain('5 5\n');
  });

  test('is noticed even if the new directory gets the old inode', async () => {
    await workOnce();
    fs.mkdirSync(world.task.path);
    const identity = (await world.task.identity())!;
    // As ext4 usually does.
    const { directory } = world.record;
    const record = { ...world.record, directory: { ...identity, bornAt: directory.bornAt } };
    await world.state.writeRecord(record);
    await world.begin();
    expect((await world.codex(2)).prompt).toContain('Role: Initializer (session 1)');
  });

  test('while its Codex still works ends that Codex', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin();
    const codex = await world.codex(1);
    first.die();
    fs.rmSync(world.task.path, { recursive: true });
    await world.begin();
    await world.codex(2);
    expect(codex.lives).toBe(false);
  });

  test('a missing list alone is not a deleted directory: nothing is planned again', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin({ settings: { autoContinue: false } });
    (await world.codex(1)).says(threadStarted(), turnCompleted(1)).exits();
    await first.run.ended;
    fs.rmSync(taskFile('task_list.md'));
    const second = await world.begin();
    expect((await second.run.ended).sentence).toMatch(/^task_list\.md is gone/);
    expect(world.processes.codexes).toHaveLength(1);
  });
});

describe('a control request', () => {
  test('for this run acts at a hint or within a second', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    await world.state.writeControlRequest({
      run: runner.run.id,
      want: 'pause after session',
      seq: 0,
      id: 'one',
    });
    world.hint();
    await soon('it is known', () => world.record.pause === 'after session');
    await world.state.writeControlRequest({ run: runner.run.id, want: 'go on', seq: 1, id: 'two' });
    world.clock.turn(1000);
    await soon('it is taken back', () => world.record.pause === 'none');
    expect(codex.lives).toBe(true);
  });

  test('for another run never acts', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin();
    await world.codex(1);
    await world.state.writeControlRequest({
      run: first.run.id,
      want: 'pause now',
      seq: 0,
      id: 'one',
    });
    world.hint();
    await first.run.ended;

    const second = await world.begin();
    const codex = await world.codex(2);
    world.clock.turn(5000);
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.closes(codex);
    expect(world.record).toMatchObject({ run: second.run.id, pause: 'none' });
    expect(codex.signals).toEqual([]);
  });

  test('acts once, however often it is read', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.ignores.add('SIGINT');
    await world.state.writeControlRequest({
      run: runner.run.id,
      want: 'end at once',
      seq: 0,
      id: 'one',
    });
    world.hint();
    world.hint();
    world.clock.turn(1000);
    await runner.run.ended;
    expect(codex.signals).toEqual(['SIGKILL']);
  });

  test('acts even if another dashboard used the same number before', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    await world.codex(1);
    for (const [want, pause] of [
      ['pause after session', 'after session'],
      ['go on', 'none'],
    ] as const) {
      await world.state.writeControlRequest({ run: runner.run.id, want, seq: 0, id: want });
      world.clock.turn(1000);
      await soon('it is known', () => world.record.pause === pause);
    }
  });

  test('of a dashboard before the id acts beside one that writes ids', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    await world.codex(1);
    const { id: run } = runner.run;
    for (const [request, pause] of [
      [{ want: 'pause after session', seq: 0, id: null }, 'after session'],
      [{ want: 'go on', seq: 1, id: 'one' }, 'none'],
      [{ want: 'pause after session', seq: 2, id: null }, 'after session'],
    ] as const) {
      await world.state.writeControlRequest({ run, ...request });
      world.clock.turn(1000);
      await soon('it is known', () => world.record.pause === pause);
    }
  });

  test('that is not valid is ignored', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    await world.codex(1);
    fs.writeFileSync(join(world.state.path, 'wish.json'), '{"run":');
    world.hint();
    world.clock.turn(5000);
    expect(world.record.pause).toBe('none');
  });
});

test('an ignored stop becomes a kill: SIGTERM 10 s after SIGINT, SIGKILL 5 s later', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin();
  const codex = await world.codex(1);
  codex.ignores = new Set(['SIGINT', 'SIGTERM']);
  runner.run.want('pause now');
  await soon('it is interrupted', () => codex.signals.length === 1);
  await world.phase('stopping');
  world.clock.turn(9_999);
  expect(codex.signals).toEqual(['SIGINT']);
  world.clock.turn(1);
  await soon('it is told to end', () => codex.signals.length === 2);
  world.clock.turn(5_000);
  expect(await runner.run.ended).toMatchObject({ kind: 'paused' });
  expect(codex.signals).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
  expect(world.ownLines.at(-1)).toMatchObject({ signal: 'SIGKILL', outcome: 'paused' });
});

test('an error before a run begins leaves no lock behind', async () => {
  world.writeList(listOf(1, 3));
  fs.symlinkSync('/etc/passwd', join(world.home, 'x'));
  const runner = world.runner();
  runner.deps.state.readRecord = () => Promise.reject(new Error('EACCES'));
  await expect(runner.start(world.request())).rejects.toThrow('EACCES');
  const lock = await world.state.takeLock(0);
  expect(lock).not.toBeNull();
  lock?.release();
});
