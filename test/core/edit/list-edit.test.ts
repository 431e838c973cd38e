import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChecklist } from '../../../source/core/checklist/checklist.ts';
import { readListText } from '../../../source/core/checklist/list-text.ts';
import { editedList, type ListEdit } from '../../../source/core/edit/list-edit.ts';
import { foundStep, shownText } from '../../../source/core/edit/step-name.ts';

const list = [
  '# Plan',
  '## One',
  '- [x] set up',
  '- [ ] build',
  '  - [ ] half',
  '  more words',
  '- [ ] test',
  '',
  '## Two',
  '',
  '- [x] ship (skipped: no server)',
  '',
  '- [ ] sign',
];
const markdown = list.join('\n');

function after(edit: ListEdit, text = markdown): string {
  const edited = editedList(text, edit);
  return 'refused' in edited ? edited.refused : edited.text;
}

const named = (number: number, text: string) => ({ number, text });

test('a step is added below another and its nested steps, with the same marker', () => {
  expect(after({ kind: 'add', below: named(2, 'build'), text: 'lint' })).toBe(
    list.toSpliced(6, 0, '- [ ] lint').join('\n'),
  );
  expect(after({ kind: 'add', below: named(6, 'sign'), text: 'rest' })).toBe(
    `${markdown}\n- [ ] rest`,
  );
  const numbered = '1. [ ] a\r\n2. [x] b\r\n';
  expect(after({ kind: 'add', below: named(2, 'b'), text: 'c' }, numbered)).toBe(
    `${numbered}3. [ ] c\r\n`,
  );
  expect(after({ kind: 'add', below: null, text: 'first' }, '# Plan\n')).toBe(
    '# Plan\n- [ ] first\n',
  );
});

test('new words replace all lines of the old ones and keep the tick', () => {
  expect(after({ kind: 'reword', step: named(3, 'half more words'), text: ' a\n quarter ' })).toBe(
    list.toSpliced(4, 2, '  - [ ] a quarter').join('\n'),
  );
  expect(after({ kind: 'reword', step: named(1, 'set up'), text: 'ready' })).toContain(
    '- [x] ready\n',
  );
});

test('a skipped step is ticked and says why; unticking it takes both back', () => {
  const skip = { kind: 'skip', step: named(3, 'half more words'), reason: 'too :) small' } as const;
  const skipped = list
    .with(4, '  - [x] half')
    .with(5, '  more words (skipped: too :] small)')
    .join('\n');
  expect(after(skip)).toBe(skipped);
  const step = named(3, 'half more words (skipped: too :] small)');
  expect(after({ kind: 'untick', step }, skipped)).toBe(markdown);
  expect(after({ kind: 'untick', step: named(1, 'set up') })).toContain('- [ ] set up\n');
});

test('a step moves with its nested steps, and at the end of a phase into the next one', () => {
  expect(after({ kind: 'move', step: named(2, 'build'), to: 'down' })).toBe(
    [...list.slice(0, 3), list[6], ...list.slice(3, 6), ...list.slice(7)].join('\n'),
  );
  expect(after({ kind: 'move', step: named(4, 'test'), to: 'down' })).toBe(
    [...list.slice(0, 6), ...list.slice(7, 10), list[6], ...list.slice(10)].join('\n'),
  );
  expect(after({ kind: 'move', step: named(6, 'sign'), to: 'up' })).toBe(
    [...list.slice(0, 10), '- [ ] sign', '', list[10]].join('\n'),
  );
});

test.each<[string, ListEdit, RegExp]>([
  ['a step that has changed meanwhile', { kind: 'untick', step: named(1, 'x') }, /^Step 1 has ch/],
  ['a step that is ticked', { kind: 'skip', step: named(1, 'set up'), reason: 'a' }, /is ticked/],
  ['a step that is open', { kind: 'untick', step: named(2, 'build') }, /is not ticked/],
  ['the first one', { kind: 'move', step: named(1, 'set up'), to: 'up' }, /cannot move up/],
  [
    'the last of its part',
    { kind: 'move', step: named(3, 'half more words'), to: 'down' },
    /cannot/,
  ],
  ['no reason', { kind: 'skip', step: named(2, 'build'), reason: ' ' }, /^Write why/],
  ['no words', { kind: 'reword', step: named(2, 'build'), text: '\n' }, /^Write what/],
])('one sentence refuses %s', (_, edit, sentence) => {
  expect(after(edit)).toMatch(sentence);
});

test('a step is found by its words where others have moved it', () => {
  const moved = `- [ ] new\n${markdown}`;
  expect(after({ kind: 'untick', step: named(1, 'set up') }, moved)).toBe(
    moved.replace('[x] set up', '[ ] set up'),
  );
});

const shown = (text: string) =>
  readChecklist(text).steps.map((step) => named(step.number, shownText(step.text)));

const secret = 'use postgres://ada:hunter2hunter2@db.example/shop';
const gapped = '- [ ] Write docs.  Then test\n';

test('a step is found as the screen shows it, whatever is in it', () => {
  const piece = fc.oneof(
    fc.constantFrom('Write docs.  Then', 'a\u00A0\u00A0b', '\u200B', '\u202E', '\u0007 x', secret),
    fc.constantFrom('\n  more', ' \u0301', '\tb', 'w  '.repeat(400), `sk-${'a1B2'.repeat(12)}`),
    fc.string({ unit: 'grapheme' }),
  );
  const texts = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(texts, (drawn) => {
      const text = drawn.map((pieces) => `- [ ] ${pieces.join(' ')}\n`).join('');
      const { steps } = readListText(text);
      expect(shown(text).map((step) => foundStep(steps, step))).toEqual(steps);
    }),
  );
});

