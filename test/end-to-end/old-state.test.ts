// Tasks that version 0.1 and the shell runner before it left on disk: lists, records, logs and a conversation. Users
// have such directories, so every later version reads them and continues from there.

import { describe, expect } from 'vitest';
import { bootId } from '../../source/system/process/identity.ts';
import { layOutOldState, oldTasks, type OldTask } from '../helpers/old-state.ts';
import { test, type ListedTask, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

/** Enough for several sessions of the real Codex. */
const patience = { timeoutMs: 60_000 };

type PrintedEntry = {
  offset: number;
  kind: string;
  startedAt?: string | null;
  endedAt?: string | null;
  ended?: { at: string | number | null } | null;
};

function entriesIn(text: string): PrintedEntry[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => comparable(JSON.parse(line) as PrintedEntry));
}

/**
 * Version 0.1 printed the end of a session as a number, and gave Codex's standard error the time of the next session.
 * A later version may correct both, so an end is compared as a date, and the times of standard error are not compared.
 */
function comparable({ startedAt, endedAt, ended, ...entry }: PrintedEntry): PrintedEntry {
  const times = entry.kind === 'stderr' ? {} : { startedAt, endedAt };
  if (ended === undefined) return { ...entry, ...times };
  const end = ended && {
    ...ended,
    at: ended.at === null ? null : new Date(ended.at).toISOString(),
  };
  return { ...entry, ...times, ended: end };
}

/** `started 1`, `ended 1 completed` and so on, in the order of the log. */
async function sessionsIn(world: EndToEndWorld, task: OldTask): Promise<string[]> {
  const own = (await world.task(task).read('session.log'))
    .split('\n')
    .filter((line) => line.startsWith('{"type":"autonomous.session.'))
    .map((line) => JSON.parse(line) as { type: string; session: number; outcome?: string });
  return own.map(({ type, session, outcome }) =>
    [type.split('.').at(-1), session, outcome].filter((part) => part !== undefined).join(' '),
  );
}

async function listedTasks(world: EndToEndWorld): Promise<ListedTask[]> {
  const { stdout } = await world.run(['--list', '--json']);
  return (JSON.parse(stdout) as { tasks: ListedTask[] }).tasks;
}

