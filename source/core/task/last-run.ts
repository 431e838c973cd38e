// What a task's record says of its last run, for what the user is told of it.

import type { RunRecord } from '../run/record.ts';
import type { Ending } from '../run/run.ts';
import { safeLine } from '../text/safe-text.ts';

export type LastRun = {
  /** How many were started. */
  sessions: number;
  /** Its sentence is safe to print. Null: it has not ended, or was interrupted. */
  ending: Ending | null;
};

export function lastRunOf(record: RunRecord | null): LastRun | null {
  if (record === null) return null;
  const { ending, sessionsInRun: sessions } = record;
  if (ending === null || ending.sentence === null) return { sessions, ending };
  return { sessions, ending: { ...ending, sentence: safeLine(ending.sentence, 1000) } };
}
