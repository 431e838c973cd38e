import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyChecklist,
  nextStep,
  percentDone,
  readChecklist,
  tickedSince,
} from '../../../source/core/checklist/checklist.ts';

const texts = (markdown: string): string[] =>
  readChecklist(markdown).steps.map((step) => step.text);

test('a list is read with its phases, nesting and done steps', () => {
  const markdown = `# Todo app

## Phase 1: Setup ##

- [x] Set up the **project**
- [ ] Write the \`API\`
  - [X] routes
  1. [ ] tests

Phase 2
-------

* [ ] Deploy (blocked: no credentials)
`;
  expect(readChecklist(markdown)).toEqual({
    done: 2,
    total: 5,
    missed: [],
    steps: [
      {
        number: 1,
        text: 'Set up the **project**',
        done: true,
        phase: 'Phase 1: Setup',
        depth: 0,
        blocked: false,
      },
      {
        number: 2,
        text: 'Write the `API`',
        done: false,
        phase: 'Phase 1: Setup',
        depth: 0,
        blocked: false,
      },
      { number: 3, text: 'routes', done: true, phase: 'Phase 1: Setup', depth: 1, blocked: false },
      { number: 4, text: 'tests', done: false, phase: 'Phase 1: Setup', depth: 1, blocked: false },
      {
        number: 5,
        text: 'Deploy (blocked: no credentials)',
        done: false,
        phase: 'Phase 2',
        depth: 0,
        blocked: true,
      },
    ],
  });
});

describe('a step is a list item with a box', () => {
  test.each([
    '- [ ] a',
    '* [ ] a',
    '+ [x] a',
    '1. [ ] a',
    '12) [X] a',
    '-\t[ ]\ta',
    '- [ ]\n  a',
    '- - [ ] a',
    '\uFEFF- [ ] a',
  ])('%j is one', (markdown) => {
    expect(texts(markdown)).toEqual(['a']);
  });

  test.each([
    '',
    '- a',
    '- [2026-01-29] a',
    '- [-] a',
    '- [] a',
    '- [x]a',
    '- [ ]',
    '- [ ] ',
    '[ ] a',
    '-[ ] a',
    '- a [ ] b',
    '- **[ ] a**',
    '- # [ ] a',
    '- [ ] a\n  ---',
    '- a\n\n  [ ] b',
    '-\n[ ] b\n- c',
    '-     [ ] code',
    '    - [ ] code',
    '```\n- [ ] code\n```',
    '~~~ts\n- [ ] code',
    '````\n```\n- [ ] code',
    '- ```\n  - [ ] code\n  ```',
    '<!-- - [ ] a -->',
    '<!-- a -> b\n- [ ] a',
    '<!--\n\n- [ ] a\n\n-->',
    '<div>\n- [ ] a\n</div>',
    '> - [ ] a',
    '- > - [ ] a',
  ])('%j is not one', (markdown) => {
    expect(texts(markdown)).toEqual([]);
  });
});

test('line ends of all systems count', () => {
  for (const lineEnd of ['\n', '\r\n', '\r']) {
    expect(texts(['# a', '- [ ] b', '- [x] c', ''].join(lineEnd))).toEqual(['b', 'c']);
  }
});

test('a text that continues on the next line belongs to its step', () => {
  expect(texts('- [ ] one\n  two\nthree\n\n  four')).toEqual(['one two three']);
});

test('texts and phases are clean, whatever the agent wrote', () => {
  const { steps } = readChecklist(
    '# \x1b[31mred\u202e\n- [ ] \x1b]0;title\x07a\u200bb\x07\n- [ ] ' + 'x'.repeat(5000),
  );
  expect(steps[0]).toMatchObject({ phase: 'red<202E>', text: 'ab' });
  expect(steps[1]?.text).toHaveLength(1000);
});

test('an empty heading is not a phase', () => {
  expect(readChecklist('# a\n##\n- [ ] b').steps[0]?.phase).toBeNull();
});

