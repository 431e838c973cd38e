import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checklistSummary } from '../../../source/core/checklist/summary.ts';
import { nextStep, readChecklist } from '../../../source/core/checklist/checklist.ts';

const fullSummary = (markdown: string) => {
  const checklist = readChecklist(markdown);
  const next = nextStep(checklist);
  const { done, total, missed } = checklist;
  return { done, total, next: next && { number: next.number, text: next.text }, missed };
};

const lines = [
  '- [ ] open',
  '- [x] done',
  '* [X] done',
  '+ [ ] open *emphasis*',
  '- [ ]  two spaces ',
  '- [ ] blocked (blocked: no network)',
  '- [x]',
  '- [ ] ',
  '- [x](link)',
  '- [ ]near',
  '-[ ] near',
  '- [>] near',
  '- [] near',
  '• [ ] near',
  '**[ ] near**',
  '# [ ] near',
  '- [2026-01-29] note',
  '- note',
  '- **note**: words',
  '- `code`',
  '- - [ ] nested at once',
  '- 1. [ ] nested number',
  '- > [ ] quote',
  '- # [ ] heading',
  '- ```',
  '-',
  '1. [ ] number',
  '2026 words',
  '# Heading',
  '## Phase 1 ##',
  '#',
  'words that go on',
  '[ ] no box',
  '[x] no box',
  '**bold** words',
  '* * *',
  '---',
  '===',
  '___',
  '- - -',
  '```',
  '~~~',
  '<!-- comment',
  '-->',
  '<div>',
  '</div>',
  '> quote',
  '> - [ ] in a quote',
  '| a | b |',
  '日本語',
  '\u00a0- [ ] behind a hard space',
  '',
  '   ',
];

const anyLine = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '  ', '   ', '    ', '     ', '      ', '        ', '\t'),
    fc.constantFrom(...lines),
  )
  .map(([indent, line]) => indent + line);

const anyMarkdown = fc
  .tuple(fc.array(anyLine, { maxLength: 8 }), fc.constantFrom('\n', '\n', '\n', '\r\n'))
  .map(([all, lineEnd]) => all.join(lineEnd));

/** With and without the next step. */
function expectBoth(markdown: string): void {
  const full = fullSummary(markdown);
  expect(checklistSummary(markdown)).toEqual(full);
  expect(checklistSummary(markdown, 'counts only')).toEqual({ ...full, next: null });
}

test('the summary equals the full reading, whatever the agent wrote', () => {
  fc.assert(
    fc.property(anyMarkdown, (markdown) => {
      expectBoth(markdown);
    }),
    { numRuns: 5000 },
  );
});

test('the summary equals the full reading of any text', () => {
  const text = fc.string({ unit: fc.constantFrom(...'-*+[] xX#>`<=_\n\n1.a日\t(blocked)') });
  fc.assert(
    fc.property(text, (markdown) => {
      expectBoth(markdown);
    }),
    { numRuns: 5000 },
  );
});

test('the summary equals the full reading of thousands of lines', () => {
  const list = `# Plan\n\n${lines.slice(0, 4).join('\n')}\n`.repeat(1000);
  expectBoth(list);
  expectBoth(`${list}> - [ ] in a quote\n`);
});
