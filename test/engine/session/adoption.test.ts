import { appendFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { outputPath } from '../../../source/system/state/files/output-files.ts';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import {
  message,
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
  world.writeList(listOf(1, 3));
});

afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
});

function fileAt(path: string): { device: number; inode: number } {
  const { dev, ino } = statSync(path);
  return { device: dev, inode: ino };
}

/** How many lines of this type the log has. */
const count = (type: string): number => world.log.filter((line) => line['type'] === type).length;

describe('a runner that is killed while Codex works', () => {
  test('leaves Codex working; the next runner adopts it and records its end once', async () => {
    const first = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    await soon('the conversation is saved', () => first.saved.length > 0);
    first.die();
    codex.says(message('nobody reads this yet'));

    const second = await world.begin();
    await soon('all is read, from the first line', () => second.logged.length === 3);
    expect(world.record).toMatchObject({
      phase: 'working',
      runner: second.deps.self,
      session: { number: 1, uuid: codex.uuid },
    });
    codex.says(turnCompleted(1000)).exits();
    await world.closes(codex);
    expect(world.ownLines).toEqual([
      { type: 'autonomous.session.started', session: 1, role: 'executor' },
      {
        type: 'autonomous.session.ended',
        session: 1,
        // No runner was there to see it.
        exitCode: null,
        signal: null,
        outcome: 'completed',
      },
    ]);
    expect(world.record.usage.inputTokens).toBe(1000);
    await world.phase('resting');
    world.clock.turn(3000);
    await world.codex(2);
    expect(codex.signals).toEqual([]);
  });

  test('is not adopted by a task to which its log was moved', async () => {
    const first = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    await soon('the conversation is saved', () => first.saved.length > 0);
    first.die();
    // The record becomes that of another task, whose session this is.
    const { directory, ...record } = world.record;
    const other = join(dirname(world.state.path), 'other');
    mkdirSync(other);
    const theirs = { ...record, directory: { ...directory, inode: directory.inode + 1 } };
    writeFileSync(join(other, 'run.json'), JSON.stringify(theirs), { mode: 0o600 });
    rmSync(join(world.state.path, 'run.json'));

    await world.begin();
    const own = await world.codex(2);
    expect(world.record.session).toMatchObject({ number: 2, uuid: own.uuid });
    expect(codex.signals).toEqual([]);
    // One of them is the other task's.
    expect(world.processes.broken.splice(0)).toEqual(['two Codex live']);
  });

  test('between the start and the record leaves the marker by which Codex is found', async () => {
    const first = world.runner();
    world.processes.onStart = () => first.die();
    void first.start(world.request());
    const codex = await soon('Codex runs', () => world.processes.codexes[0]);
    expect(world.record.session).toMatchObject({ uuid: codex.uuid, codex: null });

    world.processes.onStart = () => {};
    await world.begin();
    await world.phase('working');
    expect(world.processes.codexes).toHaveLength(1);
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await world.closes(codex);
    expect(world.ownLines.at(-1)).toMatchObject({ outcome: 'completed' });
  });

  test('wherever each runner dies, no session and no end is doubled', async () => {
    // Each runner dies at its nth call of a dep; the next one goes on.
    for (let step = 1; step <= 24; step++) {
      const mortal = world.runner();
      mortal.diesAfter(step);
      void mortal.start(world.request()).catch(() => {});
      await soon('it has died or works', () => mortal.isDead || isWorking());
      mortal.die();
      for (const codex of world.processes.codexes) {
        if (codex.lives) codex.says(threadStarted(), turnCompleted(step)).exits();
      }
    }
    const last = await world.begin();
    await soon('the last one starts or rests', () => {
      world.clock.turn(500);
      return world.processes.codexes.some(({ lives }) => lives);
    });
    last.run.want('end at once');
    await last.run.ended;
    const uuids = (type: string) =>
      world.log.flatMap((line) => (line['type'] === type ? [String(line['uuid'])] : []));
    const started = uuids('autonomous.session.started');
    const ended = uuids('autonomous.session.ended');
    expect(new Set(started).size).toBe(started.length);
    expect(ended.toSorted()).toEqual(started.toSorted());
    const known = new Set(started);
    expect(world.processes.codexes.filter(({ uuid }) => !known.has(uuid))).toEqual([]);
  });

  const isWorking = (): boolean => world.processes.codexes.some(({ lives }) => lives);
});

