import { describe, expect, test } from 'vitest';
import { baselineAfterEdit, guardList } from '../../../source/core/checklist/guard.ts';
import {
  comparisonWords,
  guardTelling,
  noticeLines,
  repairLines,
} from '../../../source/core/checklist/guard-words.ts';

const list = `# Todo app

## Setup

- [x] Create the project
- [ ] Write the parser
  - [ ] numbers
  - [ ] strings
- [ ] Write tests

## Release

- [ ] Write the docs
- [ ] Deploy the site
`;

const changed = (from: string | RegExp, to: string): string => {
  const after = list.replace(from, to);
  expect(after).not.toBe(list);
  return after;
};

const repaired = (after: string, before = list): string | null => guardList({ before, after }).text;

describe('what an honest session does stands', () => {
  test.each([
    ['nothing', list],
    ['a tick', changed('[ ] Write tests', '[x] Write tests')],
    ['an untick', changed('[x] Create', '[ ] Create')],
    ['three ticks at once', list.replaceAll('[ ] Write', '[X] Write')],
    ['a note behind a step', changed('Deploy the site', 'Deploy the site (blocked: no key)')],
    ['a result behind a step', changed('Write tests', 'Write tests: 41 of them')],
    ['emphasis', changed('Write tests', '**Write tests**.')],
    ['an added step', changed('- [ ] Write tests', '- [ ] Write tests\n- [ ] Fix the lexer')],
    ['parts of a step', changed('- [ ] Write tests', '- [ ] Write tests\n  - [x] a\n  - [ ] b')],
    ['notes below a step', changed('- [ ] Write tests', '- [ ] Write tests\n\n  It took an hour.')],
    ['another phase', `${list}\n## Later\n\n- [ ] Measure it\n`],
    ['a new heading', changed('## Setup', '## Phase 1: Setup')],
    ['another bullet', list.replaceAll('- [', '* [')],
    ['other line ends', list.replaceAll('\n', '\r\n')],
    ['a comment', `<!-- - [ ] not a step -->\n${list}`],
  ])('%s', (_, after) => {
    expect(guardList({ before: list, after })).toMatchObject({ text: null, repairs: [], lost: [] });
  });

  test('a note that a session before appended may be taken away again', () => {
    const blocked = changed('Deploy the site', 'Deploy the site (blocked: no key)');
    expect(repaired(list, blocked)).toBeNull();
  });

  test('phases that changed places moved no step', () => {
    const [head = '', setup = '', release = ''] = list.split(/(?=^## )/m);
    const { text, steps } = guardList({ before: list, after: `${head}${release}\n${setup}` });
    expect(text).toBeNull();
    expect(steps.filter(({ moved }) => moved)).toEqual([]);
  });
});

describe('a step that is gone comes back where it was', () => {
  test.each([
    ['the first', '- [x] Create the project\n'],
    ['one in the middle, with its parts', /- \[ \] Write the parser\n(?: {2}.*\n)+/],
    ['the last part of a step', '  - [ ] strings\n'],
    ['both parts', '  - [ ] numbers\n  - [ ] strings\n'],
    ['the last of its phase', '- [ ] Write tests\n'],
    ['the last of all', '- [ ] Deploy the site\n'],
    ['all of a phase', '- [ ] Write the docs\n- [ ] Deploy the site\n'],
    ['the last of one phase and the first of the next', /- \[ \] Write (?:tests|the docs)\n/g],
  ])('%s', (_, gone) => {
    const after = changed(gone, '');
    const text = repaired(after);
    const withoutBlanks = (markdown: string): string => markdown.replace(/\n+/g, '\n');
    expect(withoutBlanks(text ?? '')).toBe(withoutBlanks(list));
    expect(repaired(text ?? '')).toBeNull();
  });

  test('with the tick it had, not with one that it never had', () => {
    const report = guardList({ before: list, after: changed(/- \[x\] Create.*\n/, '') });
    expect(report.text).toBe(list);
    expect(report.repairs).toEqual([
      { kind: 'step', number: 1, text: 'Create the project', done: true, instead: null },
    ]);
  });

  test('with its notes', () => {
    const noted = changed(
      '- [ ] Write tests\n',
      '- [ ] Write tests\n  until they pass\n  - see #4\n',
    );
    const after = noted.replace(/- \[ \] Write tests\n.*\n.*\n/, '');
    expect(repaired(after, noted)).toBe(noted);
  });

  test('below its heading, which comes back too', () => {
    const after = changed(/## Release[^]*/, '');
    expect(repaired(after)).toBe(
      `${after}\n## Release\n\n- [ ] Write the docs\n- [ ] Deploy the site\n`,
    );
  });

  test('beside the parts that took its place', () => {
    const after = changed(
      '- [ ] Deploy the site',
      '- [ ] Rent a machine\n- [ ] Copy everything there',
    );
    expect(repaired(after)).toContain(
      '- [ ] Write the docs\n- [ ] Deploy the site\n- [ ] Rent a machine\n- [ ] Copy everything there\n',
    );
  });

  test('above the parts that are left of it', () => {
    expect(repaired(changed('- [ ] Write the parser\n', ''))).toBe(list);
  });

  test.each([
    ['emptied', ''],
    ['blank', '\n \n'],
  ])('when the list is %s, all of it', (_, after) => {
    expect(repaired(after)).toBe(list);
  });

  test.each([
    ['prose', 'All is done, and well.\n'],
    ['another list', '# Plan\n\n- [x] Do it all\n'],
  ])('when the list became %s, above it', (_, after) => {
    expect(repaired(after)).toBe(`${list}\n${after}`);
  });

  test.each([
    ['a fence', '```\n', '```\n'],
    ['a fence that stays open', '```\n', ''],
    ['a comment', '<!--\n', '-->\n'],
    ['a comment that stays open', '<!--\n', ''],
  ])('out of %s', (_, opening, closing) => {
    const after = changed(
      /(- \[ \] Write the docs\n- \[ \] Deploy the site\n)/,
      `${opening}$1${closing}`,
    );
    const text = repaired(after) ?? '';
    const report = guardList({ before: list, after: text });
    expect(report.text).toBeNull();
    expect(report.steps.map((step) => step.text)).toEqual(Array(7).fill('same'));
  });

  test('out of a quote', () => {
    const text = repaired(changed('- [ ] Deploy', '> - [ ] Deploy')) ?? '';
    expect(text).toContain(
      '- [ ] Write the docs\n- [ ] Deploy the site\n> - [ ] Deploy the site\n',
    );
  });

  test('one of two copies, and the tick of the other stays its own', () => {
    const twice = '- [ ] Run it\n- [x] Run it\n';
    expect(repaired('- [x] Run it\n', twice)).toMatch(/^- \[ \] Run it$/m);
    expect(repaired('- [ ] Run it\n', twice)).toMatch(/^- \[x\] Run it$/m);
  });
});

describe('a box that no longer counts counts again', () => {
  test.each([
    '- Deploy the site',
    '- [~] Deploy the site',
    '-[ ] Deploy the site',
    '[-] Deploy the site',
  ])('%s', (line) => {
    const after = changed('- [ ] Deploy the site', line);
    const report = guardList({ before: list, after });
    expect(report.text).toBe(list);
    expect(report.repairs).toMatchObject([{ kind: 'box', number: 7, done: false }]);
  });

  test('above the parts into which it was split', () => {
    const parts = '\n  - [x] rent a machine\n  - [ ] copy everything';
    const after = changed('- [ ] Deploy the site', `- Deploy the site${parts}`);
    expect(repaired(after)).toBe(changed('Deploy the site', `Deploy the site${parts}`));
  });

  test('what was written behind it stays', () => {
    const after = changed('- [ ] Deploy the site', '- [>] Deploy the site (next week)');
    expect(repaired(after)).toContain('- [ ] Deploy the site (next week)\n');
  });
});

describe('a step that was reworded', () => {
  const after = changed('[ ] Deploy the site', '[x] Deploy the page somewhere');

  test('gets its old words back, and keeps what the session says about its tick', () => {
    const report = guardList({ before: list, after });
    expect(report.text).toBe(changed('[ ] Deploy', '[x] Deploy'));
    expect(report.repairs).toEqual([
      {
        kind: 'words',
        number: 7,
        text: 'Deploy the site',
        done: true,
        instead: 'Deploy the page somewhere',
      },
    ]);
  });

  test('gets them back once', () => {
    const { restoredWords } = guardList({ before: list, after });
    expect(guardList({ before: list, after, restoredWords })).toMatchObject({
      text: null,
      restoredWords,
    });
  });

  test('beyond recognition is a step that was removed and one that was added', () => {
    const text = repaired(changed('[ ] Deploy the site', '[x] Have lunch'));
    expect(text).toContain('- [ ] Deploy the site\n- [x] Have lunch\n');
  });
});

describe('what the user changed meanwhile', () => {
  test('stands: removed and reworded steps stay as the user left them', () => {
    const from = changed('[ ] numbers', '[x] numbers');
    const to = from.replace('- [ ] Write the docs\n', '').replace('Deploy the site', 'Deploy it');
    expect(baselineAfterEdit({ before: list, from, to })).toBe(to);
  });

  test('is guarded from then on', () => {
    const to = changed('- [ ] Write tests', '- [ ] Write tests\n- [ ] Call me');
    const before = baselineAfterEdit({ before: list, from: list, to });
    expect(repaired(list, before)).toBe(to);
  });

  test('does not excuse what the session had done until then', () => {
    const from = changed('- [ ] Write tests\n', '');
    const to = from.replace('- [ ] Write the docs\n', '');
    const before = baselineAfterEdit({ before: list, from, to });
    expect(before).toBe(changed('- [ ] Write the docs\n', ''));
  });
});

test('line ends, the byte order mark and a last line without an end stay', () => {
  const before = `\uFEFF${list.replaceAll('\n', '\r\n').trimEnd()}`;
  expect(repaired(before.replace('- [ ] Write tests\r\n', ''), before)).toBe(before);
  expect(repaired(before.replace('\r\n- [ ] Deploy the site', ''), before)).toBe(before);
});

test('the words name each repair, with foreign text made safe', () => {
  const before = `- [ ] \u001b[31mDeploy\u202e it\n- [x] b\n`;
  const report = guardList({ before, after: 'Nothing left.\n' });
  expect(repairLines(report)).toEqual([
    'Step 1 is back in the list: "Deploy<202E> it"',
    'Step 2 is back in the list (ticked, as before): "b"',
  ]);
  expect(guardTelling(report)).toContain('\n- Step 1 is back in the list: ');
});

test('what a session did to each step is counted, and what looks odd is named', () => {
  const after = list
    .replace('[ ] Write tests', '[x] Write tests (skipped: too hard)')
    .replace('[x] Create', '[ ] Create')
    .replace(
      '- [ ] Write the docs\n- [ ] Deploy the site',
      '- [ ] Deploy the site\n- [ ] Write the docs\n  - [ ] a',
    );
  const report = guardList({ before: list, after });
  expect(comparisonWords(report.steps)).toBe(
    '1 unticked, 4 kept, 1 appended to, 1 ticked, 1 split, 1 moved, 1 added',
  );
  expect(noticeLines(report)).toEqual([
    'Step 1 was unticked: "Create the project"',
    'Step 5 now says that it is skipped: "Write tests (skipped: too hard)"',
    'Step 7 was moved: "Write the docs"',
  ]);
  expect(guardTelling(report)).toBeNull();
});

test('the next session is told in 4 KiB at most, open steps first', () => {
  const before = Array.from(
    { length: 500 },
    (_, at) => `- [${at < 400 ? 'x' : ' '}] 步骤 ${at}\n`,
  ).join('');
  const telling = guardTelling(guardList({ before, after: '' })) ?? '';
  expect(Buffer.byteLength(telling)).toBeLessThanOrEqual(4096);
  expect(telling).toContain('"步骤 400"');
  expect(telling).not.toContain('"步骤 0"');
  expect(telling).toMatch(/- and \d+ more$/);
});
