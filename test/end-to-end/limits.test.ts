// Budgets, hours, an order and a look at the plan, on the real Codex.

import { describe, expect } from 'vitest';
import { noUsage, spentTokens } from '../../source/core/codex/usage.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const goOn = ['--headless', '--task-name', 'shop', '--continue'];

describe.skipIf(!hasSandbox)('a budget', { concurrent: true }, () => {
  test('of tokens interrupts the session that spends it, stays spent, and goes on when it is raised', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 3 }) });
    const task = await world.prepare('shop');
    // The model has answered once, and the turn is not over.
    const gate = world.hold(() => world.requests.length === 2);
    const first = await world.run([...goOn, '--max-tokens', '500'], { timeoutMs: 60_000 });
    gate.open();
    expect(first).toMatchObject({ exitCode: 3 });
    expect(first.stdout).toMatch(/The budget is spent: .+k of 500 tokens\. A larger one goes on\./);
    expect(await task.boxes()).toEqual([false, false, false]);
    const asked = world.requests.length;
    expect(await world.listed('shop')).toMatchObject({
      state: 'stopped',
      reason: 'budget: 500 tokens',
    });
    expect(await world.run(goOn)).toMatchObject({ exitCode: 3 });
    await world.run(['--continue-all', '--headless']);
    expect(world.requests).toHaveLength(asked);

    const spent = spentTokens((await task.record())?.usage ?? noUsage);
    const { stdout } = await world.run([...goOn, '--max-tokens', String(spent + 20_000)]);
    expect(stdout).toContain('SESSION 2 - shop');
    expect(stdout).toContain('Stopped: budget:');
    expect(await world.run([...goOn, '--max-tokens', 'none'])).toMatchObject({ exitCode: 0 });
    expect(await task.boxes()).toEqual([true, true, true]);
  });

  test('of time interrupts the session that spends it, also when a dashboard has recovered the run', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    const task = await world.prepare('shop');
    const gate = world.hold(() => true);
    const run = world.start([...goOn, '--max-time', '12s', '--network']);
    await gate.reached();
    const record = await task.record();
    expect(record?.worked.since).not.toBeNull();
    run.kill('SIGKILL');
    await run.ended;
    const dashboard = await world.dashboard();
    await dashboard.waitFor('budget: 12 s of work');
    expect((await task.record())?.worked.ms).toBeGreaterThanOrEqual(12_000);
    expect((await task.record())?.worked.ms).toBeLessThan(30_000);
    expect(await task.logged('autonomous.session.ended')).toMatchObject([
      { session: 1, outcome: 'interrupted' },
    ]);
    gate.open();
  });
});

describe.skipIf(!hasSandbox)('in the dashboard', { concurrent: true }, () => {
  test('a task waits for another one, and starts when that is done', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    await world.prepare('docs');
    await world.prepare('shop');
    const dashboard = world.open(['--task-name', 'shop', '--continue', '--after', 'docs']);
    await dashboard.waitFor('waiting for docs');
    const { stdout } = await world.run(['--list']);
    expect(stdout).toContain('shop (0/1 - 0%) · waiting for docs');
    expect(world.requests).toEqual([]);
    dashboard.press('j');
    await dashboard.waitFor('▸ ○ docs');
    dashboard.press('c');
    await dashboard.waitFor('2 done');
    const [docs] = await world.task('docs').logged('autonomous.session.ended');
    const [shop] = await world.task('shop').logged('autonomous.session.started');
    expect(Date.parse(shop?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(docs?.at ?? ''));
  });

  test('a task waits for its hours, and c goes on now', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    await world.prepare('shop');
    const dashboard = world.open(['--task-name', 'shop', '--continue', '--hours', otherHours()]);
    await dashboard.waitFor(/resumes at|until \d\d:\d\d/);
    expect(await world.listed('shop')).toMatchObject({ state: 'waiting', reason: 'hours' });
    dashboard.press('c');
    await dashboard.waitFor('1 done');
  });

  test('a plan waits for a look: the form asks for it, and only c goes on', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 1 }),
      configuration: { restSeconds: 0, lookAgainSeconds: 0.2, planOnly: true },
    });
    const dashboard = await world.dashboard();
    dashboard.press('n');
    await dashboard.waitFor('Plan           wait until I have looked at it');
    dashboard.type('Open a shop');
    await dashboard.waitFor('Name           open-shop');
    dashboard.press('enter');
    await dashboard.waitFor('look at the plan');
    const planned = world.requests.length;
    // It is looked at again five times a second, and nothing goes on.
    await lookedAgain(world, 'open-shop');
    expect(world.requests).toHaveLength(planned);
    dashboard.press('c');
    await dashboard.waitFor('1 done');
  });
});

test('what makes no sense is refused in one sentence, and nothing starts', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await world.prepare('shop');
  await world.prepare('docs');
  const queued = world.start(['--headless', '-n', 'docs', '--continue', '--after', 'shop']);
  await world.untilListed('docs', 'waiting');
  const refusals: [string, string, string][] = [
    ['--after', 'shop', 'shop cannot come after itself: --after takes another task'],
    ['--after', 'nothing', 'There is no task "nothing" to come after: see --list'],
    [
      '--after',
      'docs',
      'shop after docs after shop would never start: --after none takes one of them out',
    ],
    ['--max-tokens', '0', '--max-tokens takes an amount such as 500k or 5M, not "0"'],
    ['--max-time', '1y', '--max-time takes a time such as 90m, 8h or 2d, not "1y"'],
    ['--hours', '25:00-1', '--hours takes two times of day such as 22:00-07:00, not "25:00-1"'],
    ['--until', 'dawn', '--until takes a time of day such as 07:00, not "dawn"'],
  ];
  for (const [option, value, sentence] of refusals) {
    const { exitCode, stderr } = await world.run([...goOn, option, value]);
    expect(stderr).toBe(`${sentence}\n`);
    expect(exitCode).toBe(2);
  }
  for (const words of [['--after', 'shop'], ['--until', '07:00'], ['--plan-only']]) {
    const dashboard = world.open(words);
    await dashboard.waitFor('--after, --until and --plan-only need a description or --task-name');
    expect(await dashboard.exited).toMatchObject({ exitCode: 2 });
  }
  expect(world.requests).toEqual([]);
  queued.kill('SIGTERM');
  expect(await queued.ended).toMatchObject({ exitCode: 143 });
});

/** Two hours that begin in six. */
function otherHours(): string {
  const hour = (inHours: number): string =>
    `${String((new Date().getHours() + inHours) % 24).padStart(2, '0')}:00`;
  return `${hour(6)}-${hour(8)}`;
}

/** The run has looked again, and said so in its record. */
async function lookedAgain(world: EndToEndWorld, task: string): Promise<void> {
  const seen = new Set<string>();
  const look = async (): Promise<boolean> => {
    seen.add((await world.task(task).record())?.phase ?? '');
    return seen.has('looking') && seen.has('needs you');
  };
  while (!(await look())) await new Promise((resolve) => setImmediate(resolve));
}