describe('an open step is blocked when its text ends with a parenthesis that says so', () => {
  test.each([
    ['- [ ] a (blocked)', true],
    ['- [ ] a (Blocked: no credentials).', true],
    ['- [ ] a *(blocked by step 3)*', true],
    ['- [ ] a (still blocked (see above))', true],
    ['- [ ] a\n  (blocked:\n  no network)', true],
    ['- [ ] a ' + 'x'.repeat(5000) + ' (blocked)', true],
    ['- [x] a (blocked)', false],
    ['- [ ] a (blocked) b', false],
    ['- [ ] a blocked', false],
    ['- [ ] a (unblocked)', false],
    ['- [ ] a (blocked: x) (done in part)', false],
    ['- [ ] a blocked)', false],
  ])('%j: %s', (markdown, blocked) => {
    expect(readChecklist(markdown).steps[0]?.blocked).toBe(blocked);
  });
});

describe('the next step', () => {
  test.each([
    ['is the first open one', '- [x] a\n- [ ] b\n- [ ] c', 'b'],
    ['skips blocked steps', '- [ ] a (blocked)\n- [ ] b', 'b'],
    [
      'is the first open one when all are blocked',
      '- [x] a\n- [ ] b (blocked)\n- [ ] c (blocked)',
      'b (blocked)',
    ],
    ['is none when all are done', '- [x] a', undefined],
    ['is none without steps', '', undefined],
  ])('%s', (_, markdown, text) => {
    expect(nextStep(readChecklist(markdown))?.text).toBe(text);
  });
});

describe('the steps ticked since', () => {
  test.each([
    ['the steps that were open and are done', '- [ ] a\n- [ ] b', '- [x] a\n- [ ] b', [1]],
    ['none when nothing changed', '- [x] a\n- [ ] b', '- [x] a\n- [ ] b', []],
    ['no step that was unticked', '- [x] a', '- [ ] a', []],
    ['new steps that are done', '- [x] a', '- [x] a\n- [x] b', [2]],
    ['all done steps of a new list', '', '- [x] a\n- [ ] b\n- [x] c', [1, 3]],
    ['no step that only moved', '- [x] a\n- [ ] b', '- [ ] new\n- [ ] b\n- [x] a', []],
    ['also a step whose text was changed', '- [x] a\n- [ ] b (blocked)', '- [x] a\n- [x] b', [2]],
    ['no done step whose text was changed', '- [x] a\n- [ ] b', '- [x] a, fixed\n- [ ] b', []],
    ['the right one of the same text', '- [x] test\n- [ ] test', '- [x] test\n- [x] test', [2]],
    ['none of a list that is gone', '- [x] a', '', []],
  ])('are %s', (_, before, after, numbers) => {
    const ticked = tickedSince(readChecklist(before), readChecklist(after));
    expect(ticked.map((step) => step.number)).toEqual(numbers);
  });

  const boxes = fc.array(fc.tuple(fc.boolean(), fc.constantFrom('a', 'b', 'c', 'd')));
  const list = (steps: [boolean, string][]) =>
    readChecklist(steps.map(([done, text]) => `- [${done ? 'x' : ' '}] ${text}`).join('\n'));

  test('are none between a list and itself', () => {
    fc.assert(
      fc.property(boxes, (steps) => {
        expect(tickedSince(list(steps), list(steps))).toEqual([]);
      }),
    );
  });

  test('are exactly the newly ticked ones, while texts stay the same', () => {
    fc.assert(
      fc.property(boxes, fc.infiniteStream(fc.boolean()), (steps, ticks) => {
        const after = steps.map(([done, text]): [boolean, string] => [
          done || ticks.next().value === true,
          text,
        ]);
        const expected = after.flatMap(([done], at) => (done && !steps[at]?.[0] ? [at + 1] : []));
        expect(tickedSince(list(steps), list(after)).map((step) => step.number)).toEqual(expected);
      }),
    );
  });
});

test('the percentage is rounded down, so 100 means all', () => {
  const percent = (done: number, total: number) => percentDone({ done, total });
  expect(percent(7, 15)).toBe(46);
  expect(percent(999, 1000)).toBe(99);
  expect(percent(25, 25)).toBe(100);
  expect(percentDone(emptyChecklist)).toBe(0);
});

test('steps are numbered in document order, whatever the document', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('- [ ] a', '  - [x] b', '# h', '', '```', 'x')),
      (lines) => {
        const { steps, done, total } = readChecklist(lines.join('\n'));
        expect(steps.map((step) => step.number)).toEqual(steps.map((_, at) => at + 1));
        expect(total).toBe(steps.length);
        expect(done).toBe(steps.filter((step) => step.done).length);
      },
    ),
  );
});
