import { expect, test } from 'vitest';
import { lastRunOf } from '../../../source/core/task/last-run.ts';
import { recordWith } from '../../helpers/run-records.ts';

test('the ending of the last run is safe to print, whatever wrote it', () => {
  const ending = { kind: 'failed', sentence: 'no\u001B[2J disk\n', at: 2000 } as const;
  expect(lastRunOf(recordWith({ sessionsInRun: 4, ending }))).toEqual({
    sessions: 4,
    ending: { kind: 'failed', sentence: 'no disk', at: 2000 },
  });
  expect(lastRunOf(recordWith({ ending: null }))).toEqual({ sessions: 1, ending: null });
  expect(lastRunOf(null)).toBeNull();
});
