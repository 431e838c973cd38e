import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { threadBeganAt } from '../../../source/core/codex/rollout-tokens.ts';
import { takeOver, type TakeOverDeps } from '../../../source/engine/take-over/take-over.ts';
import { EngineWorld, listOf, soon, type Runner } from '../../helpers/engine-world.ts';
import { thread, threadStarted, turnCompleted } from '../../helpers/log-lines.ts';
import { openTakeOver } from '../../helpers/open-take-over.ts';
import { viewOf } from '../../helpers/task-views.ts';

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

/** Codex's own record of the conversation. */
function rolloutSays(inputTokens: number): void {
  const began = new Date(threadBeganAt(thread)!);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [began.getFullYear(), two(began.getMonth() + 1), two(began.getDate())].join('/');
  const directory = join(world.home, 'sessions', day);
  fs.mkdirSync(directory, { recursive: true });
  const info = { total_token_usage: { input_tokens: inputTokens } };
  const line = { timestamp: new Date(world.clock.now()).toISOString(), type: 'event_msg' };
  const payload = { type: 'token_count', info };
  fs.appendFileSync(
    join(directory, `rollout-x-${thread}.jsonl`),
    `${JSON.stringify({ ...line, payload })}\n`,
  );
}

type Screen = Partial<TakeOverDeps> & { open?: () => Promise<string | null> };

