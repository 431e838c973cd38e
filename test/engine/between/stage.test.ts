import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineWorld, listOf, soon, type Asked, type Runner } from '../../helpers/engine-world.ts';
import type { FakeCodex } from '../../helpers/fake-codex.ts';
import { partsInForce } from '../../../source/core/stage/stage.ts';
import { threadStarted, turnCompleted } from '../../helpers/log-lines.ts';

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

const item = (stage: 'started' | 'completed', fields: object): object => ({
  type: `item.${stage}`,
  item: { id: 'item_1', ...fields },
});
const command = (text: string, exitCode: number | null = null): object =>
  item(exitCode === null ? 'started' : 'completed', {
    type: 'command_execution',
    command: text,
    aggregated_output: '',
    exit_code: exitCode,
    status: exitCode === null ? 'in_progress' : 'completed',
  });
const patch = (path: string, stage: 'started' | 'completed'): object =>
  item(stage, {
    type: 'file_change',
    changes: [{ path, kind: 'update' }],
    status: stage === 'started' ? 'in_progress' : 'completed',
  });

/** The runner has read what Codex has said so far. */
async function read(runner: Runner, events: number): Promise<void> {
  await soon('the events are read', () => {
    world.hint();
    return runner.logged.filter(({ type }) => type === 'item').length >= events;
  });
}

async function begin(
  list: string,
  settings: object = {},
  more: Asked = {},
): Promise<[Runner, FakeCodex]> {
  world.writeList(list);
  const runner = await world.begin({ ...more, settings });
  const codex = await world.codex(1);
  codex.says(threadStarted());
  return [runner, codex];
}

/** Codex patches the list, as its log tells. */
async function patchList(runner: Runner, codex: FakeCodex, list: string): Promise<void> {
  const path = join(world.task.path, 'task_list.md');
  const before = runner.logged.length;
  codex.says(patch(path, 'started'));
  await soon('the start is read', () => (world.hint(), runner.logged.length > before));
  world.writeList(list);
  codex.says(patch(path, 'completed'));
}

/** Time passes, with room for what is due to be done on the way. */
async function passes(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    world.clock.turn(500);
    for (let turn = 0; turn < 5; turn++) await delay(2);
  }
}

async function next(codex: FakeCodex): Promise<FakeCodex> {
  codex.says(turnCompleted(10)).exits();
  await world.closes(codex);
  await world.phase('resting');
  world.clock.turn(3000);
  return world.codex(world.processes.codexes.length + 1);
}

describe('the guard', () => {
  test('puts a removed step back, says so in the log and tells the next session', async () => {
    const [runner, codex] = await begin(listOf(1, 3));
    await patchList(runner, codex, '- [x] step 1\n- [ ] step 3\n');
    const { prompt } = await next(codex);
    expect(world.read('task_list.md')).toBe(listOf(1, 3));
    expect(prompt).toContain('Step 2 is back in the list: "step 2"');
    const lines = world.log.filter(({ type }) => type === 'autonomous.guard');
    expect(lines).toMatchObject([{ session: 1, lines: ['Step 2 is back in the list: "step 2"'] }]);
    expect(await world.state.readReplacedList(await world.task.identity())).toEqual({
      session: 1,
      text: '- [x] step 1\n- [ ] step 3\n',
      restored: listOf(1, 3),
    });
    expect(runner.notes).toContain('Step 2 is back in the list: "step 2"');
  });

  test('says so in the log, whatever lines the session has forged there', async () => {
    const [runner, codex] = await begin(listOf(1, 3));
    const own = `"session":1,"uuid":"${codex.uuid}"`;
    const forged = ['session.ended', 'guard'].map(
      (type) => `{"type":"autonomous.${type}",${own}}\n`,
    );
    await patchList(runner, codex, '- [x] step 1\n- [ ] step 3\n');
    fs.appendFileSync(join(world.task.path, 'session.log'), forged.join(''));
    await next(codex);
    const lines = world.log.filter(({ type }) => type === 'autonomous.guard');
    expect(lines.map((one) => one['lines'])).toEqual([
      undefined,
      ['Step 2 is back in the list: "step 2"'],
    ]);
  });

  test('puts a list back that the session deleted, and the run goes on', async () => {
    const [runner, codex] = await begin(listOf(1, 3));
    const before = runner.logged.length;
    codex.says(command('rm task_list.md'));
    await soon('the start is read', () => (world.hint(), runner.logged.length > before));
    fs.rmSync(join(world.task.path, 'task_list.md'));
    codex.says(command('rm task_list.md', 0));
    await next(codex);
    expect(world.read('task_list.md')).toBe(listOf(1, 3));
  });

  test('lets the user’s edit stand while Codex thinks, and puts back what Codex removed', async () => {
    const [runner, codex] = await begin(listOf(1, 4));
    codex.says(command('ls'), command('ls', 0));
    await read(runner, 2);
    await passes(3000);
    world.writeList(listOf(1, 4).replace('- [ ] step 2\n', ''));
    await passes(5000);
    await patchList(runner, codex, '- [x] step 1\n- [x] step 4\n');
    await next(codex);
    expect(world.read('task_list.md')).toBe('- [x] step 1\n- [ ] step 3\n- [x] step 4\n');
  });

  test('only reports where it is told to, or where no runner saw the whole session', async () => {
    const [runner, codex] = await begin(listOf(1, 3), { guard: 'tell' });
    await patchList(runner, codex, '- [x] step 1\n- [ ] step 3\n');
    await next(codex);
    expect(world.read('task_list.md')).toBe('- [x] step 1\n- [ ] step 3\n');
    expect(runner.notes).toContain('Step 2 is no longer in the list: "step 2"');
  });

  test('only reports what an adopted session did', async () => {
    const [runner, codex] = await begin(listOf(1, 3));
    runner.die();
    world.writeList('- [x] step 1\n- [ ] step 3\n');
    const second = await world.begin({ recovers: true });
    await next(codex);
    expect(world.read('task_list.md')).toBe('- [x] step 1\n- [ ] step 3\n');
    expect(second.notes).toContain('Step 2 is no longer in the list: "step 2"');
  });
});