describe('what version 0.1 left on disk', { concurrent: true }, () => {
  test('each task is listed exactly as version 0.1 listed it', async ({ makeWorld }) => {
    const world = await makeWorld();
    const old = await layOutOldState(world);
    const list = await world.run(['--list']);
    expect(list).toMatchObject({ exitCode: 0, stderr: '' });
    expect(list.stdout).toBe(await old.printed('list.txt'));
    // A later version may add fields; those of 0.1 keep their values.
    const json = await world.run(['--list', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject(
      JSON.parse(await old.printed('list.json')) as object,
    );
  });

  test('each log prints the entries that version 0.1 printed, at the same times and offsets', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const old = await layOutOldState(world);
    for (const task of oldTasks) {
      const recorded = entriesIn(await old.printed(`log-${task}.jsonl`)).map((entry) => ({
        ...entry,
        offset: old.offsetNow(task, entry.offset),
      }));
      const { stdout, exitCode } = await world.run(['--log', task, '--json']);
      expect(exitCode, task).toBe(0);
      expect(entriesIn(stdout), task).toMatchObject(recorded);
    }
  });

  test('a paused task resumes the conversation that the pause interrupted, and comes to done', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await layOutOldState(world);
    const task = world.task('paused');
    const thread = (await task.read('session.id')).trim();
    const before = await task.read('session.log');
    const usedBefore = (await task.record())!.usage.inputTokens;

    const { exitCode, stdout } = await world.run(
      ['--headless', '--task-name', 'paused', '--continue', '--resume-last'],
      patience,
    );
    expect({ exitCode, done: stdout.includes('ALL TASKS COMPLETED') }).toEqual({
      exitCode: 0,
      done: true,
    });
    expect(await world.listed('paused')).toMatchObject({ state: 'done', done: 3, total: 3 });

    // The model gets the whole conversation: the turn that the pause interrupted, then the new prompt.
    const [first] = world.requests;
    expect(first?.turn).toBe(2);
    expect(first?.userMessages.join('\n')).toContain('Role: Executor (session 3)');
    expect(JSON.stringify(first?.items)).toContain('*** Add File: src/paused/step-store.sh');
    expect(await task.logged('autonomous.session.started')).toMatchObject([
      { session: 1 },
      { session: 2 },
      { session: 3 },
      { session: 4, resumes: thread },
      { session: 5 },
    ]);
    const threads = (await task.logged('thread.started')).map((event) => event.thread_id);
    expect(threads.slice(2, 4)).toEqual([thread, thread]);
    expect((await task.read('session.log')).startsWith(before)).toBe(true);
    expect((await task.record())!.usage.inputTokens).toBeGreaterThan(usedBefore);
  });

  test('--continue-all recovers an interrupted task, which comes to done, and changes no other task', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await layOutOldState(world);
    const others = (await listedTasks(world)).filter(({ name }) => name !== 'killed');

    const { exitCode, stdout, stderr } = await world.run(['--continue-all']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('killed');
    await world.untilListed('killed', 'done', patience);
    await expectKilledIsRecovered(world);
    expect((await listedTasks(world)).filter(({ name }) => name !== 'killed')).toEqual(others);
  });

  test('an open dashboard recovers a task whose runner died on this boot', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    await layOutOldState(world, bootId());
    await world.dashboard();
    await world.untilListed('killed', 'done', patience);
    await expectKilledIsRecovered(world);
    expect(await world.listed('paused')).toMatchObject({ state: 'paused', done: 1 });
  });

  test('to continue a task that is done starts no session', async ({ makeWorld }) => {
    const world = await makeWorld();
    await layOutOldState(world);
    const before = await world.task('finished').read('session.log');
    const { exitCode } = await world.run(['--headless', '--task-name', 'finished', '--continue']);
    expect(exitCode).toBe(0);
    expect(world.requests).toEqual([]);
    expect(await world.task('finished').read('session.log')).toBe(before);
    expect((await world.listed('finished'))?.state).toBe('done');
  });
});

/** The log closes the third session, which was interrupted, once; the prompt of the fourth one mentions it. */
async function expectKilledIsRecovered(world: EndToEndWorld): Promise<void> {
  expect(await sessionsIn(world, 'killed')).toEqual([
    'started 1',
    'ended 1 completed',
    'started 2',
    'ended 2 completed',
    'started 3',
    'ended 3 interrupted',
    'started 4',
    'ended 4 completed',
    'started 5',
    'ended 5 completed',
  ]);
  expect(world.requests[0]?.prompt).toContain('interrupted');
  // The standard error of the interrupted session was in a file of its own; now it is in the log.
  const log = await world.task('killed').read('session.log');
  expect(log.match(/"autonomous\.stderr".*apply_patch verification failed/gu)).toHaveLength(2);
}

test.concurrent(
  'a task of the shell runner is continued to done, and its log is kept',
  async ({ makeWorld }) => {
    const world = await makeWorld();
    await layOutOldState(world);
    const task = world.task('by-shell');
    const before = await task.read('session.log');
    const { exitCode } = await world.run(
      ['--headless', '--task-name', 'by-shell', '--continue'],
      patience,
    );
    expect(exitCode).toBe(0);
    expect(await world.listed('by-shell')).toMatchObject({ state: 'done', done: 3, total: 3 });
    expect((await task.read('session.log')).startsWith(before)).toBe(true);
    expect(await sessionsIn(world, 'by-shell')).toEqual([
      'started 1',
      'ended 1 completed',
      'started 2',
      'ended 2 completed',
    ]);
  },
);
