// Reviews that lead nowhere, and reviews that are cut short, on the real Codex.

import { describe, expect } from 'vitest';
import { usageLimit } from '../../source/demo/faults.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { command, message } from '../../source/demo/responses-api.ts';
import type { Answer } from '../../source/demo/scripted-model.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

const says = (text: string): Answer => ({ kind: 'items', items: [message(text)] });
const accepts = says('{"verdict":"accept","findings":[]}');
const rejects = (problem: string): Answer =>
  says(
    JSON.stringify({ verdict: 'reject', findings: [{ step: 99, problem, evidence: 'parts.txt' }] }),
  );

const ticks = (task: string): Answer => ({
  kind: 'items',
  items: [command(`sed -i 's/\\[ \\]/[x]/' .autonomous/${task}/task_list.md`)],
});

const isReview = ({ prompt }: ModelRequest): boolean => prompt.includes('\nRole: Reviewer (');

const headless = (task: string, ...more: string[]): string[] => [
  ...['--headless', '--task-name', task, '--continue', ...more],
];

describe.skipIf(!hasSandbox)('a review', () => {
  test('that leads nowhere needs the user, and is never an acceptance', async ({ makeWorld }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
    const scripts: Readonly<Record<string, Answer[]>> = {
      same: [rejects('part 1 is a stub'), rejects('Part 1 is a stub.')],
      stubborn: ['a stub', 'no test', 'half the goal'].map(rejects),
      garbage: [says('Well done, I accept!'), says('{"verdict":"accept"')],
    };
    world.setAnswer((request) => {
      const [, task = ''] = /^Task directory: \.autonomous\/(\w+)\//u.exec(request.prompt) ?? [];
      if (isReview(request)) return scripts[task]?.shift() ?? accepts;
      return request.toolOutputs.length === 0 ? ticks(task) : says('Done.');
    });
    const names = Object.keys(scripts);
    for (const name of names) await world.prepare(name, { done: 1 });
    const runs = await Promise.all(names.map((name) => world.run(headless(name, '--review'))));
    const [same, stubborn, garbage] = runs.map(({ stdout }) => stdout);
    expect(same).toContain('The Reviewer found the same twice: Part 1 is a stub.');
    expect(stubborn).toContain('The Reviewer rejected the work 3 times: half the goal');
    expect(garbage).toContain('The Reviewer gave no verdict that can be understood, twice');
    expect(runs.map(({ exitCode }) => exitCode)).not.toContain(0);
    // One program tells of all: each that is started costs as much as a session.
    const { stdout } = await world.run(['--report', '--json']);
    const { tasks } = JSON.parse(stdout) as { tasks: { name: string }[] };
    const told = (name: string): unknown => tasks.find((task) => task.name === name);
    expect(told('same')).toMatchObject({
      ...{ state: 'failed', review: 'not accepted' },
      reviews: { rounds: 2, rejected: 2, unclear: 0, sessions: 2 },
    });
    expect(told('stubborn')).toMatchObject({
      ...{ state: 'failed', review: 'not accepted' },
      reviews: { rounds: 3, rejected: 3, unclear: 0, sessions: 3 },
    });
    const list = await world.task('stubborn').read('task_list.md');
    expect(list.match(/^(?:## Review|- \[.\]).*$/gmu)).toEqual([
      ...['- [x] Do part 1', '## Review 1', '- [x] a stub [parts.txt]'],
      ...['## Review 2', '- [x] no test [parts.txt]'],
      ...['## Review 3', '- [ ] half the goal [parts.txt]'],
    ]);
    expect(told('garbage')).toMatchObject({
      ...{ state: 'failed', review: 'not reviewed' },
      reviews: { rounds: 0, rejected: 0, unclear: 2, sessions: 2 },
    });
  });

  test('that a limit or a kill cuts short starts anew, without being asked for again', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 1 }),
      configuration: { restSeconds: 0, resetMarginSeconds: 1 },
    });
    const task = await world.prepare('shop', { done: 1 });
    let reviews = 0;
    world.setAnswer(() => (reviews++ === 0 ? usageLimit({ resetsAtMs: Date.now() }) : accepts));
    const gate = world.hold((request) => isReview(request) && reviews > 0);
    const run = world.start(headless('shop', '--review'));
    await run.waitFor('usage limit');
    await gate.reached();
    expect(await world.listed('shop')).toMatchObject({
      state: 'reviewing',
      session: { number: 2, role: 'reviewer' },
    });
    const pid = (await task.record())?.session?.codex?.pid;
    run.kill('SIGKILL');
    process.kill(pid!, 'SIGKILL');
    await run.ended;
    gate.open();
    expect(await world.run(headless('shop'))).toMatchObject({ exitCode: 0 });
    const sessions = await task.logged('autonomous.session.started');
    expect(sessions.map(({ role }) => role)).toEqual(['reviewer', 'reviewer', 'reviewer']);
    expect(sessions.map(({ resumes }) => resumes ?? null)).toEqual([null, null, null]);
    const prompts = world.requests.filter(isReview).map(({ prompt }) => prompt);
    expect(prompts.every((prompt) => prompt.includes('Role: Reviewer (round 1)'))).toBe(true);
    expect(await task.boxes()).toEqual([true]);
  });
});
