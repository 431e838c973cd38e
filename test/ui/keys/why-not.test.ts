import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StateWord } from '../../../source/core/task/state.ts';
import { whyNotSteer, type Steering } from '../../../source/ui/keys/why-not.ts';
import { isUnderWay } from '../../../source/ui/look/state-words.ts';
import { state, task } from '../sample.ts';

const words: readonly StateWord[] = [
  'idle',
  'starting',
  'queued',
  'running',
  'pausing',
  'paused',
  'waiting',
  'needs you',
  'interrupted',
  'stopped',
  'failed',
  'done',
  'no list',
];
const steerings: readonly Steering[] = ['pause', 'pause-after-session', 'continue', 'resume-last'];

const taskIn = (word: StateWord, label = 'shop') => task(label, { state: state(word) });
const context = { task: null, focus: 'tasks', dialog: null, commands: [] } as const;
const whyNot = (id: Steering, word: StateWord) =>
  whyNotSteer(id, { ...context, task: taskIn(word) });

describe('in every state', () => {
  test.each(words)('%s, a refusal is one sentence that begins with the task', (word) => {
    for (const id of steerings) {
      expect(whyNot(id, word) ?? 'shop is').toMatch(/^shop (?:is|has|already) ?[^.]*$/);
    }
  });

  test.each(words)('%s, what can pause after its session can pause now, too', (word) => {
    if (whyNot('pause-after-session', word) === null) expect(whyNot('pause', word)).toBeNull();
  });

  test.each(words)('%s, what can be resumed can be continued, too', (word) => {
    if (whyNot('resume-last', word) === null) expect(whyNot('continue', word)).toBeNull();
  });

  test.each(words)('%s, a task without a runner can never be paused', (word) => {
    if (!isUnderWay(word)) expect(whyNot('pause', word)).not.toBeNull();
  });

  test('but pausing and done, there is something to do', () => {
    const stuck = words.filter((word) => steerings.every((id) => whyNot(id, word) !== null));
    expect(stuck).toEqual(['pausing', 'done']);
  });
});

test('a task whose runner is stopped by a signal says how to continue it, whatever is pressed', () => {
  const reason = 'background process 7 is stopped; kill -CONT 7 continues it';
  const stopped = task('shop', {
    state: state('needs you', { reason }),
    run: 'r1',
    runnerIsStopped: true,
  });
  for (const id of steerings) {
    expect(whyNotSteer(id, { ...context, task: stopped })).toBe(`shop: ${reason}`);
  }
});

test('a task that needs the user and has no runner can be continued and resumed, not paused', () => {
  const reason = 'autonomous/shop is gone: bring it back';
  const left = task('shop', { state: state('needs you', { reason, hasNoRunner: true }) });
  const whyNotLeft = (id: Steering) => whyNotSteer(id, { ...context, task: left });
  expect(steerings.map(whyNotLeft)).toEqual([
    'shop is not running; c continues it',
    'shop is not running; c continues it',
    null,
    null,
  ]);
});

describe('of marked tasks', () => {
  const anyTask = fc.record({
    word: fc.constantFrom(...words),
    label: fc.constantFrom('a', 'b', 'c'),
  });

  test('one to which it applies is enough; otherwise the first says why not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...steerings),
        fc.array(anyTask, { minLength: 1, maxLength: 5 }),
        (id, chosen) => {
          const marked = chosen.map(({ word, label }) => taskIn(word, label));
          const each = marked.map((one) => whyNotSteer(id, { ...context, task: one }));
          // The selected task has no say.
          for (const selected of [null, taskIn('running'), taskIn('paused')]) {
            const answer = whyNotSteer(id, { ...context, task: selected, marked });
            expect(answer).toBe(each.includes(null) ? null : each[0]);
          }
        },
      ),
    );
  });
});

test('a name that is not valid refuses everything, and says how to rename it if that is known', () => {
  for (const id of steerings) {
    const odd = task('my task', { valid: false, state: state('running') });
    expect(whyNotSteer(id, { ...context, task: odd })).toBe('my task is not a valid name');
    const mend = "mv 'my task' my-task";
    expect(whyNotSteer(id, { ...context, task: { ...odd, mend } })).toContain(mend);
    const link = task('docs', { valid: false, problem: 'a symbolic link: move it away' });
    expect(whyNotSteer(id, { ...context, task: link })).toBe(`docs is ${String(link.problem)}`);
  }
});
