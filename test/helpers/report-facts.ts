// What a report is made from, of a task that did nothing unless a test says otherwise.

import type { JournalLine } from '../../source/core/report/journal-line.ts';
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
    ...{ journal: [], journalIsCut: false, steps: null, unproven: [], checks: [], overlaps: [] },
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
