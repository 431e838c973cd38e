// The sessions of a journal that have ended, each once.

import type { JournalLine } from './journal-line.ts';

type Ended = Extract<JournalLine, { what: 'session' }>;

/** Of a session that was closed twice, because a runner died over it, the last word counts. */
export function endedSessions(journal: readonly JournalLine[]): readonly Ended[] {
  const ended = journal.filter((line): line is Ended => line.what === 'session');
  return [...new Map(ended.map((one) => [one.uuid, one])).values()];
}
