// What the report of a task counts, and what it says is unknown.

import { describe, expect, test } from 'vitest';
import type { JournalLine } from '../../../source/core/report/journal-line.ts';
import { viewOf } from '../../helpers/task-views.ts';
import { ended, reportOf, ticked, usage } from '../../helpers/report-facts.ts';

const session = (number: number, endedAt: number | null = number * 1000) => ({
  ...{ number, role: 'executor' as const, startedAt: number * 1000 - 900, endedAt },
});

describe('steps', () => {
  const steps = ['one', 'two', 'three'].map((text) => ({ text, done: text !== 'three' }));
  const unproven = [{ text: 'two', session: 2, reason: 'no file changed' }];

  test('a step counts once, however often it was ticked, and only while it is ticked', () => {
    const journal = [ticked(1, ['one', 'three']), ticked(2, ['two', 'one'])];
    expect(reportOf({ journal, steps }).steps).toMatchObject({ ticked: 2, proven: 2 });
  });

  test('a tick that nothing proved at first is proven once it is not among the doubts', () => {
    const journal = [ticked(1, ['one'], false), ticked(2, ['two'], false)];
    const { steps: counted, lookAt } = reportOf({ journal, steps, unproven });
    expect(counted).toMatchObject({ ticked: 2, proven: 1, unproven });
    expect(lookAt).toEqual(['1 ticked step that nothing proved']);
  });

  test('what a session ticked before `since` does not count', () => {
    const journal = [ticked(1, ['one']), ticked(2, ['two'])];
    expect(reportOf({ journal, steps }, 1500).steps.ticked).toBe(1);
  });

  test('a list that cannot be read leaves the ticks as they were seen', () => {
    expect(reportOf({ journal: [ticked(1, ['one'])], steps: null }).steps.ticked).toBe(1);
  });
});

describe('sessions', () => {
  test('they are counted by outcome, the commonest first', () => {
    const journal = [ended(1), ended(2, { outcome: 'usage limit' }), ended(3), ticked(3, ['one'])];
    const { sessions } = reportOf({ journal });
    expect(sessions.byOutcome).toEqual([
      { outcome: 'completed', count: 2 },
      { outcome: 'usage limit', count: 1 },
    ]);
    expect(sessions.list.map(({ steps }) => steps)).toEqual([0, 0, 1]);
  });

  test('a session that two runners closed counts once, as the last one said', () => {
    const journal = [ended(1), ended(1, { outcome: 'interrupted' })];
    expect(reportOf({ journal }).sessions.byOutcome).toEqual([
      { outcome: 'interrupted', count: 1 },
    ]);
  });

  test('those that ran before the journal was kept are counted as unknown', () => {
    const view = viewOf('cart', { session: session(12) });
    const journal = [{ at: 10_500, what: 'run' } as const, ended(11), ended(12)];
    expect(reportOf({ view, journal }).sessions.unknown).toBe(10);
    expect(reportOf({ view, journal }, 10_600).sessions.unknown).toBe(0);
    const runner = { pid: 42, startTime: '7', bootId: 'b' };
    const running = viewOf('cart', { session: session(13, null), runner });
    expect(reportOf({ view: running, journal }).sessions).toMatchObject({
      running: 13,
      unknown: 10,
    });
  });

  test('of five thousand all are counted, and the last are listed', () => {
    const journal: JournalLine[] = [];
    for (let number = 1; number <= 5000; number++) {
      journal.push(ended(number), ticked(number, [`step ${number}`]));
    }
    const { sessions, steps } = reportOf({ journal });
    expect(sessions.total).toBe(5000);
    expect(steps.ticked).toBe(5000);
    expect(sessions.list).toHaveLength(2000);
    expect(sessions.list.at(-1)?.session).toBe(5000);
  });
});

describe('tokens', () => {
  test('what was not cached is shared out among the steps', () => {
    const { tokens } = reportOf({
      journal: [ended(1), ended(2), ticked(2, ['one', 'two', 'three'])],
    });
    expect(tokens.usage.inputTokens).toBe(2 * usage.inputTokens);
    expect(tokens.perStep).toBe(1600);
  });

  test('a session that reported none is said to have reported none', () => {
    const { tokens } = reportOf({ journal: [ended(1), ended(2, { usage: null })] });
    expect(tokens).toMatchObject({ silent: 1, perStep: null, usage });
  });
});

describe('what to look at', () => {
  test('a task that failed, or needs the user, is held up; one that waits for a limit is not', () => {
    const inState = (word: 'failed' | 'needs you' | 'waiting') =>
      reportOf({ view: viewOf('cart', { state: { word, reason: 'why', until: null } }) }).needsYou;
    expect(inState('failed')).toEqual({ word: 'failed', reason: 'why' });
    expect(inState('needs you')).toEqual({ word: 'needs you', reason: 'why' });
    expect(inState('waiting')).toBeNull();
  });

  test('a failing check, steps that the guard put back and other tasks in the files are named', () => {
    const report = reportOf({
      view: viewOf('cart', { unmet: 'check fails: npm test' }),
      journal: [
        ended(4),
        { at: 4001, what: 'guard', session: 4, lines: ['Step 7 is back'] },
        { at: 4002, what: 'check', session: 4, command: 'npm test', outcome: 'failed' },
      ],
      checks: [
        { ...{ command: 'npm test', outcome: 'failed', exitCode: 1, session: 4, at: 4002 } },
      ],
      overlaps: [
        { session: 3, others: ['shop'] },
        { session: 4, others: ['docs'] },
      ],
    });
    expect(report.lookAt).toEqual([
      'check fails: npm test',
      'what 1 session did to the steps of its list',
    ]);
    expect(report.checks).toMatchObject([{ command: 'npm test', passed: 0, failed: 1 }]);
    expect(report.sharedWith).toEqual(['docs']);
  });
});