test('a session that an older version started is followed in session.log, as then', async () => {
  const first = await world.begin();
  const codex = await world.codex(1);
  await soon('the log says so', () => world.log.length === 1);
  first.die();
  const { device, inode } = fileAt(world.task.logPath);
  const { output: _output, ...session } = world.record.session!;
  const log = { ...session.log, device, inode };
  const record = { ...world.record, session: { ...session, log } };
  writeFileSync(join(world.state.path, 'run.json'), JSON.stringify(record));
  rmSync(outputPath(world.state.path, codex.uuid));
  const say = (event: object): void =>
    appendFileSync(world.task.logPath, `${JSON.stringify(event)}\n`);
  say(threadStarted());

  const second = await world.begin();
  await soon('the conversation is saved', () => second.saved.length > 0);
  say(turnCompleted(1000));
  writeFileSync(world.task.errorLogPath, 'a warning\n');
  codex.exits();
  await world.closes(codex);
  expect(world.log.map(({ type }) => type)).toEqual([
    'autonomous.session.started',
    'thread.started',
    'turn.completed',
    'autonomous.stderr',
    'autonomous.session.ended',
  ]);
  expect(world.record.usage.inputTokens).toBe(1000);
  expect(world.read('session.err.log')).toBe('');
});

describe('a session that was never closed and whose Codex is gone', () => {
  const leaveOpen = async (): Promise<void> => {
    const first = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    await soon('the conversation is saved', () => first.saved.length > 0);
    first.die();
    codex.stragglers = 1;
    codex.warns('a last word\n').says(turnCompleted(1000)).exits();
  };

  test('is closed, and its stragglers are ended, before anything is started', async () => {
    await leaveOpen();
    await world.begin({ settings: { autoContinue: false } });
    const second = await world.codex(2);
    expect(world.processes.codexes[0]?.stragglers).toBe(0);
    expect(count('autonomous.session.ended')).toBe(1);
    expect(world.log.map(({ type }) => type)).toEqual([
      'autonomous.session.started',
      'thread.started',
      'turn.completed',
      'autonomous.stderr',
      'autonomous.session.ended',
      'autonomous.session.started',
    ]);
    expect(second.prompt).toContain('session 2');
    expect(world.record).toMatchObject({ sessionsInRun: 1, usage: { inputTokens: 1000 } });
  });

  test('whose end is already in the log gets no second one, and what Codex wrote is kept', async () => {
    await leaveOpen();
    const [started] = world.log;
    const ended = { ...started, type: 'autonomous.session.ended', outcome: 'completed' };
    appendFileSync(world.task.logPath, `${JSON.stringify(ended)}\n`);
    await world.begin();
    await world.codex(2);
    expect(count('autonomous.session.ended')).toBe(1);
    expect(count('autonomous.stderr')).toBe(0);
    const { uuid } = world.processes.codexes[0]!;
    expect(existsSync(outputPath(world.state.path, uuid))).toBe(true);
  });

  test('is resumed if the user asks for the last conversation', async () => {
    await leaveOpen();
    await world.begin({ resumeLast: true });
    const second = await world.codex(2);
    expect(second.start.arguments).toContain(thread);
  });

  test('whose conversation id was never saved has it saved when it is closed', async () => {
    const first = world.runner();
    world.processes.onStart = () => first.die();
    void first.start(world.request());
    const codex = await soon('Codex runs', () => world.processes.codexes[0]);
    codex.says(threadStarted(), turnCompleted(1)).exits();
    world.processes.onStart = () => {};
    await world.begin();
    await world.codex(2);
    expect(world.read('session.id')).toBe(`${thread}\n`);
  });
});

