import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon, type Runner } from '../../helpers/engine-world.ts';
import { threadStarted, turnCompleted, turnFailed } from '../../helpers/log-lines.ts';

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

const away = (): string => join(world.directory, 'away');
const moveAway = (): void => fs.renameSync(world.project, away());
const moveBack = (): void => fs.renameSync(away(), world.project);

const interrupted = {
  kind: 'interrupted',
  sentence: expect.stringMatching(/is no longer in .*docs-site: if it was moved/) as string,
};

/** Advances the clock until the run is over. */
async function ends(runner: Runner): Promise<void> {
  await soon('the run ends', () => {
    if (runner.ending !== null) return true;
    world.clock.turn(1000);
    return false;
  });
}

describe('a run whose task directory is gone', () => {
  test('interrupts Codex, which cannot start a command there, and ends', async () => {
    const runner = await world.begin();
    const codex = await world.codex(1);
    moveAway();
    world.clock.turn(1000);
    await soon('Codex is told', () => codex.signals.length > 0);
    codex.exits();
    await ends(runner);
    expect(runner.ending).toMatchObject(interrupted);
    expect(codex.signals).toEqual(['SIGINT']);
  });

  test('leaves no ending, so that it can be recovered like after a killed runner', async () => {
    const runner = await world.begin();
    (await world.codex(1)).says(threadStarted());
    moveAway();
    world.processes.codexes[0]!.exits();
    await ends(runner);
    expect(world.record).toMatchObject({ ending: null, session: { number: 1, ended: null } });

    moveBack();
    const next = await world.begin({ recovers: true });
    await soon('the next session runs', () => {
      world.clock.turn(1000);
      return world.processes.codexes.length === 2;
    });
    const { prompt } = await world.codex(2);
    expect(prompt).toContain('(session 2)');
    expect(prompt).toContain('was interrupted in the middle');
    expect(world.ownLines).toMatchObject([
      { type: 'autonomous.session.started', session: 1 },
      { type: 'autonomous.session.ended', session: 1 },
      { type: 'autonomous.session.started', session: 2 },
    ]);
    next.run.want('pause now');
  });

  test('does not fail, although its list is missing and its log cannot be written', async () => {
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted(), turnCompleted(1));
    moveAway();
    // Before the first check that the directory is there.
    codex.exits();
    await ends(runner);
    expect(runner.ending).toMatchObject(interrupted);
  });

  test('does not wait for the user first', async () => {
    const runner = await world.begin({ settings: { waitsForUser: true } });
    const codex = await world.codex(1);
    codex.says(threadStarted(), turnFailed('unexpected status 401 Unauthorized')).exits({
      exitCode: 1,
    });
    await world.phase('needs you');
    moveAway();
    await ends(runner);
    expect(runner.ending).toMatchObject(interrupted);
  });

  test('ends too when the directory was deleted, and writes nothing into a new one of that name', async () => {
    const runner = await world.begin();
    const codex = await world.codex(1);
    fs.renameSync(world.task.path, join(world.directory, 'deleted'));
    world.writeList(listOf(0, 2));
    world.clock.turn(1000);
    await soon('Codex is told', () => codex.signals.length > 0);
    codex.exits();
    await ends(runner);
    expect(runner.ending).toMatchObject(interrupted);
  });
});
