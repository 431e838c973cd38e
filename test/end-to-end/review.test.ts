// A Reviewer on the real Codex judges the work before a task is done.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { commandThatMayFail, message } from '../../source/demo/responses-api.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

describe.skipIf(!hasSandbox)('a task with a Reviewer', () => {
  test('goes on with what it found, is done when it accepts, and it cannot write', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 1 }),
      configuration: { checkpoints: 'on', restSeconds: 0 },
    });
    const found = { step: 1, problem: 'part 1 is a stub', evidence: 'parts.txt:1' };
    let prompt = '';
    world.setAnswer((request) => {
      const [, round] = /^Role: Reviewer \(round (\d)\)$/mu.exec(request.prompt) ?? [];
      if (round === undefined) return world.worker(request);
      ({ prompt } = request);
      if (request.toolOutputs.length === 0) {
        return { kind: 'items', items: [commandThatMayFail('echo mine > reviewed.txt')] };
      }
      const verdict =
        round === '1'
          ? { verdict: 'reject', findings: [found] }
          : { verdict: 'accept', findings: [] };
      return { kind: 'items', items: [message(JSON.stringify(verdict))] };
    });
    const { exitCode, stdout } = await world.run([
      ...['--headless', '--task-name', 'shop', '--review', 'Build a shop'],
    ]);
    expect(stdout).toContain('The Reviewer rejected the work (round 1): part 1 is a stub');
    expect(stdout).toContain('The Reviewer accepted the work (round 2).');
    expect(exitCode).toBe(0);
    const list = await readFile(join(world.project, '.autonomous/shop/task_list.md'), 'utf8');
    expect(list).toMatch(/## Review 1\n\n- \[x\] Step 1: part 1 is a stub/u);
    expect(existsSync(join(world.project, 'reviewed.txt'))).toBe(false);
    expect(prompt).toMatch(/<diff>\nFiles that changed: [^]*parts\.txt[^]*\+part 1\n/u);
    const sessions = await world.task('shop').logged('autonomous.session.started');
    expect(sessions.map(({ role }) => role)).toEqual([
      ...['initializer', 'executor', 'reviewer', 'executor', 'reviewer'],
    ]);
    const { stdout: report } = await world.run(['--report', '--json', '--task-name', 'shop']);
    const [told] = (JSON.parse(report) as { tasks: Record<string, unknown>[] }).tasks;
    expect(told).toMatchObject({
      review: 'accepted',
      reviews: { rounds: 2, rejected: 1, unclear: 0, sessions: 2 },
    });
    expect(await world.listed('shop')).toMatchObject({ state: 'done', done: 2, total: 2 });
  });
});