test.each([
  ['ran out of room', 'ran out of room in the model’s context window'],
  ['was interrupted in the middle', 'stream disconnected before completion: …'],
])('a new run is told that the last session of the previous run %s', async (told, words) => {
  const first = await world.begin();
  const codex = await world.codex(1);
  first.run.want('pause after session');
  await soon('it is written down', () => world.record.pause === 'after session');
  codex.says(threadStarted(), turnFailed(words)).exits({ exitCode: 1 });
  await first.run.ended;
  await world.begin();
  expect((await world.codex(2)).prompt).toContain(told);
});

describe('a recovered run', () => {
  const asTakenUp = { recovers: true, description: null } as const;

  test('is the same run: its record gives sandbox, sessions, failures and pause', async () => {
    const first = await world.begin({
      sandbox: 'danger-full-access',
      settings: { maxSessions: 2, autoContinue: true },
    });
    const codex = await world.codex(1);
    first.run.want('pause after session');
    await soon('it is written down', () => world.record.pause === 'after session');
    first.die();
    const second = await world.begin({ ...asTakenUp, sandbox: 'workspace-write' });
    expect(world.record).toMatchObject({
      sandbox: 'danger-full-access',
      maxSessions: 2,
      sessionsInRun: 1,
      pause: 'after session',
      takenUpAt: [world.clock.now()],
    });
    codex.says(threadStarted(), turnCompleted(1)).exits();
    world.clock.turn(500);
    expect(await second.run.ended).toMatchObject({ kind: 'paused' });
  });

  test('counts the session that died with its runner', async () => {
    const first = await world.begin({ settings: { maxSessions: 1 } });
    const codex = await world.codex(1);
    first.die();
    codex.says(threadStarted(), turnCompleted(1)).exits();
    const second = await world.begin(asTakenUp);
    expect(await second.run.ended).toMatchObject({ kind: 'stopped' });
    expect(world.processes.codexes).toHaveLength(1);
  });

  test('that has ended meanwhile is not started again', async () => {
    const first = await world.begin();
    await world.codex(1);
    first.run.want('pause now');
    await first.run.ended;
    const second = await world.begin(asTakenUp);
    expect(second.refused).toEqual({ refused: 'over', pid: null });
    expect(world.record.ending).toMatchObject({ kind: 'paused' });
    const lock = await world.state.takeLock(0);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  test('counts its recoveries of the last ten minutes', async () => {
    const first = await world.begin();
    await world.codex(1);
    first.die();
    for (const minutes of [1, 2, 20]) {
      world.clock.turn(minutes * 60_000);
      const next = await world.begin(asTakenUp);
      await world.phase('working');
      next.die();
    }
    expect(world.record.takenUpAt).toEqual([world.clock.now()]);
  });
});

describe('full access', () => {
  test('of an adopted session is announced, and shown while the session is alive', async () => {
    const first = await world.begin({ sandbox: 'danger-full-access' });
    const codex = await world.codex(1);
    first.die();
    const second = await world.begin();
    expect(world.record.sandbox).toBe('danger-full-access');
    expect(second.notes).toEqual([expect.stringMatching(/^The running session has full/)]);
    codex.exits();
    await world.closes(codex);
    expect(world.record.sandbox).toBe('workspace-write');
  });

  test('is not carried over to the next run, which says so', async () => {
    const first = await world.begin({ sandbox: 'danger-full-access' });
    const codex = await world.codex(1);
    first.die();
    codex.exits();
    const second = await world.begin();
    expect(second.notes).toEqual([expect.stringMatching(/^The last run had full access; this/)]);
    const next = await world.codex(2);
    expect(next.start.arguments).toContain('sandbox_mode="workspace-write"');
  });
});
