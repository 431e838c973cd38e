import { appendFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import { otherThread, started, threadStarted, turnCompleted } from '../../helpers/log-lines.ts';

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

/** As in a moved project: its state is under another path. */
const loseState = (): void => rmSync(world.state.path, { recursive: true });

describe('a task without a record', () => {
  test('adopts its living session, and nothing is started beside it', async () => {
    const first = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    await soon('it is copied', () => {
      world.clock.turn(100);
      return world.log.length === 2;
    });
    first.die();
    loseState();
    const second = await world.begin({ settings: { autoContinue: false } });
    await soon('the conversation is saved', () => second.saved.length > 0);
    world.clock.turn(5000);
    // What Codex wrote since is lost with the state.
    codex.exits();
    world.clock.turn(500);
    expect(await second.run.ended).toMatchObject({ kind: 'failed' });
    expect(world.ownLines.at(-1)).toMatchObject({ outcome: 'interrupted' });
    expect(world.processes.codexes).toHaveLength(1);
    expect(world.log.filter(({ type }) => type === 'autonomous.session.ended')).toHaveLength(1);
  });

  test('tells the next session about the one that died', async () => {
    const first = await world.begin();
    const codex = await world.codex(1);
    first.die();
    codex.exits();
    loseState();
    await world.begin();
    expect((await world.codex(2)).prompt).toContain('was interrupted in the middle');
  });

  test('tells nothing if the last session was closed', async () => {
    const first = await world.begin();
    const codex = await world.codex(1);
    first.run.want('pause after session');
    await soon('it is written down', () => world.record.pause === 'after session');
    codex.says(threadStarted(), turnCompleted(1)).exits();
    await first.run.ended;
    loseState();
    await world.begin();
    expect((await world.codex(2)).prompt).not.toContain('was interrupted in the middle');
  });

  test('does not wait for a session that exists only in its log', async () => {
    const line = started(7, { uuid: otherThread });
    appendFileSync(world.task.logPath, `${JSON.stringify(line)}\n`);
    await world.begin();
    expect((await world.codex(1)).prompt).toContain('session 8');
  });
});
