import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardList } from '../../../source/core/checklist/guard.ts';
import { readListText } from '../../../source/core/checklist/list-text.ts';
import {
  acceptedList,
  readReplacedList,
  replacedListJson,
  replacedSteps,
} from '../../../source/core/checklist/replaced-list.ts';

const restored = `# Shop

- [x] Set up the project
- [ ] Write the parser
- [ ] Write the docs
- [ ] Deploy the site
`;
const text = `# Shop

- [x] Set up the project
- [ ] Write some docs
- [x] Deploy the site
`;
const replaced = { session: 4, text, restored };

describe('the version that the guard replaced', () => {
  test('is told by the steps that it lacks and rewords, with their numbers in the list', () => {
    expect(replacedSteps(replaced, restored)).toEqual([
      { number: 2, text: 'Write the parser', instead: null },
      { number: 3, text: 'Write the docs', instead: 'Write some docs' },
    ]);
  });

  test('is accepted with the ticks that the list has by then', () => {
    const list = restored
      .replace('[ ] Write the docs', '[x] Write the docs')
      .replace('[ ] Write the parser', '[X] Write the parser');
    expect(acceptedList(replaced, list)).toBe(`# Shop

- [x] Set up the project
- [x] Write some docs
- [ ] Deploy the site
`);
  });

  test.each([
    ['another step', `${restored}- [ ] Sell it\n`],
    ['a step less', restored.replace('- [ ] Write the parser\n', '')],
    ['a note behind a step', restored.replace('site\n', 'site (blocked: no key)\n')],
    ['a line of prose', `${restored}\nAsk Ann.\n`],
    ['the version itself, accepted by now', text],
    ['nothing', ''],
  ])('cannot be accepted any more when the list has %s', (_, list) => {
    expect(replacedSteps(replaced, list)).toBeNull();
    expect(acceptedList(replaced, list)).toBeNull();
  });

  test('is nothing to accept where it lacks no step', () => {
    expect(replacedSteps({ session: 4, text: restored, restored }, restored)).toBeNull();
  });

  test('belongs to the task’s directory as it is now', () => {
    const directory = { device: 1, inode: 2, bornAt: 3 };
    const json = replacedListJson(replaced, directory);
    expect(readReplacedList(json, directory)).toEqual(replaced);
    expect(readReplacedList(json, { ...directory, inode: 9 })).toBeNull();
    expect(readReplacedList({ ...json, restored: 3 }, directory)).toBeNull();
    expect(readReplacedList(null, directory)).toBeNull();
  });
});

const word = fc.constantFrom(...'write run fix the parser tests docs site login größe'.split(' '));
const line = fc.record({
  words: fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
  done: fc.boolean(),
  depth: fc.constantFrom('', '', '  '),
});
const listFrom = (lines: readonly { words: string; done: boolean; depth: string }[]): string =>
  `# List\n\n${lines.map(({ words, done, depth }) => `${depth}- [${done ? 'x' : ' '}] ${words}\n`).join('')}`;

test('whatever a session did, accepting gives its steps, invents no tick and can be done once', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      (lines, choices, ticks) => {
        const before = listFrom(lines);
        const after = listFrom(
          lines.flatMap((one, at) => {
            if (choices[at] === 0) return [];
            return choices[at] === 1 ? [{ ...one, words: `${one.words} differently` }] : [one];
          }),
        );
        const report = guardList({ before, after });
        if (report.text === null) return;
        let next = 0;
        const list = report.text.replace(/\[[ x]\]/g, () => (ticks[next++ % 20] ? '[x]' : '[ ]'));
        const version = { session: 1, text: after, restored: report.text };
        const accepted = acceptedList(version, list);
        if (accepted === null) {
          expect(replacedSteps(version, list)).toBeNull();
          return;
        }
        const [made, own] = [readListText(accepted).steps, readListText(list).steps];
        expect(made.map((step) => step.text)).toEqual(
          readListText(after).steps.map((step) => step.text),
        );
        const count = (steps: typeof made): number => steps.filter(({ done }) => done).length;
        expect(count(made)).toBeLessThanOrEqual(count(own));
        expect(acceptedList(version, accepted)).toBeNull();
      },
    ),
  );
});
