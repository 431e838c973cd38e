// Laws of the guard for lists and sessions at random: honest ones, and ones that do anything to the file.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { readListText } from '../../../source/core/checklist/list-text.ts';
import { guardList } from '../../../source/core/checklist/guard.ts';

type Line =
  { kind: 'step'; text: string; done: boolean; depth: number } | { kind: 'note'; text: string };
type Phase = { heading: string | null; lines: Line[] };

const word = fc.constantFrom(
  ...'write run fix the parser tests docs site login page 测试 größe'.split(' '),
);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));
const step = fc.record({
  kind: fc.constant('step' as const),
  text: words,
  done: fc.boolean(),
  depth: fc.constantFrom(0, 0, 0, 1, 2),
});
const note = fc.record({ kind: fc.constant('note' as const), text: words });
const phases = fc.array(
  fc.record({
    heading: fc.option(words),
    lines: fc.array(fc.oneof({ weight: 5, arbitrary: step }, note), { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const style = fc.record({
  bullet: fc.constantFrom('-', '*', '1.'),
  end: fc.constantFrom('\n', '\r\n'),
});

/** A line is at most one deeper than the step above it. */
function textOf(list: readonly Phase[], { bullet, end }: { bullet: string; end: string }): string {
  const lines: string[] = [];
  for (const { heading, lines: own } of list) {
    lines.push('', `## ${heading ?? 'Phase'}`, '');
    let deepest = 0;
    for (const line of own) {
      if (line.kind === 'note') {
        lines.push('', line.text, '');
        deepest = 0;
        continue;
      }
      const depth = Math.min(line.depth, deepest);
      lines.push(
        `${' '.repeat((bullet.length + 1) * depth)}${bullet} [${line.done ? 'x' : ' '}] ${line.text}`,
      );
      deepest = depth + 1;
    }
  }
  return lines.map((line) => line + end).join('');
}

/** What an honest session does to a line, from numbers at random. */
function honestly(list: readonly Phase[], choices: readonly number[]): Phase[] {
  let next = 0;
  const choice = (): number => choices[next++ % choices.length] ?? 0;
  return list.map(({ heading, lines }) => ({
    heading,
    lines: lines.flatMap((line): Line[] => {
      if (line.kind === 'note') return [line];
      const extra = { kind: 'step' as const, text: `extra ${next}`, done: choice() % 2 === 0 };
      switch (choice() % 6) {
        case 0:
          return [{ ...line, done: true }];
        case 1:
          return [{ ...line, text: `${line.text} (blocked: no key)` }];
        case 2:
          return [line, { ...extra, depth: line.depth }];
        case 3:
          return [line, { ...extra, depth: line.depth + 1 }];
        default:
          return [line];
      }
    }),
  }));
}

const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const at = by % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
};

test('an honest session is never accused: ticks, notes, added steps, parts, phases in another order', () => {
  fc.assert(
    fc.property(
      phases,
      style,
      fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
      (list, how, choices) => {
        const before = textOf(list, how);
        const after = textOf(rotated(honestly(list, choices), choices[0] ?? 0), how);
        const { text, repairs, lost } = guardList({ before, after });
        expect({ text, repairs, lost }).toEqual({ text: null, repairs: [], lost: [] });
      },
    ),
    { numRuns: 500 },
  );
});

const vandalism: fc.Arbitrary<(lines: string[]) => string[]> = fc.oneof(
  fc.tuple(fc.nat(30), fc.nat(8)).map(
    ([at, many]) =>
      (lines: string[]) =>
        lines.toSpliced(at, many),
  ),
  fc
    .tuple(
      fc.nat(30),
      fc.constantFrom(
        '```',
        '<!--',
        '-->',
        '> quoted',
        '    code',
        '- [x] mine',
        '- item',
        '# Heading',
        '',
        '<div>',
        '---',
        '  - [ ] part',
      ),
    )
    .map(
      ([at, line]) =>
        (lines: string[]) =>
          lines.toSpliced(at, 0, line),
    ),
  fc.nat(30).map((by) => (lines: string[]) => rotated(lines, by)),
  fc.constantFrom<(lines: string[]) => string[]>(
    (lines) => lines.map((line) => `> ${line}`),
    (lines) => lines.map((line) => `  ${line}`),
    (lines) => lines.map((line) => line.replace('[ ] ', '')),
    (lines) => lines.map((line) => line.replace('[ ]', '[x]')),
    (lines) => lines.map((line) => line.replace('[x]', '[~]')),
    (lines) => lines.map((line) => line.replace('the', 'some')),
    (lines) => lines.map((line) => line.replace(/\] (\S+) \S+/, '] $1')),
    (lines) => lines.toReversed(),
    () => [],
  ),
);

const sessions = fc
  .tuple(phases, style, fc.array(vandalism, { minLength: 1, maxLength: 4 }))
  .map(([list, how, acts]) => {
    const before = textOf(list, how);
    const lines = acts.reduce((all, act) => act(all), before.split(/\r?\n/));
    return { before, after: lines.join(how.end) };
  });

const anything = fc.record({
  before: fc.string({ unit: 'binary', maxLength: 200 }),
  after: fc.string({ unit: 'binary', maxLength: 200 }),
});

const markdown = fc
  .array(
    fc.constantFrom(
      '- [ ] a',
      '- [x] a',
      '  - [ ] a b',
      '* [ ] b',
      '```',
      '> - [x] b',
      '<!--',
      '-->',
      '# a',
      'a',
      '',
      '    - [ ] a',
      '- a',
      '- [ ]',
      '1. [x] c',
      '2. [ ] d',
      '\t- [ ] e',
      '- - [ ] f',
    ),
    { maxLength: 14 },
  )
  .map((lines) => lines.join('\n'));

const runs = fc.oneof(sessions, anything, fc.record({ before: markdown, after: markdown }));
const many = { numRuns: 2000 };

test('no step is lost, whatever a session did: each one is in the list, kept, appended to or put back', () => {
  fc.assert(
    fc.property(runs, ({ before, after }) => {
      const report = guardList({ before, after });
      expect(report.lost).toEqual([]);
      const again = guardList({ before, after: report.text ?? after });
      expect(again.steps.filter((step) => step.text === 'removed')).toEqual([]);
    }),
    many,
  );
});

test('a second look changes nothing', () => {
  fc.assert(
    fc.property(runs, ({ before, after }) => {
      const { text, restoredWords } = guardList({ before, after });
      expect(guardList({ before, after: text ?? after, restoredWords }).text).toBeNull();
    }),
    many,
  );
});

test('no tick is invented: what is ticked was ticked by the session, or before it', () => {
  fc.assert(
    fc.property(runs, ({ before, after }) => {
      const { text, repairs } = guardList({ before, after });
      const ticks = (markdown: string): string[] =>
        readListText(markdown).steps.flatMap((one) => (one.done ? [one.text] : []));
      const reworded = repairs.flatMap((one) =>
        one.kind === 'words' && one.done ? [one.text] : [],
      );
      const noted = repairs.flatMap((one) => (one.kind === 'box' && one.done ? [one.text] : []));
      const allowed = [...ticks(after), ...ticks(before), ...reworded];
      for (const tick of ticks(text ?? after)) {
        const at = allowed.indexOf(tick);
        if (at === -1) expect(noted.some((one) => tick.startsWith(one.slice(0, 1)))).toBe(true);
        else allowed.splice(at, 1);
      }
    }),
    many,
  );
});

test('every line that is not repaired is still there, in its order and with its end', () => {
  fc.assert(
    fc.property(runs, ({ before, after }) => {
      const { text, repairs } = guardList({ before, after });
      if (text === null || repairs.some(({ kind }) => kind !== 'step')) return;
      const lines = (all: string): string[] =>
        all.replace(/^\uFEFF/, '').match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? [];
      const kept = lines(after).filter((line) => line.trim() !== '');
      let at = 0;
      for (const line of lines(text)) {
        const wanted = kept[at];
        // The last line may get an end, because something follows it.
        if (line === wanted || (at === kept.length - 1 && line.trimEnd() === wanted?.trimEnd()))
          at++;
      }
      expect(kept.slice(at)).toEqual([]);
    }),
    many,
  );
});

test('a list of 1000 steps, or one that grew by 5000, is guarded in less than a blink', () => {
  const before = Array.from({ length: 1000 }, (_, at) => `- [ ] Step ${at} of the work\n`).join('');
  const added = Array.from({ length: 5000 }, (_, at) => `- [x] More ${at}\n`).join('');
  for (const after of [
    '',
    added,
    before.replace(/.*[05] of.*\n/g, '') + added,
    before.replaceAll('the work', 'it'),
  ]) {
    const start = cpuMs();
    expect(guardList({ before, after }).lost).toEqual([]);
    expect(cpuMs() - start).toBeLessThan(1000);
  }
});
