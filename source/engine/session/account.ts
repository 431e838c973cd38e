// What a session comes to for the account: the tokens that it used, and the limit that it met.

import type { AccountLimit } from '../../core/codex/account-limit.ts';
import type { Failure } from '../../core/codex/failure.ts';
import { namedResetTime, waitForReset } from '../../core/codex/reset-time.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import { addUsage, usageSince } from '../../core/codex/usage.ts';
import { noteLimit } from '../permit/permit.ts';
import type { RunFrame } from '../run/to-record.ts';
import type { RunnerDoors } from '../run/runner-deps.ts';

/** Adds to the run's usage what this session used: the totals that Codex tells are the conversation's. */
export function countUsage(frame: RunFrame, result: SessionResult, plan: SessionPlan): void {
  if (result.threadId === null || result.totals === null) return;
  const known = frame.thread?.id === result.threadId ? frame.thread.totals : null;
  const before = plan.resumes === null ? null : known;
  frame.usage = addUsage(frame.usage, usageSince(before, result.totals));
  frame.thread = { id: result.threadId, totals: result.totals };
}

/** Parks every task of the account until the limit that was met is reset. */
export async function parkAccount(
  { said: words }: Failure,
  { doors, settings }: { doors: RunnerDoors; settings: Pick<RunSettings, 'resetMarginMs'> },
): Promise<void> {
  const now = doors.clock.now();
  // A bare time is of the day on which it was said, which in an adopted log is not today's for sure.
  const saidAt = Math.min(now, (await doors.task.logChangedAt()) ?? now);
  const named = namedResetTime(words, saidAt);
  const hasPassed = named !== null && named <= now;
  const looksInVain = hasPassed ? looksInVainBefore(await doors.machine.readLimit(), now) : 0;
  const times = { saidAt, now, marginMs: settings.resetMarginMs, looksInVain };
  await noteLimit(doors, { until: waitForReset(words, times), said: words, looksInVain });
}

/** Sessions that were under way when the limit was met did not look for its end: only one that waited for it did. */
function looksInVainBefore(known: AccountLimit | null, now: number): number {
  if (known === null) return 0;
  return known.until <= now ? known.looksInVain + 1 : known.looksInVain;
}
