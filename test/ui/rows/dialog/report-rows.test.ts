// The report on a page of its own.

import { expect, test } from 'vitest';
import { taskLines } from '../../../../source/core/report/words.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { lastReportTop, reportDialog } from '../../../../source/ui/rows/dialog/report-rows.ts';
import type { ReportDialog } from '../../../../source/ui/dialog/report-dialog.ts';
import { longReport } from '../../../helpers/report-facts.ts';

const size = { width: 76, height: 24, keys: [] };
const page = (more: Partial<ReportDialog> = {}): string => {
  const dialog: ReportDialog = { kind: 'report', report: longReport, top: 0, ...more };
  return reportDialog({ dialog, ...size })
    .map(rowText)
    .join('\n');
};

test('what failed stands first, with the reason, behind one sentence on all of it', () => {
  expect(page().split('\n').slice(1, 6).join('\n')).toMatchInlineSnapshot(`
    "│ 1 task failed · 6 steps ticked, 3 of them proven · 3 sessions            │
    │                                                                          │
    │ ✗ docs · failed · 1 of 3 steps (33%)                                     │
    │   Codex is not logged in: run codex login                                │
    │   Look at   1 ticked step that nothing proved                            │"
  `);
});

test('every line of a task is on it, if one scrolls to its end', () => {
  const dialog: ReportDialog = { kind: 'report', report: longReport, top: 0 };
  const last = lastReportTop({ dialog, ...size });
  const all = Array.from({ length: last + 1 }, (_, top) => page({ top })).join('\n');
  for (const { label } of longReport.tasks.flatMap(taskLines)) expect(all).toContain(label);
  expect(page({ top: 10_000 })).toBe(page({ top: last }));
  expect(page({ top: last })).toContain('not reviewed');
});

test('it is there at once, and says that it reads', () => {
  expect(page({ report: null })).toContain('Reading what happened…');
});
