import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllDone, readChecklist } from '../../../source/core/checklist/checklist.ts';
import { missedWords } from '../../../source/core/checklist/missed-box.ts';
import { checklistSummary } from '../../../source/core/checklist/summary.ts';

function missedIn(markdown: string): number[] {
  const { missed } = readChecklist(markdown);
  expect(checklistSummary(markdown).missed).toEqual(missed);
  return missed.map(({ line }) => line);
}

describe('what looks like an open box and is none is missed', () => {
  test.each([
    ['indented by four spaces', '## Phase 1\n    - [ ] a\n## Phase 2\n- [x] c', [2]],
    ['indented by a tab', '## Phase 1\n\t- [ ] a\n## Phase 2\n- [x] c', [2]],
    ['behind a fence that is never closed', '- [x] run:\n```sh\nmake\n- [ ] b', [4]],
    ['behind a fence left open before another', '- [x] a\n```sh\n- [ ] b\n```sh\nls\n```', [3]],
    ['behind a fence that its item ends', '- [x] a\n  ```sh\n  - [ ] b\n\n- [x] c', [3]],
    ['behind a comment that is never closed', '- [x] a\n<!-- note\n- [ ] b', [3]],
    ['below HTML', '- [x] c\n\n<details><summary>P</summary>\n- [ ] a', [4]],
    ['below a paragraph, indented', '- [x] a\n\nwords\n    - [ ] b', [4]],
    ['a box without text', '- [x] a\n- [ ]', [2]],
    ['a heading below it', '- [x] a\n- [ ] b\n  ===', [2]],
  ])('%s', (_what, markdown, lines) => expect(missedIn(markdown)).toEqual(lines));

  test.each([
    ...['- [ ]b', '-[ ] b', '- [>] b', '- [~] b', '- [-] b', '- [ ]* b', '- [] b', '- [  ] b'],
    ...['[ ] b', '• [ ] b', '– [ ] b', '* [ ]b', '1.[ ] b', '1. [~] b', '- **[ ] b**', '### [ ] b'],
    ...['- \\[ ] b', '- ☐ b', '- [\u00a0] b', 'a) [ ] b', '- [/] b', '- [?] b', '- - [-] b'],
  ])('%s', (line) => {
    expect(missedIn(`- [x] a\n\n${line}\n`)).toEqual([3]);
    expect(missedIn(`${line}\n\n- [x] a\n`)).toEqual([1]);
  });
});

describe('what does not look like an open box is not missed', () => {
  test.each([
    ['a closed fence', '- [x] a\n```\n- [ ] b\n```'],
    ['a closed fence with a word', '- [x] a\n~~~~md\n- [ ] b\n```sh\n~~~~'],
    ['a comment', '<!--\n- [ ] b\n-->\n- [x] a'],
    ['a comment on a line', '<!-- - [ ] b -->\n- [x] a'],
    ['raw HTML that is closed', '<pre>\n- [ ] b\n</pre>\n- [x] a'],
    ['a quote', '> - [ ] b\n\n- [x] a'],
    ['an open step', '- [ ] b\n  - [ ] c\n1. [ ] d'],
    ['a skipped step', '- [x] a (skipped: no time)'],
    ['a date', '- [2026-01-29] b\n- [x] a'],
    ['links and footnotes', '- [a](b)\n- [-](b)\n- [1] b\n- [x](b)\n- [b]: c\n- [x] a'],
    ['words about boxes', '- `[ ]` is open\n\nA step is `- [ ] …`, done [x].\n- [x] a'],
  ])('%s', (_what, markdown) => expect(missedIn(markdown)).toEqual([]));
});

const indents = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 9 });
const markers = fc.constantFrom(
  '-',
  '*',
  '+',
  '1.',
  '12)',
  '',
  '•',
  '–',
  'a)',
  '##',
  '- -',
  '1. *',
);
const marks = fc.constantFrom(' ', '', '  ', '\t', '-', '>', '~', '/', '?', '!', '.', 'o', '…');
const boxes = fc.oneof(
  marks.map((mark) => `[${mark}]`),
  marks.map((mark) => `\\[${mark}\\]`),
  fc.constantFrom('☐', '◻', '□', '**[ ]', '_[ ]'),
);
const nearBox = fc
  .tuple(
    indents,
    markers,
    fc.constantFrom('', ' ', '   ', '\t'),
    boxes,
    fc.constantFrom('', ' ', '* '),
  )
  .map((parts) => [...parts, 'b'].join(''));
const others = fc.constantFrom('- [x] a', '', '## P', 'words', '  - [x] c', '<div>', '---');
/** What swallows the lines below it, as long as it is not closed. */
const openers = fc.constantFrom(
  '```sh',
  '  ~~~~',
  '<!-- note',
  '<details><summary>P</summary>',
  '<pre>',
);
const someAbove = fc
  .tuple(fc.array(others), fc.option(openers, { nil: '' }), fc.array(others, { maxLength: 3 }))
  .map(([first, opener, then]) => [...first, opener, ...then]);

test('a list with a near box anywhere is never all done, and its summary agrees', () => {
  fc.assert(
    fc.property(someAbove, nearBox, fc.array(others), (above, line, below) => {
      const markdown = [...above, line, ...below].join('\n');
      const list = readChecklist(markdown);
      expect(isAllDone(list)).toBe(false);
      expect(isAllDone(checklistSummary(markdown))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('the words name the first lines and count the others', () => {
  const { missed } = readChecklist('- [ ]a\n- [~] b\n-[ ] c\n- [>] d\n- [-] e');
  expect(missedWords({ missed })).toBe(
    'not counted: line 1 "- [ ]a", line 2 "- [~] b", line 3 "-[ ] c", 2 more; write as "- [ ] …"',
  );
});
