import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notReviewed, unmetOf } from '../../../source/core/run/decision/rules.ts';
import { allDone, failing, listOf, open, Story } from '../../helpers/run-story.ts';

const anyList = fc.constantFrom(open, allDone);

const accept = '{"verdict":"accept","findings":[]}';
const reject = (problem: string): string =>
  JSON.stringify({ verdict: 'reject', findings: [{ step: 1, problem, evidence: 'a.ts:1' }] });

/** A run whose steps are all ticked, and whose Reviewer has started. */
function reviewing(more: ConstructorParameters<typeof Story>[0] = {}): Story {
  return new Story({
    ...more,
    settings: { review: true, stage: ['review'], ...more.settings },
  }).look(allDone);
}

function judge(story: Story, message: string | null, list = allDone): Story {
  const { session } = story;
  return story.exit().tell({ kind: 'closed', session, failure: null, list, message });
}

const withSteps = listOf({ done: 3, total: 4 });

describe('a run with a Reviewer', () => {
  test('starts one in a new conversation when all steps are ticked', () => {
    const story = reviewing({ resume: 'a' });
    expect(story.plan).toMatchObject({ role: 'reviewer', resumes: null, round: 1 });
    expect(story.ending).toBeNull();
  });

  test('that is paused behind the session of the last tick is not done', () => {
    const story = new Story({ settings: { review: true, stage: ['review'] } }).look(open);
    story.tell({ kind: 'started', session: 1 });
    story.tell({ kind: 'control request', want: 'pause after session' });
    story.exit().tell({ kind: 'closed', session: 1, failure: null, list: allDone });
    expect([story.ending, unmetOf(story.run)]).toEqual(['paused', notReviewed]);
  });

  test('is done when it accepts', () => {
    expect(judge(reviewing(), accept).ending).toBe('done');
  });

  test('goes on with what it found, and asks again after that', () => {
    const story = judge(reviewing(), reject('a stub'));
    expect(story.phase).toBe('settling');
    story.settle({ isWritten: true, list: withSteps });
    expect(story.run.review.pending).toEqual([]);
    story.wake().look(withSteps);
    expect(story.plan.role).toBe('executor');
    story
      .exit()
      .close(null, listOf({ done: 4, total: 4 }))
      .wake();
    story.look(listOf({ done: 4, total: 4 }));
    expect(story.plan).toMatchObject({ role: 'reviewer', round: 2 });
    expect(judge(story, accept, listOf({ done: 4, total: 4 })).ending).toBe('done');
  });

  test('asks the user about the same finding twice', () => {
    const story = judge(reviewing(), reject('a stub')).settle({ isWritten: true });
    story.wake().look(allDone);
    judge(story, reject('A stub!')).wake().look(allDone);
    expect(story.run.phase).toMatchObject({ because: { recovery: 'ask the user' } });
    expect(story.run.held).toMatch(/the same twice/u);
  });

  test('asks the user about findings that could not be written, and keeps them', () => {
    const story = judge(reviewing(), reject('a stub')).settle({});
    expect(story.run.held).toMatch(/could not be written/u);
    expect(story.run.review.pending).toHaveLength(1);
  });

  test('asks the user about two verdicts that cannot be understood', () => {
    const story = judge(reviewing(), 'well done').wake().look(allDone);
    expect(story.plan.role).toBe('reviewer');
    judge(story, null).wake().look(allDone);
    expect(story.run.phase).toMatchObject({ because: { recovery: 'ask the user' } });
    story.tell({ kind: 'control request', want: 'try now' }).look(allDone);
    expect(story.plan.role).toBe('reviewer');
  });

  test('reviews anew after a session that failed', () => {
    const story = reviewing();
    story.exit().close(failing('boom'), allDone).wake().look(allDone);
    expect(story.plan).toMatchObject({ role: 'reviewer', resumes: null, round: 1 });
  });

  test('and checks runs these again before it asks again, and is done when both are content', () => {
    const story = new Story({ settings: { review: true, stage: ['checks', 'review'] } });
    const part = (): string | undefined =>
      story.run.phase.name === 'settling' ? story.run.phase.left[0] : undefined;
    story.look(allDone);
    expect(part()).toBe('checks');
    story.settle({ unmet: null }).look(allDone);
    expect(story.plan).toMatchObject({ role: 'reviewer', round: 1 });
    judge(story, reject('a stub'));
    expect(part()).toBe('checks');
    story.settle({ unmet: null });
    story.settle({ isWritten: true, list: withSteps }).wake().look(withSteps);
    expect(story.plan.role).toBe('executor');
    const all = listOf({ done: 4, total: 4 });
    // The repair broke a check: nobody is asked about files that it fails on.
    story.exit().close(null, all);
    expect(part()).toBe('checks');
    story.settle({ unmet: 'check fails: npm test' }).wake().look(all);
    expect(story.plan.role).toBe('executor');
    story.exit().close(null, all);
    story.settle({ unmet: null }).wake().look(all);
    expect(story.plan).toMatchObject({ role: 'reviewer', round: 2 });
    judge(story, accept, all);
    expect([story.ending, part()]).toEqual([null, 'checks']);
    expect(story.settle({ unmet: null }).ending).toBe('done');
  });

  test('without the setting has none', () => {
    expect(new Story().look(allDone).ending).toBe('done');
  });

  test('is never done unless the last verdict accepts', () => {
    const messages = fc.array(
      fc.tuple(fc.constantFrom(accept, reject('a'), reject('b'), 'prose', null), anyList),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(messages, (rounds) => {
        const story = reviewing();
        for (const [message, list] of rounds) {
          if (story.ending !== null || !('plan' in story.run.phase)) return;
          const { role } = story.plan;
          judge(story, message, list);
          if (story.phase === 'settling') story.settle({ isWritten: true, list: withSteps });
          if (story.ending === 'done') expect([role, message]).toEqual(['reviewer', accept]);
          if (story.ending === null) story.wake().look(list);
        }
      }),
    );
  });
});
