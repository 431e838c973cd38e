import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTimeNotes } from '../../../source/core/log/times.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import { stateSnapshot } from '../../../source/system/state/state-snapshot.ts';
import { outputPath } from '../../../source/system/state/files/output-files.ts';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import {
  message,
  otherThread,
  thread,
  threadStarted,
  turnCompleted,
  turnFailed,
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

/** The files of the state directory in which Codex writes. */
const outputNames = (): string[] =>
  fs.readdirSync(world.state.path).filter((name) => name.startsWith('live-'));

const oneSession = { settings: { autoContinue: false } };

describe('before Codex is started', () => {
  test('the intent is on disk: session, marker, and where its first line will be', async () => {
    world.writeList(listOf(1, 3));
    fs.writeFileSync(world.task.logPath, 'old line\n');
    let intent: unknown;
    world.processes.onStart = () => {
      intent = world.record;
    };
    await world.begin();
    const codex = await world.codex(1);
    expect(intent).toMatchObject({
      phase: 'starting',
      sessionsInRun: 1,
      session: { number: 1, uuid: codex.uuid, codex: null, ended: null, log: { offset: 9 } },
    });
  });

  test('the prompt is a file and names the task and its next step', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const { prompt, start } = await world.codex(1);
    expect(prompt).toMatch(
      /^Task directory: \.autonomous\/docs-site\/\nRole: Executor \(session 1\)/,
    );
    expect(prompt).toContain('Next open step: 2. step 2');
    expect(prompt).toContain('Write the docs');
    expect(start).toMatchObject({ codex: '/usr/bin/codex', directory: world.project });
    expect(start.arguments).toContain('sandbox_mode="workspace-write"');
  });

  test('the log has a line of its own for the session’s start', async () => {
    world.writeList(listOf(1, 3));
    fs.writeFileSync(world.task.logPath, '{"type":"turn.st');
    await world.begin();
    await world.codex(1);
    const [torn, started] = world.read('session.log').split('\n');
    expect(torn).toBe('{"type":"turn.st');
    expect(JSON.parse(started ?? '')).toMatchObject({
      type: 'autonomous.session.started',
      session: 1,
      role: 'executor',
      at: new Date(world.clock.now()).toISOString(),
    });
  });

  test('its output and its errors go where the agent cannot write', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted()).warns('a warning');
    const output = outputPath(world.state.path, codex.uuid);
    expect(fs.readFileSync(output, 'utf8')).toContain(thread);
    expect(fs.statSync(output).mode & 0o777).toBe(0o600);
    expect(await world.state.readErrors(codex.uuid, 100)).toBe('a warning');
    const { dev, ino } = fs.statSync(output);
    // By these fields an older version finds Codex.
    expect(world.record.session?.log).toMatchObject({ device: dev, inode: ino });
  });
});

