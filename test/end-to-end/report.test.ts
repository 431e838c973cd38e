// The report against those who must know: the model, which was asked and says what it charged, git, and the list.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { faults } from '../../source/demo/faults.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { writeClosedFile } from '../../source/system/report/closed-file.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const headless = (...more: string[]): string[] => ['--headless', '--task-name', 'shop', ...more];

/** The model charges something else for each answer. Answers the sums of what it charged. */
function charging(world: EndToEndWorld) {
  const sums = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 };
  let answers = 0;
  world.setAnswer((request) => {
    const answer = world.worker(request);
    if (answer.kind !== 'items') return answer;
    answers++;
    const usage = {
      inputTokens: 1000 + answers,
      cachedInputTokens: 10 * answers,
      outputTokens: 100 + answers,
      reasoningTokens: answers,
    };
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += usage[name];
    return { ...answer, usage };
  });
  return sums;
}

/** Added and removed lines of all that lies outside of `.autonomous/`, between two of our checkpoints. */
async function numstat({ project }: EndToEndWorld, from: number, to: number): Promise<string[][]> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', ['-C', project, ...args])).stdout;
  const refs = (await git('for-each-ref', '--format=%(refname)', 'refs/autonomous')).split('\n');
  const ref = (session: number): string => refs.find((one) => one.endsWith(`/${session}`)) ?? '';
  const lines = (await git('diff', '--numstat', ref(from), ref(to))).split('\n');
  return lines
    .filter((line) => line !== '' && !line.includes('.autonomous/'))
    .map((line) => line.split('\t'));
}

describe.skipIf(!hasSandbox)('the report', () => {
  test('says what the model, git and the list say; the dashboard says it to who was away', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 2 }),
      configuration: { restSeconds: 0, checkpoints: 'on' },
    });
    const charged = charging(world);
    expect((await world.run(headless('--max-sessions', '2', 'Build a shop'))).exitCode).toBe(3);
    const before = { ...charged };

    const first = await world.dashboard();
    first.press('q');
    await first.exited;
    const closedAt = new Date().toISOString();
    world.setAnswer(() => faults.quotaExceeded);
    expect((await world.run(headless('--continue'))).exitCode).toBe(1);
    const report = await world.run(['--report', '--since', closedAt]);
    expect(report.stdout).toMatch(/^\*\*1 task failed · no step was ticked · 1 session\.\*\*/m);
    expect(report.stdout).toContain('- `shop`: **failed**: ');

    const since = charging(world);
    expect(
      (await world.run(headless('--continue', '--check', 'grep "part 2" parts.txt'))).exitCode,
    ).toBe(0);
    const read = async (...more: string[]) =>
      JSON.parse((await world.run(['--report', '--json', ...more])).stdout) as {
        totals: object;
        tasks: Record<string, unknown>[];
      };
    const prompts = new Set(world.model.journal.map(({ prompt }) => prompt));
    const [whole] = (await read('-n', 'shop')).tasks;
    expect(whole).toMatchObject({
      state: 'done',
      steps: { done: 2, total: 2, ticked: 2, proven: 2, unproven: [] },
      sessions: { ended: prompts.size, unknown: 0, running: null },
      tokens: {
        inputTokens: before.inputTokens + since.inputTokens,
        cachedInputTokens: before.cachedInputTokens + since.cachedInputTokens,
        outputTokens: before.outputTokens + since.outputTokens,
        sessionsWithout: 1,
      },
      checks: [{ outcome: 'passed', exitCode: 0, session: 4 }],
      branch: null,
      review: 'not reviewed',
    });
    const changed = await numstat(world, 0, 4);
    expect(whole!['files']).toMatchObject({
      count: changed.length,
      added: changed.reduce((sum, [added]) => sum + Number(added), 0),
      removed: changed.reduce((sum, [, removed]) => sum + Number(removed), 0),
      list: changed.map(([added, removed, path]) => ({
        ...{ path, added: Number(added), removed: Number(removed) },
      })),
    });
    const later = await read('--since', closedAt);
    expect(later.totals).toEqual({ ticked: 1, proven: 1, sessions: 2, needYou: 0, failed: 0 });
    expect(later.tasks[0]).toMatchObject({
      sessions: {
        byOutcome: [
          { outcome: 'quota', count: 1 },
          { outcome: 'completed', count: 1 },
        ],
      },
      tokens: { inputTokens: since.inputTokens, outputTokens: since.outputTokens },
    });

    // Less than a minute away is not away.
    const home = stateHome(world.env);
    await writeClosedFile({ project: world.project, home }, Date.now() - 3_600_000);
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/While you were away \(1h 0\dm\): 2 steps · W/);
    const all = `2 steps ticked, all proven · ${prompts.size} sessions`;
    pressFor(dashboard, 'panes', 'report');
    await dashboard.waitFor(all);
    // Lower than the page is long.
    dashboard.resize(100, 14);
    await dashboard.waitFor(/\+\d+ more/);
    pressFor(dashboard, 'report', 'down');
    await dashboard.waitUntilGone(all);
    pressFor(dashboard, 'report', 'up');
    await dashboard.waitFor(all);
    pressFor(dashboard, 'report', 'close');
    await dashboard.waitUntilGone(all);
    dashboard.resize(120, 40);
    pressFor(dashboard, 'panes', 'report');
    await dashboard.waitFor(all);
    pressFor(dashboard, 'report', 'copy');
    await dashboard.waitFor(/Copied \d+ lines/);
    dashboard.press('q');
    await dashboard.exited;
  });
});
