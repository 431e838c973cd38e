// What a report says of a task's reviews.

import { expect, test } from 'vitest';
import type { JournalLine, JournalSession } from '../../../source/core/report/journal-line.ts';
import { reviewWords } from '../../../source/core/report/reviews.ts';
import { noUsage } from '../../../source/core/codex/usage.ts';
import { ended, reportOf, usage } from '../../helpers/report-facts.ts';

type Verdict = Extract<JournalLine, { what: 'review' }>['verdict'];

function reviewed(
  session: number,
  verdict: Verdict,
  { round = null, ...more }: Partial<JournalSession> & { round?: number | null } = {},
): JournalLine[] {
  const at = session * 1000 + 1;
  return [
    ended(session, { role: 'reviewer', ...more }),
    { at, what: 'review', session, round, verdict },
  ];
}

const said = (...journal: JournalLine[]) => reviewWords(reportOf({ journal }).reviews);

test('a task that nobody reviewed is not reviewed, and one whose verdicts nobody understands is not either', () => {
  expect(said(ended(1))).toEqual(['not reviewed', null]);
  expect(said(ended(1), ...reviewed(2, 'unclear'), ...reviewed(3, 'unclear'))[0]).toBe(
    'not reviewed; 2 verdicts could not be understood',
  );
});

test('rounds are counted, and what they cost stands apart and is in the whole, too', () => {
  const journal = [
    ...[ended(1), ...reviewed(2, 'rejected'), ended(3)],
    ...reviewed(4, 'accepted', { usage: null }),
  ];
  const { reviews, tokens } = reportOf({ journal });
  expect(reviews).toEqual({
    verdict: 'accepted',
    ...{ rounds: 2, rejected: 1, unclear: 0, sessions: 2, usage },
  });
  expect(tokens.usage.inputTokens).toBe(3 * usage.inputTokens);
  expect(said(...journal)).toEqual([
    'reviewed in 2 rounds, accepted',
    '2 sessions, of the tokens above: 8.0k in (6.0k cached), 400 out',
  ]);
});

test('an acceptance does not hold for what was done after it', () => {
  const accepted = [ended(1), ...reviewed(2, 'accepted')];
  expect(said(...accepted, ended(3))[0]).toBe('reviewed in 1 round, not accepted');
  expect(said(...accepted, ended(3, { role: 'reviewer' }))[0]).toContain('round, accepted');
});

test('a verdict that was noted twice, because a runner died over it, counts once', () => {
  const journal = [...reviewed(2, 'rejected'), ...reviewed(2, 'rejected')];
  expect(reportOf({ journal }).reviews).toMatchObject({ rounds: 1, rejected: 1, sessions: 1 });
});

test('a round that another session had to come to again counts once, by its last verdict', () => {
  const round = 1;
  const again = [...reviewed(2, 'rejected', { round }), ...reviewed(3, 'accepted', { round })];
  expect(reportOf({ journal: again }).reviews).toMatchObject({
    ...{ verdict: 'accepted', rounds: 1, rejected: 0, sessions: 2 },
  });
  const next = reviewed(4, 'rejected', { round: 2 });
  expect(reportOf({ journal: [...again, ...next] }).reviews).toMatchObject({
    ...{ verdict: 'not accepted', rounds: 2, rejected: 1 },
  });
});

test('a session that was cut short costs, and is no round', () => {
  const { reviews } = reportOf({
    journal: [ended(2, { role: 'reviewer', outcome: 'interrupted', usage: null })],
  });
  expect(reviews).toMatchObject({ verdict: 'not reviewed', rounds: 0, sessions: 1 });
  expect(reviews.usage).toEqual(noUsage);
});