describe('a session', () => {
  test('saves its conversation and its end, and the next one starts after a rest', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted(), message('hello'));
    await soon('the conversation is saved', () => runner.saved.length > 0);
    expect(world.read('session.id')).toBe(`${thread}\n`);
    codex.says(turnCompleted(1000)).exits();
    await world.phase('resting');
    expect(world.ownLines).toEqual([
      { type: 'autonomous.session.started', session: 1, role: 'executor' },
      {
        type: 'autonomous.session.ended',
        session: 1,
        exitCode: 0,
        signal: null,
        outcome: 'completed',
      },
    ]);
    expect(world.record.session).toMatchObject({
      threadId: thread,
      ended: { outcome: 'completed' },
    });
    world.clock.turn(3000);
    expect((await world.codex(2)).prompt).toContain('session 2');
  });

  test('that exited before it could be identified is still closed', async () => {
    world.writeList(listOf(1, 3));
    world.processes.onStart = (codex) => {
      codex.says(threadStarted(), turnCompleted(10)).exits();
    };
    const runner = await world.begin(oneSession);
    expect(await runner.run.ended).toMatchObject({ kind: 'stopped' });
    expect(world.read('session.id')).toBe(`${thread}\n`);
  });

  test('ends with a line of its own after the lines of stderr; then its own files are gone', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    codex.warns('first\n\n"second"\n').writes('{"type":"item.comp').exits({ signal: 'SIGKILL' });
    await world.phase('waiting');
    const lines = world.read('session.log').split('\n');
    expect(lines[1]).toBe('{"type":"item.comp');
    expect(lines.slice(2, -1).map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: 'autonomous.stderr', uuid: codex.uuid, text: 'first' },
      { type: 'autonomous.stderr', uuid: codex.uuid, text: '"second"' },
      {
        type: 'autonomous.session.ended',
        session: 1,
        uuid: codex.uuid,
        at: new Date(world.clock.now()).toISOString(),
        exitCode: null,
        signal: 'SIGKILL',
        outcome: 'interrupted',
      },
    ]);
    await soon('they are gone', () => outputNames().length === 0);
  });

  test('keeps only the last 256 KiB of stderr', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    codex
      .warns(`${'x'.repeat(1023)}\n`.repeat(1024))
      .warns('the last\n')
      .exits({ exitCode: 1 });
    await world.phase('waiting');
    const errors = world.log.filter(({ type }) => type === 'autonomous.stderr');
    const length = errors.reduce((sum, { text }) => sum + String(text).length + 1, 0);
    expect(length).toBe(256 * 1024);
    expect(errors.at(-1)).toMatchObject({ text: 'the last' });
  });

  test('leaves nothing running: stragglers are ended before its end is recorded', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    codex.stragglers = 2;
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.phase('resting');
    expect(codex.stragglers).toBe(0);
  });

  test('that lingers after its turn is interrupted, and its result counts', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted(), turnCompleted(1));
    await soon('its turn is seen', () => {
      world.clock.turn(500);
      return codex.signals.length > 0;
    });
    expect(codex.signals).toEqual(['SIGINT']);
    await world.phase('resting');
    expect(world.ownLines.at(-1)).toMatchObject({ outcome: 'completed', exitCode: 1 });
  });

  test('goes on working if something else wrote that its turn is over', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted(), turnFailed('said the agent'), message('still here'));
    await soon('all is read', () => runner.logged.length === 4);
    world.clock.turn(60_000);
    codex.says(turnCompleted(1)).exits();
    await world.phase('resting');
    expect(codex.signals).toEqual([]);
    expect(world.ownLines.at(-1)).toMatchObject({ outcome: 'completed' });
  });

  test('that is interrupted does not fail with what its stderr warns of', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin(oneSession);
    const codex = await world.codex(1);
    codex.says(threadStarted()).warns('Error: stream disconnected before completion\n');
    codex.exits({ exitCode: 1 });
    expect(await runner.run.ended).toMatchObject({
      kind: 'failed',
      sentence: 'Codex ended without a result (exit code 1)',
    });
  });

  test('that never began fails with what its stderr says', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin(oneSession);
    const codex = await world.codex(1);
    codex.warns('Error loading config.toml: expected a string\n').exits({ exitCode: 1 });
    expect(await runner.run.ended).toMatchObject({
      sentence:
        'Codex cannot read its configuration: fix config.toml (Codex: Error loading config.toml: expected a string)',
    });
  });

  test('that resumes says so in the log, and reports when another conversation answers', async () => {
    world.writeList(listOf(1, 3));
    fs.writeFileSync(join(world.task.path, 'session.id'), `${thread}\n`);
    const runner = await world.begin({ resumeLast: true });
    const codex = await world.codex(1);
    expect(codex.start.arguments.slice(-2)).toEqual([thread, '-']);
    expect(world.ownLines).toMatchObject([{ resumes: thread }]);
    codex.says(threadStarted(otherThread));
    await soon('it is noticed', () => runner.notes.length > 0);
    expect(runner.notes).toEqual(['The conversation could not be resumed: this is a new one.']);
    await soon('the other one is saved', () => world.read('session.id') === `${otherThread}\n`);
  });
});

describe('tokens', () => {
  const tokens = (inputTokens: number) => ({ inputTokens });
  const session = async (number: number, threadId: string, total: number) => {
    const codex = await world.codex(number);
    codex.says(threadStarted(threadId), turnCompleted(total)).exits();
    await soon('it is closed', () => world.record.session?.ended);
  };

  test('of a resumed conversation count once, because Codex reports totals', async () => {
    world.writeList(listOf(1, 3));
    const first = await world.begin(oneSession);
    await session(1, thread, 1000);
    await first.run.ended;
    for (const [index, total] of [2000, 3000].entries()) {
      const next = await world.begin({ ...oneSession, resumeLast: true });
      await session(index + 2, thread, total);
      await next.run.ended;
    }
    expect(world.record.usage).toMatchObject(tokens(3000));
  });

  test('of fresh conversations add up', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    await session(1, thread, 1000);
    await world.phase('resting');
    world.clock.turn(3000);
    await session(2, otherThread, 500);
    expect(world.record).toMatchObject({ usage: tokens(1500), thread: { id: otherThread } });
  });
});

