import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  settingRow,
  settingRows,
  wrongSetting,
} from '../../../source/core/settings/setting-rows.ts';
import { amountText, timeText } from '../../../source/core/settings/value-text.ts';
import { readTokens } from '../../../source/core/limits/amounts.ts';
import { durationMs } from '../../../source/core/text/since.ts';
import { noTaskOptions, withGiven, type TaskOptions } from '../../../source/core/task/options.ts';

const some: TaskOptions = {
  ...noTaskOptions,
  model: 'gpt-5.5',
  profile: 'nightly',
  maxSessions: 20,
  maxTokens: 1_500_000,
  maxTimeMs: 90 * 60_000,
  hours: { from: 22 * 60, to: 7 * 60 },
  after: 'docs',
  checks: ['npm test', 'make lint; make docs'],
  checkNetwork: true,
  review: true,
  worktree: true,
  planFirst: true,
  pinned: true,
  fullAccessOnce: true,
};

describe('a row of the settings', () => {
  test.each([
    ['model', 'gpt-5.5'],
    ['profile', 'nightly'],
    ['sessions', '20'],
    ['tokens', '1.5M'],
    ['time', '90m'],
    ['hours', '22:00-07:00'],
    ['after', 'docs'],
    ['checks', 'npm test ;; make lint; make docs'],
    ['check-network', 'yes'],
    ['review', 'yes'],
    ['worktree', 'yes'],
    ['pinned', 'yes'],
    ['sandbox', 'full access'],
    ['plan', 'yes'],
  ] as const)('%s shows its value as the user would write it: %s', (id, text) => {
    expect(settingRow(id).read(some)).toBe(text);
  });

  test.each(settingRows.map((row) => [row.id, row] as const))(
    '%s means what it showed when it is read back, and the default when it is empty or says none',
    (_id, { read, parse }) => {
      const given = parse(read(some));
      expect(given).not.toBeNull();
      expect(withGiven(some, given!)).toEqual(some);
      expect(read(withGiven(some, parse('  ')!))).toBe('');
      const none = read(withGiven(some, parse('none')!));
      expect(none).toBe(_id === 'checks' ? 'none' : '');
    },
  );

  test.each([
    ['sessions', '0', 'Sessions takes a whole number of at least 1, not "0"'],
    ['tokens', 'lots', 'Tokens takes an amount such as 500k or 5M, not "lots"'],
    ['time', '1 night', 'Time takes a time such as 90m, 8h or 2d, not "1 night"'],
    ['hours', '25:00-1', 'Hours takes two times of day such as 22:00-07:00, not "25:00-1"'],
    ['after', '../x', 'After takes the name of a task, not "../x"'],
    ['checks', 'a ;; ;; b', 'Checks takes commands with ;; between them, or none, not "a ;; ;; b"'],
    [
      'sandbox',
      'read-only',
      'Sandbox takes full access (asked for at the next start) or none, not "read-only"',
    ],
    ['check-network', 'maybe', 'Check network takes yes or none, not "maybe"'],
  ] as const)('%s says in one sentence why %s is no value', (id, text, sentence) => {
    expect(wrongSetting(settingRow(id), text)).toBe(sentence);
  });

  test('that is empty says what counts instead, and where that comes from', () => {
    const facts = {
      model: 'o9',
      profile: null,
      checks: ['make'],
      review: false,
      hasWorktree: true,
      worktreeFixed: null,
      planFixed: null,
    };
    const words = Object.fromEntries(settingRows.map((row) => [row.id, row.whenEmpty(facts)]));
    expect(words).toMatchObject({
      model: 'o9 (configuration)',
      profile: 'none',
      checks: 'make (configuration)',
      worktree: 'of its own',
      sandbox: 'workspace-write',
      plan: 'no',
    });
  });
});

test('any budget is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e11 }), (amount) => {
      expect(readTokens(amountText(amount))).toBe(amount);
    }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999 }),
      fc.constantFrom('s', 'm', 'h', 'd'),
      (count, unit) => {
        const ms = durationMs(`${count}${unit}`)!;
        expect(durationMs(timeText(ms))).toBe(ms);
      },
    ),
  );
});
