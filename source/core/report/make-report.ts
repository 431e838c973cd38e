// Facts → the report of one task.

import { addUsage, noUsage } from '../codex/usage.ts';
import type { Usage } from '../codex/log-event.ts';
import { cleanLine } from '../text/clean.ts';
import { maskSecrets } from '../text/secrets.ts';
import { shortText, tickKey } from './journal.ts';
import type { JournalLine, JournalTick } from './journal-line.ts';
import { endedSessions } from './ended-sessions.ts';
import { needsOf } from './needs.ts';
import { reviewsOf } from './reviews.ts';
import type {
  ChecksRun,
  FilesReport,
  ReportFacts,
  SessionsReport,
  StepsReport,
  TaskReport,
  TokensReport,
} from './task-report.ts';
import { waitTotals } from './waits.ts';

type Time = { readonly since: number | null; readonly now: number };

/** A task with more sessions shows its last ones; all are counted. */
const mostSessions = 2000;

type Of<What extends JournalLine['what']> = Extract<JournalLine, { what: What }>;

export function taskReport(
  facts: ReportFacts,
  { since, now }: Time,
  files: FilesReport | null = null,
): TaskReport {
  const { view } = facts;
  const journal = since === null ? facts.journal : facts.journal.filter(({ at }) => at > since);
  const ticks = lastTicks(journal);
  const steps = stepsOf(facts, ticks);
  const sessions = sessionsOf(facts, { journal, ticks, since });
  const report = {
    task: view.label,
    state: view.state,
    happened: journal.length > 0 || isSession(facts, since),
    steps,
    sessions,
    checks: checksOf(facts, journal),
    waits: waitTotals(facts.journal, { since, now, goesOn: view.runner !== null }),
    tokens: tokensOf(journal, steps.ticked),
    reviews: reviewsOf(journal),
    guard: guardOf(journal),
    sharedWith: sharedWith(facts, journal),
    branch: view.branch,
    files,
  };
  return { ...report, ...needsOf(report, view) };
}

function isSession({ view: { session } }: ReportFacts, since: number | null): boolean {
  return session !== null && (session.endedAt ?? Infinity) > (since ?? -Infinity);
}

type Tick = JournalTick & { readonly session: number };

/** By step; a runner that died in between may have written the same twice. */
function lastTicks(journal: readonly JournalLine[]): ReadonlyMap<string, Tick> {
  const ticks = new Map<string, Tick>();
  for (const { session, ticks: each } of of('ticks', journal)) {
    for (const tick of each) ticks.set(tick.step, { ...tick, session });
  }
  return ticks;
}

function stepsOf({ view, steps, unproven }: ReportFacts, ticks: ReadonlyMap<string, Tick>) {
  const done = steps && new Set(steps.flatMap((step) => (step.done ? [tickKey(step.text)] : [])));
  const doubted = new Set(unproven.map(({ text }) => tickKey(text)));
  const standing = [...ticks.values()].filter(({ step }) => done === null || done.has(step));
  const report: StepsReport = {
    done: view.done,
    total: view.total,
    hasList: view.hasList,
    ticked: standing.length,
    proven: standing.filter(({ step }) => !doubted.has(step)).length,
    unproven: unproven.map(({ text, session, reason }) => ({
      text: shortText(text),
      session,
      reason: shortText(reason),
    })),
  };
  return report;
}

/** What happened in the time of the report. */
type InTime = {
  readonly journal: readonly JournalLine[];
  readonly ticks: ReadonlyMap<string, Tick>;
  readonly since: number | null;
};

function sessionsOf(
  { view, journal: all }: ReportFacts,
  { journal, ticks, since }: InTime,
): SessionsReport {
  const stepsIn = countsBy([...ticks.values()].map(({ session }) => session));
  const ended = endedSessions(journal);
  const list = ended.map(({ what: _, ...one }) => ({
    ...one,
    steps: stepsIn.get(one.session) ?? 0,
  }));
  const counts = countsBy(ended.map(({ outcome }) => outcome));
  const running =
    view.runner !== null && view.session?.endedAt === null ? view.session.number : null;
  const first = all[0]?.at ?? Infinity;
  const isWhole = since === null || since < first;
  const last = view.session === null ? 0 : view.session.number - (running === null ? 0 : 1);
  const known = new Set(of('session', all).map(({ session }) => session)).size;
  return {
    list: list.slice(-mostSessions),
    total: ended.length,
    byOutcome: [...counts]
      .map(([outcome, count]) => ({ outcome, count }))
      .sort((a, b) => b.count - a.count),
    running,
    unknown: isWhole ? Math.max(0, last - known) : 0,
  };
}

function checksOf({ checks }: ReportFacts, journal: readonly JournalLine[]): TaskReport['checks'] {
  const runs = new Map<string, ChecksRun>();
  for (const { command, outcome } of of('check', journal)) {
    const { passed, failed } = runs.get(command) ?? noRun;
    const isPassed = outcome === 'passed';
    runs.set(command, { passed: passed + Number(isPassed), failed: failed + Number(!isPassed) });
  }
  return checks.map((check) => {
    const command = shortText(check.command);
    return { ...check, command, ...(runs.get(command) ?? noRun) };
  });
}

const noRun: ChecksRun = { passed: 0, failed: 0 };

function tokensOf(journal: readonly JournalLine[], ticked: number): TokensReport {
  const ended = endedSessions(journal);
  const usage = ended.reduce<Usage>((sum, one) => addUsage(sum, one.usage ?? noUsage), noUsage);
  const spent = Math.max(0, usage.inputTokens - usage.cachedInputTokens) + usage.outputTokens;
  return {
    usage,
    silent: ended.filter((one) => one.usage === null).length,
    perStep: ticked === 0 || spent === 0 ? null : Math.round(spent / ticked),
  };
}

function guardOf(journal: readonly JournalLine[]): TaskReport['guard'] {
  const bySession = new Map(of('guard', journal).map(({ session, lines }) => [session, lines]));
  return [...bySession].map(([session, lines]) => ({ session, lines }));
}

function sharedWith({ overlaps }: ReportFacts, journal: readonly JournalLine[]): readonly string[] {
  const sessions = new Set(of('session', journal).map(({ session }) => session));
  const names = overlaps.flatMap(({ session, others }) => (sessions.has(session) ? others : []));
  return [...new Set(names)].map((name) => maskSecrets(cleanLine(name, { maxLength: 255 })));
}

function of<What extends JournalLine['what']>(
  what: What,
  journal: readonly JournalLine[],
): readonly Of<What>[] {
  return journal.filter((line): line is Of<What> => line.what === what);
}

function countsBy<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