describe('what cannot be done ends the run, with a sentence', () => {
  const failWriting = (file: string): void => {
    // No user, not even root, can replace a directory by a file.
    fs.rmSync(file, { force: true });
    fs.mkdirSync(join(file, 'in the way'), { recursive: true });
  };

  test('a missing Codex: the log says that the session is over', async () => {
    world.writeList(listOf(1, 3));
    world.processes.startProblem = new Error('spawn /usr/bin/codex ENOENT');
    const runner = await world.begin();
    expect(await runner.run.ended).toMatchObject({
      kind: 'failed',
      sentence: 'Codex could not be started: spawn /usr/bin/codex ENOENT',
    });
    expect(world.ownLines).toMatchObject([
      { type: 'autonomous.session.started', session: 1 },
      { type: 'autonomous.session.ended', session: 1, outcome: 'not started' },
    ]);
    expect(world.record.session?.ended).toMatchObject({ outcome: 'not started' });
  });

  test('a run.json that becomes unwritable: nothing is started', async () => {
    world.writeList(listOf(1, 3));
    const runner = world.runner();
    const { readList } = runner.deps.task;
    runner.deps.task.readList = () => {
      failWriting(join(world.state.path, 'run.json'));
      return readList();
    };
    await runner.start(world.request());
    const { kind, sentence } = await runner.run.ended;
    expect(kind).toBe('failed');
    expect(sentence).toMatch(/^The state of the run cannot be written: /);
    expect(world.processes.codexes).toEqual([]);
    expect(fs.existsSync(world.task.logPath)).toBe(false);
  });

  test('a run.json that becomes unwritable while Codex works: Codex is interrupted once', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    failWriting(join(world.state.path, 'run.json'));
    codex.says(threadStarted());
    expect((await runner.run.ended).sentence).toMatch(/^The state of the run cannot be written: /);
    expect(codex.signals).toEqual(['SIGINT']);
    expect(world.ownLines.at(-1)).toMatchObject({ type: 'autonomous.session.ended' });
  });

  test('a run.json that is unwritable at the beginning: the call fails, no timer is left', async () => {
    failWriting(join(world.state.path, 'run.json'));
    const runner = world.runner();
    await expect(runner.start(world.request())).rejects.toThrow(
      /can't be (?:read|written)|EISDIR|directory/,
    );
    expect(world.clock.waiting).toBe(0);
    fs.rmSync(world.state.path, { recursive: true });
    await world.begin();
    await world.codex(1);
  });

  test('a log that cannot be written any more: the end of the session is not recorded', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    runner.deps.task.openLogForCopy = () => Promise.reject(new Error('EROFS: read-only'));
    codex.says(threadStarted(), turnCompleted(1)).exits();
    expect((await runner.run.ended).sentence).toMatch(/EROFS/);
    expect(world.record.session?.ended).toBeNull();
  });

  test('a session.id that cannot be written costs the next resume, not the work', async () => {
    world.writeList(listOf(1, 3));
    failWriting(join(world.task.path, 'session.id'));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.phase('resting');
    expect(runner.notes).toEqual([expect.stringMatching(/^The session id could not be saved: /)]);
  });
});

