import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuidancePiece } from '../../../source/core/guidance/guidance.ts';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import type { FakeCodex } from '../../helpers/fake-codex.ts';
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
});
afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
});

const turnStarted = { type: 'turn.started' };

async function say(text: string, when: GuidancePiece['when'] = 'next'): Promise<GuidancePiece> {
  fs.mkdirSync(world.state.path, { recursive: true, mode: 0o700 });
  const directory = await world.task.identity();
  return world.state.addGuidance({ text, when, at: world.clock.now() }, directory!);
}

const pieces = async (): Promise<readonly GuidancePiece[]> =>
  world.state.readGuidance(await world.task.identity());

const toldIn = async (): Promise<(number | null)[]> =>
  (await pieces()).map(({ told }) => told?.session ?? null);

async function next(codex: FakeCodex): Promise<FakeCodex> {
  codex.says(turnCompleted(10)).exits();
  await world.closes(codex);
  await world.phase('resting');
  world.clock.turn(3000);
  return world.codex(world.processes.codexes.length + 1);
}

test('what waits is in the next prompt, in its order, told when the turn begins, and never again', async () => {
  world.writeList(listOf(1, 3));
  await say('Use PostgreSQL');
  await say('Not SQLite');
  const runner = await world.begin();
  const first = await world.codex(1);
  expect(first.prompt).toMatch(
    /^> Use PostgreSQL\nAnd:\n> Not SQLite\nNext open step: 2\. step 2$/m,
  );
  expect(await toldIn()).toEqual([null, null]);
  first.says(threadStarted(), turnStarted);
  await soon('it is told', () => (world.hint(), runner.notes.length === 1));
  expect(await toldIn()).toEqual([1, 1]);
  await say('And write a migration');
  const second = await next(first);
  expect(second.prompt).toContain('> And write a migration');
  expect(second.prompt).not.toContain('PostgreSQL');
  expect(world.log.find(({ type }) => type === 'autonomous.told')).toMatchObject({
    session: 1,
    texts: ['Use PostgreSQL', 'Not SQLite'],
  });
});

test('what was taken back is told to nobody, and what is in a prompt cannot be taken back', async () => {
  world.writeList(listOf(1, 3));
  const first = await say('Use PostgreSQL');
  const second = await say('Use SQLite');
  expect(await world.state.takeBackGuidance(first.id)).toBe(true);
  expect(await world.state.takeBackGuidance(first.id)).toBe(false);
  await world.begin();
  const codex = await world.codex(1);
  expect(codex.prompt).not.toContain('PostgreSQL');
  expect(codex.prompt).toContain('> Use SQLite');
  expect(await world.state.takeBackGuidance(second.id)).toBe(false);
});

test('a turn that fails before the model has said anything has told nothing', async () => {
  world.writeList(listOf(1, 3));
  await say('Use PostgreSQL');
  await world.begin();
  const first = await world.codex(1);
  first.says(threadStarted(), turnStarted, turnFailed('exceeded retry limit')).exits();
  await world.closes(first);
  expect(await toldIn()).toEqual([null]);
  await world.phase('waiting');
  world.clock.turn(60_000);
  const second = await world.codex(2);
  expect(second.prompt).toContain('> Use PostgreSQL');
  second.says(threadStarted(), turnStarted, message('Done'), turnFailed('stream lost')).exits();
  await world.closes(second);
  expect(await toldIn()).toEqual([2]);
});

test('what cannot wait interrupts the session, and the same conversation gets it', async () => {
  world.writeList(listOf(1, 3));
  await world.begin();
  const first = await world.codex(1);
  first.says(threadStarted(), turnStarted);
  await soon('the conversation is known', () => (world.hint(), world.record.session?.threadId));
  await say('Stop: use PostgreSQL', 'now');
  const second = await soon('the next session runs', () => {
    world.clock.turn(250);
    return world.processes.codexes[1];
  });
  expect(first.signals).toEqual(['SIGINT']);
  expect(second.start.arguments).toContain(thread);
  expect(second.prompt).toContain('> Stop: use PostgreSQL');
});

test('what waits when every step is done becomes a step, and the run goes on', async () => {
  world.writeList(listOf(2, 3));
  await world.begin();
  const first = await world.codex(1);
  first.says(threadStarted(), turnStarted);
  await say('Add a changelog');
  // What only says what the user edited is no work to do.
  for (const about of ['list', 'description', 'notes'] as const) {
    const piece = { text: `I changed the ${about}`, when: 'next', at: 0, about } as const;
    await world.state.addGuidance(piece, (await world.task.identity())!);
  }
  world.writeList(listOf(3, 3));
  const second = await next(first);
  expect(world.read('task_list.md')).toBe(`${listOf(3, 3)}- [ ] Add a changelog\n`);
  expect(second.prompt).toMatch(/> Add a changelog\n[^]*\nNext open step: 4\. Add a changelog/);
});

test('what is told of another task in the same place is left alone', async () => {
  world.writeList(listOf(1, 3));
  await say('Use PostgreSQL');
  fs.renameSync(world.task.path, join(world.directory, 'away'));
  world.writeList(listOf(1, 3));
  expect(await pieces()).toEqual([]);
  await world.begin();
  expect((await world.codex(1)).prompt).not.toContain('PostgreSQL');
});

test('a runner that dies anywhere between saying and telling leaves each piece told once, or waiting', async () => {
  // Every fourth call of its deps, others in each run.
  for (let steps = 1 + Math.floor(Math.random() * 4); ; steps += 4) {
    world.remove();
    world = new EngineWorld();
    world.writeList(listOf(1, 4));
    await say('Use PostgreSQL');
    const runner = await world.begin();
    runner.diesAfter(steps);
    const begun = (codex: FakeCodex): boolean => codex.prompt.includes('> Use PostgreSQL');
    const first = await soon('a Codex runs, or the runner is dead', () => {
      world.hint();
      return world.processes.codexes[0] ?? (runner.isDead ? 'dead' : null);
    });
    if (first !== 'dead') first.says(threadStarted(), turnStarted);
    await soon('it is dead, or has told', () => {
      world.hint();
      return runner.isDead || runner.notes.length === 1;
    });
    const survived = !runner.isDead;
    if (first !== 'dead') first.says(message('Done'), turnCompleted(10)).exits();
    if (!survived) {
      await world.begin({ recovers: true });
      const second = await soon(`the next session runs after ${steps} steps`, () => {
        world.clock.turn(500);
        return world.processes.codexes[first === 'dead' ? 0 : 1];
      });
      second.says(threadStarted(), turnStarted);
      await soon('its turn is read', () => {
        world.clock.turn(500);
        return world.record.phase === 'working' && world.record.session?.threadId !== null;
      });
    }
    await vi.waitFor(async () => expect((await toldIn())[0], `${steps} steps`).not.toBeNull());
    const had = world.processes.codexes.filter(begun).length;
    expect(had, `after ${steps} steps`).toBe(1);
    if (survived) {
      expect(steps).toBeGreaterThan(20);
      return;
    }
  }
}, 120_000);
