// Waits by reason and length, from the journal.

import { expect, test } from 'vitest';
import type { JournalLine } from '../../../source/core/report/journal-line.ts';
import { waitTotals } from '../../../source/core/report/waits.ts';
import { ended } from '../../helpers/report-facts.ts';

const waits = (at: number, reason: string): JournalLine => ({
  ...{ at, what: 'waits', for: reason, sentence: null },
});
const goesOn = (at: number): JournalLine => ({ at, what: 'goes on' });
const run = (at: number): JournalLine => ({ at, what: 'run' });

const totals = (lines: readonly JournalLine[], more = {}) =>
  waitTotals(lines, { since: null, now: 1_000_000, goesOn: false, ...more });

test('waits are summed by reason, the longest first', () => {
  const night = [
    ...[waits(0, 'network'), goesOn(10_000)],
    ...[waits(20_000, 'usage limit'), goesOn(120_000)],
    ...[waits(200_000, 'network'), goesOn(260_000)],
  ];
  expect(totals(night)).toEqual([
    { for: 'usage limit', count: 1, ms: 100_000, ofUnknownLength: 0 },
    { for: 'network', count: 2, ms: 70_000, ofUnknownLength: 0 },
  ]);
});

test('one that turns into another ends there', () => {
  expect(totals([waits(0, 'its turn'), waits(7000, 'usage limit'), goesOn(9000)])).toEqual([
    { for: 'its turn', count: 1, ms: 7000, ofUnknownLength: 0 },
    { for: 'usage limit', count: 1, ms: 2000, ofUnknownLength: 0 },
  ]);
});

test('a look at what holds the run up does not make two waits of one, but a session does', () => {
  const looks = [waits(0, 'you'), goesOn(60_000), waits(60_010, 'you'), goesOn(90_000)];
  expect(totals(looks)[0]).toMatchObject({ count: 1, ms: 90_000 });
  const [first, second, ...rest] = looks as [JournalLine, JournalLine, ...JournalLine[]];
  const tried = [first, second, ended(60, { at: 60_005 }), ...rest];
  expect(totals(tried)[0]).toMatchObject({ count: 2, ms: 89_990 });
});

test('a wait whose runner died has no known length, and one that goes on lasts until now', () => {
  const died = [run(0), waits(1000, 'usage limit'), run(50_000)];
  expect(totals(died)).toEqual([{ for: 'usage limit', count: 1, ms: 0, ofUnknownLength: 1 }]);
  const open = [run(0), waits(1000, 'usage limit')];
  expect(totals(open)).toEqual([{ for: 'usage limit', count: 1, ms: 0, ofUnknownLength: 1 }]);
  expect(totals(open, { goesOn: true, now: 4000 })[0]).toMatchObject({ ms: 3000 });
});

test('only what lies behind `since` counts', () => {
  const night = [waits(0, 'network'), goesOn(10_000), waits(20_000, 'network'), goesOn(30_000)];
  expect(totals(night, { since: 25_000 })[0]).toMatchObject({ count: 1, ms: 5000 });
  expect(totals(night, { since: 30_000 })).toEqual([]);
});