/** Takes over as a process of its own, beside the runner that may run. */
function depsOf(own: Runner, runner: Runner | null, more: Screen = {}): TakeOverDeps {
  const { open = () => Promise.resolve(null), ...rest } = more;
  const isOver = (): boolean => runner === null || runner.ending !== null;
  return {
    ...own.deps,
    pid: own.deps.self.pid,
    view: () => {
      const written = fs.existsSync(join(world.task.path, 'session.id'));
      const threadId = written ? world.read('session.id').trim() : null;
      const run = isOver() ? null : world.record.run;
      return Promise.resolve(viewOf('docs-site', { threadId, run }));
    },
    delay: async (ms) => {
      world.clock.turn(ms);
      // The runner has real files to write meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
    pauseTask: () => {
      runner?.run.want('pause now');
      return Promise.resolve({ ok: true });
    },
    isThere: () => Promise.resolve(true),
    hasTerminal: () => true,
    mayOpen: () => true,
    sandbox: 'workspace-write',
    prepare: () =>
      Promise.resolve({
        open: async (afterwards) => {
          const problem = await open();
          await afterwards();
          return problem;
        },
      }),
    readConfiguration: () => Promise.resolve({}),
    ...rest,
  };
}

const entries = () => world.log.filter(({ type }) => type === 'autonomous.taken-over');

async function midSession(): Promise<Runner> {
  const runner = await world.begin();
  const codex = await world.codex(1);
  codex.says(threadStarted());
  await soon('the conversation is known', () => fs.existsSync(join(world.task.path, 'session.id')));
  rolloutSays(1500);
  return runner;
}

/** The next session resumes the conversation, and ends with these totals. */
async function resumed(inputTokens: number): Promise<void> {
  await world.begin({ resumeLast: true, settings: { autoContinue: false } });
  const codex = await world.codex(2);
  expect(codex.start.arguments).toContain(thread);
  codex.says(threadStarted(), turnCompleted(inputTokens)).exits();
  await world.closes(codex);
}

describe('taking over', () => {
  test('pauses the task, holds it meanwhile, and books what was used as the user’s', async () => {
    const runner = await midSession();
    let meanwhile: unknown[] = [];
    const open = async (): Promise<null> => {
      expect(world.processes.codexes[0]?.lives).toBe(false);
      const other = await takeOver(depsOf(world.runner(), null));
      const started = await world.begin({ resumeLast: true });
      meanwhile = [other, started.refused];
      rolloutSays(9000);
      return null;
    };
    const own = world.runner();
    const answer = await takeOver(depsOf(own, runner, { open }));
    expect(meanwhile).toMatchObject([
      {
        ok: false,
        sentence: `docs-site is being taken over already, by process ${own.deps.self.pid} (in another terminal)`,
      },
      { refused: 'busy', pid: own.deps.self.pid, isTakenOver: true },
    ]);
    expect(answer).toEqual({
      ok: true,
      lines: [expect.stringMatching(/^You took over .* · 7.5k tokens, not counted for the task$/)],
    });
    // The session was cut short and had told nothing: the task pays for it now.
    expect(world.record).toMatchObject({
      ending: { kind: 'paused' },
      usage: { inputTokens: 1500 },
      thread: { id: thread, totals: { inputTokens: 9000 } },
    });
    expect(entries()).toMatchObject([{ session: 1, thread, totals: { inputTokens: 9000 } }]);
    await resumed(9400);
    expect(world.record.usage.inputTokens).toBe(1900);
    expect(entries()).toHaveLength(1);
  });

  test('that meets another one while the task pauses waits until that one can be named', async () => {
    const runner = await midSession();
    const [prepared, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = world.runner();
    const base = depsOf(first, runner, { open: () => opened.promise.then(() => null) });
    let isPreparing = false;
    const one = takeOver({
      ...base,
      prepare: async (asked) => {
        isPreparing = true;
        await prepared.promise;
        return base.prepare(asked);
      },
    });
    await soon('the first one owns the task', () => isPreparing);
    const waits = depsOf(world.runner(), runner);
    let looks = 0;
    let views = 0;
    const other = takeOver({
      ...waits,
      // Its user pressed the key while the task ran.
      view: async () => ({ ...(await waits.view()), ...(++views === 1 ? { run: 'r' } : {}) }),
      delay: (ms) => {
        if (++looks === 2) prepared.resolve();
        return waits.delay(ms);
      },
    });
    expect(await other).toMatchObject({
      ok: false,
      sentence: `docs-site is being taken over already, by process ${first.deps.self.pid} (in another terminal)`,
    });
    opened.resolve();
    expect(await one).toMatchObject({ ok: true });
  });

  test('loses nothing if the dashboard is killed meanwhile, and holds up nobody', async () => {
    const runner = await midSession();
    const dashboard = world.runner();
    const isOpen = Promise.withResolvers<void>();
    const open = (): Promise<never> => {
      isOpen.resolve();
      return new Promise(() => {});
    };
    void takeOver(depsOf(dashboard, runner, { open }));
    await isOpen.promise;
    dashboard.die();
    rolloutSays(9000);
    expect(entries()).toEqual([]);
    await resumed(9400);
    expect(world.record.usage.inputTokens).toBe(1900);
    expect(entries()).toMatchObject([{ session: 1, totals: { inputTokens: 9000 } }]);
    expect(fs.existsSync(join(world.state.path, 'take-over.json'))).toBe(false);
  });

  test('says what Codex changed in its configuration, how it ended, and who keeps the conversation', async () => {
    const runner = await midSession();
    let isOpen = false;
    const answer = await takeOver(
      depsOf(world.runner(), runner, {
        readConfiguration: () => Promise.resolve(isOpen ? { model: 'gpt-6' } : {}),
        open: () => {
          isOpen = true;
          world.processes.others = [{ pid: 4711, program: 'codex app-server' }];
          return Promise.resolve('Codex ended with exit code 3');
        },
      }),
    );
    expect(answer).toMatchObject({
      ok: true,
      lines: [
        'Codex ended with exit code 3',
        expect.stringContaining('You took over'),
        'Codex changed its config.toml for all that follows: the model is gpt-6',
        'The conversation is in use by pid 4711 (codex app-server); to free it: codex agents, then x (or kill 4711)',
      ],
    });
  });
});

describe('is refused in one sentence', () => {
  const refused = async (more: Screen): Promise<string> => {
    const answer = await takeOver(depsOf(world.runner(), null, more));
    return answer.ok ? 'it was not refused' : answer.sentence;
  };

  test('before the first session has begun a conversation', async () => {
    expect(await refused({})).toContain('has no conversation yet');
  });

  test('without a terminal, without the conversation, and while the user does something else', async () => {
    fs.writeFileSync(join(world.task.path, 'session.id'), `${thread}\n`);
    expect(await refused({ hasTerminal: () => false })).toContain('needs a terminal');
    expect(await refused({ isThere: () => Promise.resolve(false) })).toContain('is gone');
    expect(await refused({ mayOpen: () => false })).toContain('T opens its conversation');
    expect(await refused({ prepare: () => Promise.resolve({ problem: 'No Codex' }) })).toBe(
      'No Codex',
    );
    expect(fs.existsSync(join(world.state.path, 'take-over.json'))).toBe(false);
  });

  test('while the user has begun something else by the time it could open', async () => {
    fs.writeFileSync(join(world.task.path, 'session.id'), `${thread}\n`);
    let isBusy = false;
    let wasOpened = false;
    const deps = depsOf(world.runner(), null, {
      mayOpen: () => !isBusy,
      takeTree: () => {
        isBusy = true;
        return Promise.resolve(null);
      },
      open: () => {
        wasOpened = true;
        return Promise.resolve(null);
      },
    });
    expect(await takeOver(deps)).toEqual({
      ok: false,
      sentence: 'docs-site is paused: T opens its conversation',
    });
    expect(wasOpened).toBe(false);
    expect(await deps.state.readTakeOver(await deps.task.identity())).toBeNull();
    const claim = await deps.coordination.claim();
    expect(claim).not.toBeNull();
    claim?.release();
  });

  test('that does not open leaves an earlier one to be booked', async () => {
    const runner = await midSession();
    runner.die();
    world.processes.codexes[0]?.exits();
    let asked = 0;
    const deps = depsOf(world.runner(), null, { mayOpen: () => ++asked === 1 });
    const directory = await deps.task.identity();
    const earlier = { ...openTakeOver, threadId: thread };
    await deps.state.writeTakeOver(earlier, directory!);
    expect(await refused(deps)).toBe('docs-site is paused: T opens its conversation');
    expect(await deps.state.readTakeOver(directory)).toEqual(earlier);
  });

  test('while a session lives whose runner died', async () => {
    const runner = await midSession();
    runner.die();
    expect(await refused({})).toBe('docs-site is still running: take it over when it has paused');
  });

  test('opens the conversation that the task has when it has paused, with the state where it belongs', async () => {
    const runner = await midSession();
    let [opened, brought] = ['', 0];
    const base = depsOf(world.runner(), runner);
    const deps: TakeOverDeps = {
      ...base,
      // Another conversation was the last one when the user pressed the key.
      view: async () => {
        const view = await base.view();
        return view.run === null
          ? view
          : { ...view, threadId: '019b0000-0000-7000-8000-000000000000' };
      },
      stateLocation: { bringHere: () => Promise.resolve(++brought > 1) },
      prepare: (asked) => {
        opened = asked.threadId;
        return base.prepare(asked);
      },
    };
    expect(await takeOver(deps)).toMatchObject({ ok: true });
    expect([opened, brought]).toEqual([thread, 1]);
  });

  test('that gets no terminal leaves nothing to book, and says that the task stays paused', async () => {
    const runner = await midSession();
    const deps = depsOf(world.runner(), runner, {
      prepare: () => Promise.resolve({ open: () => Promise.reject(new Error('it is lent')) }),
    });
    expect(await takeOver(deps)).toEqual({
      ok: false,
      sentence: 'docs-site was not taken over: it is lent; docs-site stays paused, c continues it',
    });
    expect(await deps.state.readTakeOver(await deps.task.identity())).toBeNull();
    expect(entries()).toEqual([]);
  });
});