test('an edited step is named as the screen will show it, without its secrets', () => {
  const text = `- [x] Write docs.  Then test\n- [ ] ${secret}\n`;
  const [docs = named(0, ''), use = named(0, '')] = shown(text);
  const edits: ListEdit[] = [
    { kind: 'untick', step: docs },
    { kind: 'move', step: use, to: 'up' },
    { kind: 'skip', step: use, reason: 'no  time' },
    { kind: 'add', below: use, text: secret },
  ];
  for (const edit of edits) {
    const edited = editedList(text, edit);
    if ('refused' in edited) throw new Error(edited.refused);
    expect(shown(edited.text)).toContainEqual(edited.step);
    expect(edited.done).not.toContain('hunter2');
  }
});

test('a step that is not shown whole keeps its words, and others get new ones', () => {
  for (const words of [secret, 'long '.repeat(300)]) {
    const text = `- [ ] ${words}\n`;
    const [step = named(0, '')] = shown(text);
    expect(after({ kind: 'reword', step, text: `${step.text} and more` }, text)).toBe(
      'Step 1 is too long or holds a secret, so it is not shown whole here: edit the list with e',
    );
  }
  const [step = named(0, '')] = shown(gapped);
  expect(after({ kind: 'reword', step, text: 'Write' }, gapped)).toBe('- [ ] Write\n');
});

const word = fc.constantFrom(...'write run (a) `b` **c** 测试'.split(' '));
const line = fc.record({
  depth: fc.nat(2),
  box: fc.constantFrom('[ ]', '[x]', '[X]', ''),
  words: fc.array(word, { minLength: 1, maxLength: 4 }),
  bullet: fc.constantFrom('-', '*', '1.'),
  more: fc.constantFrom('', '', '\n', 'and more\n', '\n## Phase\n\n', '```\n- [ ] code\n```\n'),
  end: fc.constantFrom('\n', '\n', '\r\n'),
});
const lists = fc.tuple(fc.array(line, { minLength: 1, maxLength: 9 }), fc.boolean(), fc.boolean());

function textOf([lines, hasEnd, hasMark]: [
  (typeof line extends fc.Arbitrary<infer Line> ? Line : never)[],
  boolean,
  boolean,
]): string {
  const text = lines
    .map(({ depth, box, words, bullet, more, end }, at) => {
      const indent = '  '.repeat(at === 0 ? 0 : depth);
      const first = `${indent}${bullet} ${box} ${words.join(' ')} ${at}\n`;
      return (first + more).replaceAll('\n', end);
    })
    .join('');
  return (hasMark ? '\uFEFF' : '') + (hasEnd ? text : text.replace(/\r?\n$/, ''));
}

const edits = fc.tuple(
  fc.constantFrom('add', 'reword', 'skip', 'untick', 'up', 'down'),
  fc.nat(20),
  fc.array(fc.oneof(word, fc.constantFrom('- [ ] x', '#', ')', '```')), { maxLength: 3 }),
);

test('whatever the list: no other step changes, and no other line', () => {
  let made = 0;
  fc.assert(
    fc.property(lists, edits, (drawn, [kind, pick, words]) => {
      const before = textOf(drawn);
      const { steps, lines } = readListText(before);
      const step = steps[pick % Math.max(1, steps.length)];
      if (step === undefined) return;
      const [name, text] = [{ number: step.number, text: step.text }, words.join(' ')];
      const edit: ListEdit =
        kind === 'add'
          ? { kind, below: name, text }
          : kind === 'reword'
            ? { kind, step: name, text }
            : kind === 'skip'
              ? { kind, step: name, reason: text }
              : kind === 'untick'
                ? { kind, step: name }
                : { kind: 'move', step: name, to: kind === 'up' ? 'up' : 'down' };
      const edited = editedList(before, edit);
      if ('refused' in edited) return;
      made++;
      const now = readListText(edited.text);
      const shapes = (all: typeof steps) =>
        all.map((one) => `${one.done} ${one.depth} ${one.text}`).toSorted();
      const [old, own] = [shapes(steps), shapes(now.steps)];
      expect(now.steps[edited.step.number - 1]?.text).toBe(edited.step.text);
      if (edit.kind === 'move') {
        expect(own).toEqual(old);
        expect(now.lines.toSorted()).toEqual(lines.toSorted());
        expect(now.ends.toSorted()).toEqual(readListText(before).ends.toSorted());
      } else {
        const lost = old.filter((shape) => !own.includes(shape));
        expect(lost.length).toBeLessThanOrEqual(edit.kind === 'add' ? 0 : 1);
        const { first, lastOfText, lastOfItem } = step.place;
        const [from, to] = edit.kind === 'add' ? [lastOfItem + 1, lastOfItem] : [first, lastOfText];
        const [text, whole] = [before, edited.text].map((one) => one.split(/(?<=\n)/));
        const tail = text!.slice(to);
        const head = Math.max(0, from - 2);
        expect(whole!.slice(0, head)).toEqual(text!.slice(0, head));
        expect(tail.length === 0 ? [] : whole!.slice(-tail.length)).toEqual(tail);
      }
    }),
    { numRuns: 300 },
  );
  expect(made).toBeGreaterThan(50);
});