describe('a tick', () => {
  const unproven = async (): Promise<readonly string[]> =>
    (await world.state.readUnproven(await world.task.identity())).map(({ text }) => text);

  test('is proven by a changed file', async () => {
    const [runner, codex] = await begin(listOf(0, 3));
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    await patchList(runner, codex, listOf(1, 3));
    expect((await next(codex)).prompt).not.toContain('nothing that was seen proves');
    expect(await unproven()).toEqual([]);
  });

  test('is proven by a command that ended well before the list was written', async () => {
    const [runner, codex] = await begin(listOf(0, 3));
    codex.says(command('npm test'));
    await read(runner, 1);
    codex.says(command('npm test', 0));
    await read(runner, 2);
    world.clock.turn(1000);
    await patchList(runner, codex, listOf(1, 3));
    await next(codex);
    expect(await unproven()).toEqual([]);
  });

  test('is not proven by the command that wrote it, nor by reading the list', async () => {
    const [runner, codex] = await begin(listOf(0, 3));
    codex.says(command('cat task_list.md'), command('cat task_list.md', 0));
    codex.says(command('python3 tick.py'));
    await read(runner, 3);
    world.writeList(listOf(1, 3));
    world.clock.turn(1000);
    codex.says(command('python3 tick.py', 0));
    const second = await next(codex);
    expect(await unproven()).toEqual(['step 1']);
    expect(second.prompt).toContain('nothing that was seen proves that they are done');
    expect(second.prompt).toContain('- step 1 (session 1: no file changed');
    // The next session does something that proves something, and leaves the tick.
    second.says(threadStarted(), command('npm test'));
    await soon(
      'it is read',
      () => (
        world.hint(),
        runner.logged.some(
          (event) =>
            event.type === 'item' &&
            event.body.kind === 'command' &&
            event.body.command === 'npm test',
        )
      ),
    );
    second.says(command('npm test', 0));
    world.clock.turn(1000);
    await next(second);
    expect(await unproven()).toEqual([]);
  });

  test('of a step that the session reworded is not proven, though its words are back', async () => {
    const [runner, codex] = await begin('- [ ] Write all the tests\n- [ ] Deploy\n');
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    await patchList(runner, codex, '- [x] Write some of the tests\n- [ ] Deploy\n');
    expect((await next(codex)).prompt).toContain('changed the words of the step that it ticked');
    expect(world.read('task_list.md')).toBe('- [x] Write all the tests\n- [ ] Deploy\n');
    expect(await unproven()).toEqual(['write all the tests']);
  });

  test('in a session beside another task’s is proven by files only if it patched them', async () => {
    const [runner, codex] = await begin(listOf(0, 3));
    const other = join(world.state.path, '..', 'other');
    fs.mkdirSync(other, { mode: 0o700 });
    const record = {
      ...world.record,
      session: {
        ...world.record.session,
        ended: { at: world.clock.now() + 1, outcome: 'completed', copy: null },
      },
    };
    fs.writeFileSync(join(other, 'run.json'), JSON.stringify(record), { mode: 0o600 });
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    await patchList(runner, codex, listOf(1, 3));
    const second = await next(codex);
    expect(second.prompt).toContain('another task worked in the same files meanwhile');
    const seen = runner.logged.length;
    const path = join(world.project, 'other.ts');
    second.says(threadStarted(), patch(path, 'started'), patch(path, 'completed'));
    await soon('it is read', () => (world.hint(), runner.logged.length >= seen + 3));
    fs.writeFileSync(path, 'export {};\n');
    world.clock.turn(1000);
    await patchList(runner, second, listOf(2, 3));
    await next(second);
    expect(await unproven()).toEqual(['step 1']);
  });
});