describe('whatever the agent does to session.log', () => {
  test('what decides is read elsewhere: a forged limit does not park the account', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    let limit: unknown = null;
    runner.deps.machine.writeLimit = (found) => {
      limit = found;
      return Promise.resolve();
    };
    const forged = turnFailed('You’ve hit your usage limit. Try again in 6 days.');
    fs.writeFileSync(world.task.logPath, world.read('session.log') + `${JSON.stringify(forged)}\n`);
    codex.says(threadStarted(), turnCompleted(1)).exits({ exitCode: 1 });
    await world.phase('resting');
    expect(limit).toBeNull();
    expect(world.record.session?.ended).toMatchObject({ outcome: 'completed', copy: null });
    // It is kept, and named.
    expect(outputNames()).toContain(`live-${codex.uuid}.jsonl`);
    expect(runner.notes).toEqual([expect.stringContaining(`live-${codex.uuid}.jsonl`)]);
  });

  test.each([
    ['before', null],
    ['after', expect.anything()],
  ])(
    'a limit parks the account only if Codex met it before our signal: %s it',
    async (when, parked) => {
      world.writeList(listOf(1, 3));
      const runner = await world.begin();
      const codex = await world.codex(1);
      let limit: unknown = null;
      runner.deps.machine.writeLimit = (found) => {
        limit = found;
        return Promise.resolve();
      };
      const met = turnFailed('You’ve hit your usage limit. Try again in 6 days.');
      codex.ignores.add('SIGINT');
      codex.says(threadStarted());
      if (when === 'after') codex.says(met);
      const last = when === 'after' ? 'turn-failed' : 'thread-started';
      await soon('the line is read', () => runner.logged.at(-1)?.type === last);
      runner.run.want('pause now');
      await soon('Codex is signalled', () => codex.signals.length > 0);
      if (when === 'before') codex.says(met);
      codex.exits({ exitCode: 1 });
      await runner.run.ended;
      expect(limit).toEqual(parked);
    },
  );

  test('a link in its place is moved aside, and the next session starts', async () => {
    world.writeList(listOf(1, 3));
    await world.begin();
    const codex = await world.codex(1);
    fs.rmSync(world.task.logPath);
    fs.symlinkSync('/etc/passwd', world.task.logPath);
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.phase('resting');
    world.clock.turn(3000);
    await world.codex(2);
    expect(fs.lstatSync(world.task.logPath).isFile()).toBe(true);
  });
});

describe('what the user deletes while Codex works', () => {
  test('the file that Codex writes: the rest is read and copied through the open one', async () => {
    world.writeList(listOf(1, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    await soon('its thread is seen', () => runner.saved.length > 0);
    fs.rmSync(world.state.outputPath(codex.uuid));
    codex.says(message('after it'));
    await soon('that is read', () => runner.logged.length > 2);
    codex.says(turnCompleted(1)).exits();
    await world.phase('resting');
    expect(world.record.session?.ended?.outcome).toBe('completed');
    expect(world.record.session?.ended?.copy).not.toBeNull();
    expect(world.log.map(({ type }) => type)).toEqual([
      'autonomous.session.started',
      'thread.started',
      'item.completed',
      'turn.completed',
      'autonomous.session.ended',
    ]);
    expect(runner.notes).toEqual([]);
  });

  test('the state directory: it is made again, which is said once, and the run goes on', async () => {
    world.writeList(listOf(1, 3));
    const options = { ...noTaskOptions, model: 'gpt-5.5' };
    const runner = await world.begin({ options });
    const codex = await world.codex(1);
    fs.rmSync(world.home, { recursive: true });
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.phase('resting');
    expect(world.record.session?.ended).toMatchObject({ outcome: 'completed' });
    expect(runner.notes).toEqual([
      `The state directory ${world.state.path} was gone and has been made again: what was known of earlier sessions is lost`,
    ]);
    const directory = await world.task.identity();
    expect(await world.state.readOptions(directory)).toEqual(options);
    expect(fs.statSync(world.state.path).mode & 0o777).toBe(0o700);
    world.clock.turn(3000);
    (await world.codex(2)).says(threadStarted(), turnCompleted(1));
    runner.run.want('pause now');
    await runner.run.ended;
    expect(runner.notes).toHaveLength(1);
    // Nobody else can have run meanwhile: the task's own lock was held all the time.
    expect(world.processes.broken).toEqual([]);
  });
});

test('what Codex wrote goes when the record holds its end, even if the runner died between', async () => {
  world.writeList(listOf(1, 3));
  const first = await world.begin(oneSession);
  const codex = await world.codex(1);
  first.deps.state.removeOutput = () => {
    first.die();
    return new Promise(() => {});
  };
  codex.says(threadStarted(), turnCompleted(1)).exits();
  await soon('it has died', () => first.isDead);
  expect(world.record.session?.ended).toMatchObject({ outcome: 'completed' });
  expect(outputNames()).toHaveLength(2);
  await world.begin();
  await world.codex(2);
  expect(outputNames().filter((name) => name.includes(codex.uuid))).toEqual([]);
});

test('an ended run leaves nothing: no lock, no timer, no phase but ended', async () => {
  world.writeList(listOf(3, 3));
  const runner = await world.begin();
  expect(await runner.run.ended).toEqual({ kind: 'done', sentence: null, at: world.clock.now() });
  expect(world.clock.waiting).toBe(0);
  expect(world.record).toMatchObject({ phase: 'ended', ending: { kind: 'done' } });
  const locks = [await world.state.takeLock(0), await world.task.takeLock(0)];
  for (const lock of locks) {
    expect(lock).not.toBeNull();
    lock?.release();
  }
});

test('log times are recorded at most once a second', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin();
  const codex = await world.codex(1);
  for (const count of [2, 3, 4]) {
    codex.says(message('x'));
    await soon('it is read', () => runner.logged.length >= count);
    world.clock.turn(400);
  }
  codex.says(message('x'));
  await soon('it is noted', async () => (await world.state.readTimes()).split('\n').length === 3);
  const [first = '', second = ''] = (await world.state.readTimes()).split('\n');
  // Of that line or the one before: the look after a second may come before the line.
  const laterMs = Number(second.split(' ')[1]) - Number(first.split(' ')[1]);
  expect([800, 1200]).toContain(laterMs);
});

test('the time of a session’s last line is recorded too', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin(oneSession);
  const codex = await world.codex(1);
  codex.says(threadStarted(), message('first'));
  await soon('it is read', () => runner.logged.length >= 3);
  world.clock.turn(100);
  await soon('it is copied', () => world.log.length === 3);
  const offset = fs.statSync(world.task.logPath).size;
  codex.says(message('last')).exits();
  await world.closes(codex);
  const notes = readTimeNotes(await world.state.readTimes());
  expect(notes.at(-1)).toMatchObject({ offset });
});

