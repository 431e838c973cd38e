// A runner that is killed at each point of a review, on the real Codex, and the next one that goes on from there.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { command, message } from '../../source/demo/responses-api.ts';
import type { Answer } from '../../source/demo/scripted-model.ts';
import {
  hasSandbox,
  smallPlan,
  test,
  type EndToEndWorld,
  type TaskFiles,
} from '../helpers/end-to-end-world.ts';
import type { ProgramResult, RunningProgram } from '../helpers/program.ts';

/**
 * Loaded before anything else: kill -9 before or after the first rename by which a file comes to hold what `holds` says of
 * it. All that a review leaves on disk is renamed to its place, so these are its points.
 */
const killer = `
import fs from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { file, when, holds } = JSON.parse(process.env.KILL_AT);
const isThere = new Function('text', 'run', 'return ' + holds);
const rename = fs.rename;
fs.rename = async (from, to) => {
  const isIt = String(to).endsWith('/' + file);
  const text = isIt ? readFileSync(from, 'utf8') : '';
  const dies = isIt && isThere(text, file.endsWith('.json') ? JSON.parse(text) : null);
  if (dies && when === 'before') process.kill(process.pid, 'SIGKILL');
  await rename(from, to);
  if (dies) process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();
`;

/** `holds`: an expression over the new `text` of the file, and over `run`, which is what run.json says then. */
type Point = { file: string; when: 'before' | 'after'; holds: string };

const recorded = (when: Point['when'], holds: string): Point => ({ file: 'run.json', when, holds });
const listed = (when: Point['when']): Point => ({
  ...{ file: 'task_list.md', when },
  holds: `text.includes('## Review')`,
});

const intent = recorded(
  'after',
  `run.session?.role === 'reviewer' && run.session.ended === null && run.session.codex === null`,
);
const isRejected = 'run.review.pending.length > 0';
const isAccepted = 'run.review.accepted && run.ending === null';

const usage = { inputTokens: 1000, cachedInputTokens: 100, outputTokens: 10, reasoningTokens: 1 };
const times = (answers: number): object =>
  Object.fromEntries(Object.entries(usage).map(([name, tokens]) => [name, answers * tokens]));
const says = (text: string): Answer => ({ kind: 'items', items: [message(text)], usage });
const found = { step: 1, problem: 'part 1 is a stub', evidence: 'parts.txt:1' };
const rejects = says(JSON.stringify({ verdict: 'reject', findings: [found] }));
const accepts = says('{"verdict":"accept","findings":[]}');
const ticks = command(
  `echo done >> parts.txt; sed -i 's/\\[ \\]/[x]/' .autonomous/shop/task_list.md`,
);

const isReview = ({ prompt }: ModelRequest): boolean => prompt.includes('\nRole: Reviewer (');

class Runs {
  readonly #world: EndToEndWorld;
  readonly #killer: string;

  constructor(world: EndToEndWorld) {
    this.#world = world;
    this.#killer = join(world.directory, 'killer.mjs');
  }

  async make(): Promise<void> {
    await writeFile(this.#killer, killer);
  }

  next(point?: Point): RunningProgram {
    const { env } = this.#world;
    const kill = point && {
      ...{ KILL_AT: JSON.stringify(point), NODE_OPTIONS: `--import=${this.#killer}` },
    };
    const args = ['--headless', '--task-name', 'shop', '--continue', '--review'];
    return this.#world.start(args, { env: { ...env, ...kill } });
  }

  async diesAt(point: Point): Promise<void> {
    const { signal, stdout, stderr } = await this.next(point).ended;
    expect(signal, `${JSON.stringify(point)}\n${stdout}${stderr}`).toBe('SIGKILL');
  }
}

async function codexOf(task: TaskFiles): Promise<number> {
  return (await task.record())!.session!.codex!.pid;
}

describe.skipIf(!hasSandbox)('a review whose runner is killed', () => {
  test('at each of its points ends right, has its findings once, and costs what the model charged', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    const task = await world.prepare('shop', { done: 1 });
    const runs = new Runs(world);
    await runs.make();
    world.setAnswer((request) => {
      if (isReview(request)) return request.prompt.includes('(round 1)') ? rejects : accepts;
      if (request.toolOutputs.length > 0) return says('Done.');
      return { kind: 'items', items: [ticks], usage };
    });

    await runs.diesAt(intent);
    expect(world.requests).toEqual([]);

    // Its Codex dies with it: what it would have said was not said.
    const first = world.hold(isReview);
    const run = runs.next();
    await first.reached();
    const codex = await codexOf(task);
    run.kill('SIGKILL');
    process.kill(codex, 'SIGKILL');
    await run.ended;
    first.open();

    // Its Codex goes on alone, and the next runner hears its verdict.
    const second = world.hold(isReview);
    const left = runs.next();
    await second.reached();
    left.kill('SIGKILL');
    await left.ended;
    second.open();
    for (const when of ['before', 'after'] as const) await runs.diesAt(recorded(when, isRejected));
    for (const when of ['before', 'after'] as const) await runs.diesAt(listed(when));
    for (const when of ['before', 'after'] as const) await runs.diesAt(recorded(when, isAccepted));
    const last: ProgramResult = await runs.next().ended;
    expect(last.exitCode, last.stdout).toBe(0);

    const list = await task.read('task_list.md');
    expect(list.match(/^## Review.*$/gmu)).toEqual(['## Review 1']);
    expect(list.match(/part 1 is a stub/gu)).toHaveLength(1);
    expect(await task.boxes()).toEqual([true, true]);
    const { stdout } = await world.run(['--report', '--json', '--task-name', 'shop']);
    const [told] = (JSON.parse(stdout) as { tasks: Record<string, unknown>[] }).tasks;
    const sessions = await task.logged('autonomous.session.started');
    const reviewers = sessions.filter(({ role }) => role === 'reviewer').length;
    // All but the one whose Codex was killed were answered.
    const [answers, asked] = [world.requests.length - 1, world.requests.filter(isReview).length];
    expect(told).toMatchObject({
      state: 'done',
      sessions: { ended: sessions.length, unknown: 0 },
      tokens: times(answers),
      review: 'accepted',
      reviews: {
        ...{ rounds: 2, rejected: 1, unclear: 0, sessions: reviewers },
        tokens: times(asked - 1),
      },
    });
  });
});
