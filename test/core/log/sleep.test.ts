import { expect, test } from 'vitest';
import { readTimeNotes } from '../../../source/core/log/times.ts';
import { readSleeps, sleepNote } from '../../../source/core/log/sleep.ts';

const sleep = { at: 1_769_684_475_000, ms: 11_520_000 };

test('a noted sleep is read back from among the log’s times', () => {
  const text = `0 1769672000000\n${sleepNote(sleep)}120 1769684476000\n`;
  expect(readSleeps(text)).toEqual([sleep]);
  expect(readTimeNotes(text)).toHaveLength(2);
});

test('no other line is a sleep', () => {
  expect(readSleeps('slept\nslept 1\nslept -1 5\nslept 1e9 5\n slept 1 2\n')).toEqual([]);
});
