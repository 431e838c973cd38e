// The journal is written by one version and read by another, and its last line may be torn.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journalText, readJournal } from '../../../source/core/report/journal.ts';
import type { JournalLine } from '../../../source/core/report/journal-line.ts';
import { ended, ticked } from '../../helpers/report-facts.ts';

const lines: readonly JournalLine[] = [
  { at: 1, what: 'run' },
  { at: 2, what: 'waits', for: 'usage limit', sentence: 'usage limit' },
  { at: 3, what: 'goes on' },
  ended(4),
  ended(5, { usage: null, outcome: 'interrupted', role: 'initializer' }),
  ticked(4, ['Validate input']),
  { at: 8, what: 'guard', session: 4, lines: ['Step 7 is back in the list'] },
  { at: 9, what: 'check', session: 4, command: 'npm test', outcome: 'failed' },
  ended(6, { role: 'reviewer' }),
  { at: 9, what: 'review', session: 6, round: 1, verdict: 'rejected' },
  { at: 10, what: 'ended', kind: 'failed', sentence: 'It failed' },
];

test('what was written is read again', () => {
  expect(readJournal(lines.map(journalText).join(''))).toEqual(lines);
});

test('a torn line is left out, and the others stay', () => {
  const text = lines.map(journalText).join('');
  fc.assert(
    fc.property(fc.nat(text.length), (cut) => {
      const read = readJournal(`${text.slice(0, cut)}\n${text}`);
      expect(read.slice(-lines.length)).toEqual(lines);
      expect(read.length - lines.length).toBe(text.slice(0, cut + 1).split('\n').length - 1);
    }),
  );
});

test('no text makes the reader throw, and no line without its fields is one', () => {
  fc.assert(fc.property(fc.string(), (text) => void readJournal(text)));
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(), fc.jsonValue(), (line, which, value) => {
      const names = Object.keys(line);
      const name = names[which % names.length] ?? 'at';
      for (const one of readJournal(JSON.stringify({ ...line, [name]: value }))) {
        expect(typeof one.at).toBe('number');
      }
    }),
  );
});

test('keys in its texts are masked, and its texts are short', () => {
  const key = `sk-proj-${'a1B2c3D4'.repeat(8)}`;
  const text = journalText({
    at: 1,
    what: 'waits',
    for: 'you',
    sentence: `${key} ${'x'.repeat(9000)}`,
  });
  expect(text).not.toContain(key);
  expect(text.length).toBeLessThan(1000);
});