describe('a check', () => {
  const npmTest = { command: 'npm test', network: false };
  const withChecks = {
    stage: partsInForce({ guard: 'restore', checkpoints: 'off', checks: [npmTest] }),
  };
  const fails = { outcome: 'failed', exitCode: 1, tail: 'AssertionError: 1 is not 2' } as const;

  test('runs before the first session and after each that changed files, and the log tells', async () => {
    world.checkOutcomes.set('npm test', fails);
    const [runner, codex] = await begin(listOf(0, 3), withChecks, { checks: [npmTest] });
    expect(world.checksRun).toHaveLength(1);
    expect(runner.notes).toContain('Check fails (exit code 1): npm test');
    expect(codex.prompt).toContain('This check has never passed');
    expect(codex.prompt).toContain('AssertionError: 1 is not 2');
    world.checkOutcomes.set('npm test', {});
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    await patchList(runner, codex, listOf(1, 3));
    const second = await next(codex);
    expect(world.checksRun).toHaveLength(2);
    expect(second.prompt).not.toContain('AssertionError');
    expect(second.prompt).toContain('npm test');
    // Nothing changes: its receipt is still about these files.
    await next(second);
    expect(world.checksRun).toHaveLength(2);
    expect(world.log.filter(({ type }) => type === 'autonomous.check')).toMatchObject([
      { session: 0, command: 'npm test', exitCode: 1, tail: 'AssertionError: 1 is not 2' },
      { session: 1, command: 'npm test', exitCode: 0 },
    ]);
  });

  test('that fails when all steps are ticked is repaired, and then the task is done', async () => {
    world.checkOutcomes.set('npm test', {});
    const [runner, codex] = await begin(listOf(2, 3), withChecks, { checks: [npmTest] });
    world.checkOutcomes.set('npm test', fails);
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    await patchList(runner, codex, listOf(3, 3));
    const second = await next(codex);
    expect(second.prompt).toContain('This check passed before; fix this first');
    expect(world.record.unmet).toBe('check fails: npm test');
    world.checkOutcomes.set('npm test', {});
    fs.writeFileSync(join(world.project, 'fixed.ts'), 'export {};\n');
    second.says(threadStarted(), turnCompleted(10)).exits();
    expect(await runner.run.ended).toMatchObject({ kind: 'done' });
  });

  test('says which tests are not what they were at its baseline', async () => {
    await execa('git', ['init', '-q'], { cwd: world.project });
    fs.writeFileSync(join(world.project, 'todo.test.js'), 'assert(false);\n');
    world.checkOutcomes.set('npm test', fails);
    const [runner, codex] = await begin(listOf(0, 3), withChecks, { checks: [npmTest] });
    fs.writeFileSync(join(world.project, 'todo.test.js'), '');
    world.checkOutcomes.set('npm test', {});
    await patchList(runner, codex, listOf(1, 3));
    await next(codex);
    expect(runner.notes).toContain(
      'What npm test depends on has changed since its baseline: todo.test.js (changed)',
    );
    expect(world.log.findLast(({ type }) => type === 'autonomous.check')).toMatchObject({
      exitCode: 0,
      touched: ['todo.test.js (changed)'],
    });
  });

  test('that could not start is for the user and is tried again, and no session starts before', async () => {
    world.checkOutcomes.set('npm test', {
      outcome: 'not started',
      exitCode: null,
      tail: 'no sandbox',
    });
    world.writeList(listOf(0, 3));
    const runner = await world.begin({ checks: [npmTest], settings: withChecks });
    await world.phase('needs you');
    expect(world.record.wait?.reason).toBe('check could not start: npm test (no sandbox)');
    expect(world.record.wait?.until).toBeGreaterThan(0);
    expect(world.checksRun).toHaveLength(1);
    runner.run.want('try now');
    await soon('it is tried again', () => world.checksRun.length === 2);
    await world.phase('needs you');
    world.checkOutcomes.set('npm test', {});
    runner.run.want('try now');
    await world.codex(1);
  });

  test('is given up by a pause, and runs again when the task goes on', async () => {
    world.writeList(listOf(0, 3));
    const runner = await world.begin({ checks: [npmTest], settings: withChecks });
    await soon('it runs', () => world.checksRun.length === 1);
    expect(world.record.stage).toEqual({ purpose: 'baseline', left: ['checks'] });
    runner.run.want('pause now');
    expect(await runner.run.ended).toMatchObject({ kind: 'paused' });
    world.checkOutcomes.set('npm test', {});
    await world.begin({ checks: [npmTest], settings: withChecks });
    await world.codex(1);
    expect(world.checksRun).toHaveLength(2);
  });

  test('whose runner died runs again; nothing is done by default', async () => {
    world.writeList(listOf(3, 3));
    const runner = await world.begin({ checks: [npmTest], settings: withChecks });
    await soon('it runs', () => world.checksRun.length === 1);
    runner.die();
    world.checkOutcomes.set('npm test', fails);
    await world.begin({ recovers: true, checks: [npmTest], settings: withChecks });
    const codex = await world.codex(1);
    expect(world.checksRun).toHaveLength(2);
    expect(codex.prompt).toContain('It ended with exit code 1');
  });

  test('that changes files runs once more, and then counts', async () => {
    world.checkOutcomes.set('npm test', {});
    const run = world.runCheck.bind(world);
    world.runCheck = (order) => {
      fs.writeFileSync(join(world.project, 'report.txt'), String(world.checksRun.length));
      return run(order);
    };
    world.writeList(listOf(3, 3));
    const runner = await world.begin({ checks: [npmTest], settings: withChecks });
    expect(await runner.run.ended).toMatchObject({ kind: 'done' });
    expect(world.checksRun).toHaveLength(2);
  });
});

