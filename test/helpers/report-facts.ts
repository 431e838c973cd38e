// What a report is made from, of a task that did nothing unless a test says otherwise.

import type { JournalLine } from '../../source/core/report/journal-line.ts';
import type { ProjectReport } from '../../source/core/report/project-report.ts';
import type { ReportFacts, TaskReport } from '../../source/core/report/task-report.ts';
import { tickKey } from '../../source/core/report/journal.ts';
import { taskReport } from '../../source/core/report/make-report.ts';
import { viewOf } from './task-views.ts';

export const usage = {
  inputTokens: 8000,
  cachedInputTokens: 6000,
  outputTokens: 400,
  reasoningTokens: 80,
};

export function factsOf(name: string, more: Partial<ReportFacts> = {}): ReportFacts {
  return {
    view: viewOf(name),
    ...{ journal: [], steps: null, unproven: [], checks: [], overlaps: [] },
    ...more,
  };
}

export function reportOf(more: Partial<ReportFacts> = {}, since: number | null = null): TaskReport {
  return taskReport(factsOf('cart', more), { since, now: 100_000 });
}

type Session = Extract<JournalLine, { what: 'session' }>;

/** Ended at 1000 × its number. */
export function ended(session: number, more: Partial<Session> = {}): Session {
  const at = session * 1000;
  const uuid = `01a2023d-ceff-78c1-8e86-${String(session).padStart(12, '0')}`;
  return {
    ...{ at, what: 'session', session, uuid, role: 'executor', from: at - 900 },
    ...{ outcome: 'completed', usage },
    ...more,
  };
}

export function ticked(session: number, texts: readonly string[], proven = true): JournalLine {
  const ticks = texts.map((text) => ({
    ...{ step: tickKey(text), text, proven },
    reason: proven ? 'files changed' : 'no file changed, and no command ran',
  }));
  return { at: session * 1000 + 1, what: 'ticks', session, ticks };
}

/** Longer than a screen. */
export const longReport: ProjectReport = {
  ...{ project: '/home/me/shop', since: 1000, at: 100_000, gone: [] },
  tasks: ['cart', 'docs', 'search'].map((name, at) =>
    taskReport(
      factsOf(name, {
        view: viewOf(name, {
          state:
            at === 1
              ? { word: 'failed', reason: 'Codex is not logged in: run codex login', until: null }
              : { word: 'idle', reason: null, until: null },
        }),
        journal: [ended(2), ticked(2, ['Validate input', 'Add pagination'], false)],
        unproven: [{ text: 'Add pagination', session: 2, reason: 'no file changed' }],
      }),
      { since: 1000, now: 100_000 },
    ),
  ),
};
