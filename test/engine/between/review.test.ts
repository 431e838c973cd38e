// Reviews with a runner that dies in the middle of them, and all that a Reviewer may say in a row.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { readChecklist } from '../../../source/core/checklist/checklist.ts';
import { reviewsOf } from '../../../source/core/report/reviews.ts';
import { EngineWorld, listOf, type Asked, type Runner } from '../../helpers/engine-world.ts';
import type { FakeCodex } from '../../helpers/fake-codex.ts';
import { threadStarted, turnCompleted } from '../../helpers/log-lines.ts';
import { until } from '../../helpers/until.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let world = new EngineWorld();
afterEach(() => {
  expect(world.processes.broken).toEqual([]);
  world.remove();
  world = new EngineWorld();
});

const accepts = '{"verdict":"accept","findings":[]}';
const rejects = (problem: string): string =>
  JSON.stringify({ verdict: 'reject', findings: [{ step: 1, problem, evidence: 'a.ts:1' }] });

const reviewed: Asked = {
  settings: {
    review: true,
    waitsForUser: false,
    restMs: 100,
    stage: ['guard', 'evidence', 'review'],
  },
};

/** Answers each session once: a Reviewer with what `says` has for it, one that works by ticking everything. */
class Model {
  readonly prompts: string[] = [];
  readonly #says: () => string;
  readonly #looks = new Map<FakeCodex, number>();

  constructor(says: () => string) {
    this.#says = says;
  }

  /** Each session takes a few looks, so that its runner may die while it works. */
  look(): void {
    const codex = world.processes.codexes.find(({ lives }) => lives);
    if (codex === undefined) return;
    const looks = (this.#looks.get(codex) ?? 0) + 1;
    this.#looks.set(codex, looks);
    if (looks !== 3) return;
    this.prompts.push(codex.prompt);
    codex.says(threadStarted(codex.uuid));
    if (!isReview(codex.prompt)) world.writeList(list().replaceAll('[ ]', '[x]'));
    const text = isReview(codex.prompt) ? this.#says() : 'Done.';
    codex.says({ type: 'item.completed', item: { id: 'item_1', type: 'agent_message', text } });
    codex.says(turnCompleted(10)).exits();
  }
}

const isReview = (prompt: string): boolean => /^Role: Reviewer \(/mu.test(prompt);
const list = (): string => world.read('task_list.md');

async function untilEnded(runner: Runner, model: Model): Promise<void> {
  const look = (): boolean => {
    world.clock.turn(100);
    model.look();
    return runner.isDead || runner.ending !== null;
  };
  await until('the run ends', look, { everyMs: 2, timeoutMs: 60_000 });
}

describe('a run with a Reviewer', () => {
  test('needs the user after three rejections, each of which became steps', async () => {
    const problems = ['a stub', 'no test', 'half the goal'];
    let round = 0;
    const model = new Model(() => rejects(problems[round++] ?? 'more'));
    world.writeList(listOf(3, 3));
    const runner = await world.begin(reviewed);
    await untilEnded(runner, model);
    expect(runner.ending).toMatchObject({
      kind: 'failed',
      sentence: 'The Reviewer rejected the work 3 times: half the goal',
    });
    expect(list().match(/^(?:## Review|- \[.\] Step).*$/gmu)).toEqual([
      ...['## Review 1', '- [x] Step 1: a stub [a.ts:1]'],
      ...['## Review 2', '- [x] Step 1: no test [a.ts:1]'],
      ...['## Review 3', '- [ ] Step 1: half the goal [a.ts:1]'],
    ]);
  });

  test('whose runner dies anywhere has its findings written once, and is done when it accepts', async () => {
    // At about every fortieth of some five hundred calls of its deps, others in each run.
    const some = (): number => 1 + Math.floor(Math.random() * 80);
    for (let steps = some(); ; steps += some()) {
      world.remove();
      world = new EngineWorld();
      const where = `after ${steps} calls`;
      const said: string[] = [];
      const model = new Model(() => {
        const verdict = list().includes('## Review') ? accepts : rejects('a stub');
        said.push(verdict);
        return verdict;
      });
      world.writeList(listOf(3, 3));
      const first = world.runner();
      first.diesAfter(steps);
      // It may die before it has started.
      void first.start(world.request(reviewed));
      await untilEnded(first, model);
      const hasDied = first.isDead;
      // The Reviewer may come to its verdict while no runner watches, or later.
      if (hasDied && Math.random() < 0.5) for (let look = 0; look < 3; look++) model.look();
      const recovers = (await world.state.readRecord()) !== null;
      const last = hasDied ? await world.begin({ ...reviewed, recovers }) : first;
      // It may have died behind its last word, and then there is nothing to recover.
      const isOver = last.refused !== null && 'refused' in last.refused;
      if (!isOver) await untilEnded(last, model);
      const { ending } = isOver ? world.record : last;
      expect(ending, where).toMatchObject({ kind: 'done' });
      expect(said.at(-1), where).toBe(accepts);
      expect(list().match(/^## Review.*$/gmu), where).toEqual(['## Review 1']);
      expect(list().match(/a stub/gu), where).toHaveLength(1);
      expect(readChecklist(list()), where).toMatchObject({ done: 4, total: 4 });
      const rounds = model.prompts.flatMap((prompt) => /Reviewer \(round \d\)/u.exec(prompt) ?? []);
      // What was interrupted is reviewed anew, in the same round.
      expect([...rounds].sort(), where).toEqual(rounds);
      expect(new Set(rounds).size, where).toBe(2);
      expect(reviewsOf(await world.state.readJournal()), where).toMatchObject({
        ...{ verdict: 'accepted', rounds: 2, rejected: 1, unclear: 0 },
      });
      if (!hasDied) {
        expect(steps).toBeGreaterThan(100);
        return;
      }
    }
  });
});
