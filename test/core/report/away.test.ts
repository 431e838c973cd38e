// The one line on what happened since the last dashboard was closed.

import { expect, test } from 'vitest';
import { awaySentence } from '../../../source/core/report/away.ts';
import type { TaskReport } from '../../../source/core/report/task-report.ts';
import { ended, reportOf, ticked } from '../../helpers/report-facts.ts';
import { viewOf } from '../../helpers/task-views.ts';

const hour = 3_600_000;
const sentenceOn = (tasks: readonly TaskReport[], since: number | null = 0): string | null =>
  awaySentence({ project: '/shop', since, at: 7 * hour, tasks, gone: [] });

const needing = viewOf('docs', { state: { word: 'needs you', reason: 'log in', until: null } });
const texts = Array.from({ length: 14 }, (_, at) => `step ${at + 1}`);
const worked = reportOf({ journal: [ended(1), ticked(1, texts)] }, 0);

test('it says how long, how many steps, and who needs the user', () => {
  const stuck = reportOf({ view: needing, journal: [ended(2, { outcome: 'login' })] }, 0);
  expect(sentenceOn([worked, stuck])).toBe('While you were away (7h 00m): 14 steps, 1 needs you');
});

test('a night that failed reads like one', () => {
  const view = viewOf('docs', { state: { word: 'failed', reason: 'it failed', until: null } });
  const failed = reportOf({ view, journal: [ended(2, { outcome: 'unknown' })] }, 0);
  expect(sentenceOn([failed])).toBe('While you were away (7h 00m): no step, 1 session, 1 failed');
});

test('who was gone for less than a minute was not away', () => {
  expect(sentenceOn([worked], 7 * hour - 59_999)).toBeNull();
  expect(sentenceOn([worked], 7 * hour - 60_000)).toBe('While you were away (1m 00s): 14 steps');
});

test('where nothing happened, or no dashboard was closed before, it says nothing', () => {
  expect(sentenceOn([reportOf({ view: needing })])).toBeNull();
  expect(sentenceOn([worked], null)).toBeNull();
});
