// What the Reviewers of a task said, and what they cost, in the time of a report.

import type { Usage } from '../codex/log-event.ts';
import { addUsage, noUsage } from '../codex/usage.ts';
import { tokens } from '../text/numbers.ts';
import { endedSessions } from './ended-sessions.ts';
import type { JournalLine } from './journal-line.ts';
import { counted } from './needs.ts';
import type { ReviewsReport } from './task-report.ts';

export function reviewsOf(journal: readonly JournalLine[]): ReviewsReport {
  // A runner that died in between may have written the same twice, or have left its round to another session.
  const verdicts = new Map<string, string>();
  let isStanding = false;
  for (const line of journal) {
    if (line.what === 'review') {
      const key = line.round === null ? `session ${line.session}` : `round ${line.round}`;
      verdicts.set(key, line.verdict);
      isStanding = line.verdict === 'accepted';
    } else if (line.what === 'session' && line.role !== 'reviewer') {
      isStanding = false;
    }
  }
  const of = (verdict: string): number =>
    [...verdicts.values()].filter((one) => one === verdict).length;
  const [rejected, unclear] = [of('rejected'), of('unclear')];
  const rounds = rejected + of('accepted');
  const reviewers = endedSessions(journal).filter(({ role }) => role === 'reviewer');
  return {
    verdict: rounds === 0 ? 'not reviewed' : isStanding ? 'accepted' : 'not accepted',
    ...{ rounds, rejected, unclear },
    sessions: reviewers.length,
    usage: reviewers.reduce<Usage>((sum, one) => addUsage(sum, one.usage ?? noUsage), noUsage),
  };
}

/** The second of them is what it cost, as part of what the task did. */
export function reviewWords({
  verdict,
  rounds,
  unclear,
  sessions,
  usage,
}: ReviewsReport): readonly [string, string | null] {
  const parts = [
    rounds === 0 ? 'not reviewed' : `reviewed in ${counted(rounds, 'round')}, ${verdict}`,
    ...(unclear === 0 ? [] : [`${counted(unclear, 'verdict')} could not be understood`]),
  ];
  const cached =
    usage.cachedInputTokens === 0 ? '' : ` (${tokens(usage.cachedInputTokens)} cached)`;
  const cost = `${tokens(usage.inputTokens)} in${cached}, ${tokens(usage.outputTokens)} out`;
  return [
    parts.join('; '),
    sessions === 0 ? null : `${counted(sessions, 'session')}, of the tokens above: ${cost}`,
  ];
}