test('changed files are recorded once each, and the next session starts a new list', async () => {
  world.writeList(listOf(0, 3));
  await world.begin();
  const codex = await world.codex(1);
  const changed = (...paths: string[]) => ({
    type: 'item.completed',
    item: {
      id: 'item_1',
      type: 'file_change',
      changes: paths.map((path) => ({ path: join(world.project, path), kind: 'update' })),
      status: 'completed',
    },
  });
  codex.says(threadStarted(), changed('a.ts', 'b.ts'), changed('b.ts', 'c.ts'));
  await soon('they are noted', () => stateSnapshot(world.state.path).readFiles().includes('c.ts'));
  expect(stateSnapshot(world.state.path).readFiles()).toBe('"a.ts"\n"b.ts"\n"c.ts"\n');
  world.writeList(listOf(1, 3));
  codex.says(turnCompleted(1)).exits();
  await world.closes(codex);
  await soon('the next one begins', () => {
    world.clock.turn(1000);
    return world.processes.codexes.length === 2;
  });
  expect(stateSnapshot(world.state.path).readFiles()).toBe('');
});

test('a sleep of the machine during a session is recorded and is not a stall', async () => {
  world.writeList(listOf(1, 3));
  const runner = await world.begin();
  const codex = await world.codex(1);
  codex.says(message('before'));
  await soon('it is read', () => runner.logged.length >= 2);
  world.clock.sleep(3 * 3_600_000);
  world.clock.turn(1000);
  await soon('it is noted', async () =>
    /^slept \d+ 10800000$/mu.test(await world.state.readTimes()),
  );
  expect(world.record).toMatchObject({ phase: 'working', session: { number: 1 } });
});

test('setting the clock forward by a day does not use up --max-wait', async () => {
  world.writeList(listOf(1, 3));
  const hour = 3_600_000;
  await world.begin({ settings: { waitsForUser: true, maxWaitMs: 6 * hour } });
  const failed = turnFailed('unexpected status 401 Unauthorized');
  (await world.codex(1)).says(threadStarted(), failed).exits({ exitCode: 1 });
  await world.phase('needs you');
  world.clock.set(world.clock.now() + 24 * hour);
  await soon('it looks again', () => {
    world.clock.turn(60_000);
    return world.processes.codexes.length === 2;
  });
  (await world.codex(2)).says(threadStarted(), failed).exits({ exitCode: 1 });
  await world.phase('needs you');
});
