import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon, type Runner } from '../../helpers/engine-world.ts';
import { thread, threadStarted, turnCompleted } from '../../helpers/log-lines.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let world: EngineWorld;

beforeEach(() => {
  world = new EngineWorld();
  world.writeList(listOf(1, 3));
  fs.writeFileSync(join(world.task.path, 'session.id'), `${thread}\n`);
});

afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
});

const resumes = { resumeLast: true, settings: { autoContinue: false } };
const inUse =
  'The conversation is in use by pid 4711 (codex resume); to free it: quit that program';
const codexSays = [
  '2026-11-28T02:15:35Z ERROR codex_core::session: thread 01a2 already has an active writer',
  'Error: thread/resume failed: thread 01a2 already has an active writer (code -32600)',
  'Stack backtrace:',
  '   0: std::backtrace::Backtrace::create',
].join('\n');

const sessionsSaid = (runner: Runner): number =>
  runner.announced.filter(({ kind }) => kind === 'session').length;

describe('a conversation that another process works in', () => {
  beforeEach(() => {
    world.processes.others = [{ pid: 4711, program: 'codex resume' }];
  });

  test('is waited for without a session, and the wait says once who has it', async () => {
    const runner = await world.begin(resumes);
    await soon('it is said', () => runner.announced.length > 0);
    await soon('it has looked ten times', () => {
      world.clock.turn(3000);
      return world.processes.looksForOthers >= 10;
    });
    expect(world.record).toMatchObject({ sessionsInRun: 0, wait: { reason: inUse, until: null } });
    expect(world.processes.codexes).toEqual([]);
    expect(runner.announced).toEqual([{ kind: 'waits', reason: inUse, until: null }]);
    expect(fs.existsSync(world.task.logPath)).toBe(false);
  });

  test('is resumed within seconds once it is free, as the first session', async () => {
    await world.begin(resumes);
    await world.phase('waiting');
    world.processes.others = [];
    await soon('Codex is started', () => {
      world.clock.turn(500);
      return world.processes.codexes[0];
    });
    const { start } = await world.codex(1);
    expect(start.arguments.slice(-2)).toEqual([thread, '-']);
    expect(world.record).toMatchObject({ phase: 'working', sessionsInRun: 1, wait: null });
  });

  test('can be paused meanwhile', async () => {
    const runner = await world.begin(resumes);
    await world.phase('waiting');
    runner.run.want('pause now');
    expect(await runner.run.ended).toMatchObject({ kind: 'paused' });
  });

  test('does not hold up a session in a new one', async () => {
    await world.begin({ settings: { autoContinue: false } });
    expect((await world.codex(1)).start.arguments).not.toContain('resume');
  });
});

describe('a writer that only Codex knows of, as another user’s', () => {
  test('counts no session, leaves one line in the log, and is tried again after half a minute', async () => {
    const runner = await world.begin(resumes);
    (await world.codex(1)).warns(codexSays).exits({ exitCode: 1 });
    await world.phase('waiting');
    expect(world.record).toMatchObject({
      sessionsInRun: 0,
      wait: { reason: expect.stringMatching(/in use by another Codex; to free it/) as string },
    });
    const lines = world.log.filter(({ type }) => type === 'autonomous.stderr');
    expect(lines.map(({ text }) => text)).toEqual([codexSays.split('\n')[1]]);
    world.clock.turn(20_000);
    expect(sessionsSaid(runner)).toBe(1);
    world.clock.turn(25_000);
    const second = await world.codex(2);
    expect(second.start.arguments).toContain(thread);
    second.says(threadStarted(), turnCompleted(1)).exits();
    // --no-auto-continue: one session, and that was this one.
    expect(await runner.run.ended).toMatchObject({ kind: 'stopped' });
    expect(world.record.sessionsInRun).toBe(1);
  });
});