test('a session that changed the configuration of git or Codex holds the run up', async () => {
  fs.mkdirSync(join(world.project, '.codex'));
  const [runner, codex] = await begin(listOf(0, 3));
  fs.writeFileSync(join(world.project, '.codex', 'config.toml'), 'model = "other"\n');
  codex.says(turnCompleted(10)).exits();
  await world.phase('resting');
  world.clock.turn(3000);
  await world.phase('needs you');
  expect(world.record.wait?.reason).toMatch(
    /^Session 1 changed \.codex\/config\.toml, which decides/,
  );
  runner.run.want('try now');
  await world.codex(2);
});

test.each([
  ['the user told it something is reported, not put back', undefined, false],
  ['the user changed the goal is reported, not put back', 'description', false],
  ['the user edited the notes is put back', 'notes', true],
  ['the user edited the list is put back', 'list', true],
] as const)('what a session does to the list after %s', async (_, about, isPutBack) => {
  const directory = async () => (await world.task.identity())!;
  world.writeList(listOf(1, 3));
  fs.mkdirSync(world.state.path, { recursive: true, mode: 0o700 });
  const piece = { text: 'Drop step 2', when: 'next', at: 1, ...(about && { about }) } as const;
  await world.state.addGuidance(piece, await directory());
  const [runner, codex] = await begin(listOf(1, 3));
  codex.says({ type: 'turn.started' });
  await patchList(runner, codex, '- [x] step 1\n- [ ] step 3\n');
  await read(runner, 2);
  await next(codex);
  expect(world.read('task_list.md')).toBe(
    isPutBack ? listOf(1, 3) : '- [x] step 1\n- [ ] step 3\n',
  );
  const guard = world.log.find(({ type }) => type === 'autonomous.guard');
  expect(JSON.stringify(guard)).toContain(isPutBack ? 'is back' : 'no longer');
});

test('a runner that dies anywhere between two sessions leaves its work to the next one, once', async () => {
  // Every fourth call of its deps, others in each run.
  for (let steps = 1 + Math.floor(Math.random() * 4); ; steps += 4) {
    world.remove();
    world = new EngineWorld();
    const [runner, codex] = await begin(listOf(1, 3));
    await patchList(runner, codex, '- [x] step 1\n- [ ] step 3\n');
    await soon(
      'both are read',
      () => (world.hint(), runner.logged.filter(({ type }) => type === 'item').length === 2),
    );
    runner.diesAfter(steps);
    codex.says(turnCompleted(10)).exits();
    const isDead = await soon('it is dead, or rests', () => {
      if (runner.isDead) return 'dead';
      return world.record.phase === 'resting' ? 'rests' : null;
    });
    if (isDead === 'dead') {
      await world.begin({ recovers: true });
      await soon('the next session runs', () => {
        world.clock.turn(500);
        return world.processes.codexes.length === 2;
      });
    }
    const isWatched = world.log.some(
      ({ type, outcome }) => type === 'autonomous.session.ended' && outcome === 'completed',
    );
    const kept = world.read('task_list.md');
    const guards = world.log.filter(({ type }) => type === 'autonomous.guard');
    expect(guards, `after ${steps} steps`).toHaveLength(1);
    expect(isWatched).toBe(true);
    const said = JSON.stringify(guards[0]);
    // A runner that died before the end was known leaves only a report.
    expect(kept === listOf(1, 3) ? said.includes('is back') : said.includes('no longer')).toBe(
      true,
    );
    if (isDead === 'rests') {
      expect(kept).toBe(listOf(1, 3));
      expect(steps).toBeGreaterThan(20);
      return;
    }
  }
}, 120_000);
