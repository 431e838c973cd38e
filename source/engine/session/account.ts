// A session's effect on the account: the tokens that it used and the usage limit that it met.

import type { AccountLimit } from '../../core/codex/account-limit.ts';
import type { Failure } from '../../core/codex/failure.ts';
import { namedResetTime, waitForReset } from '../../core/codex/reset-time.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import type { SessionResult } from '../../core/codex/session.ts';
import { addUsage, usageSince } from '../../core/codex/usage.ts';
import { noteLimit } from '../permit/permit.ts';
import type { UnchangingRecord } from '../run/to-record.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

/** Adds this session's usage to the run's. Codex reports totals of the whole conversation, so only the rise counts. */
export function countUsage(
  frame: UnchangingRecord,
  result: SessionResult,
  plan: SessionPlan,
): void {
  if (result.threadId === null || result.totals === null) return;
  const known = frame.thread?.id === result.threadId ? frame.thread.totals : null;
  const before = plan.resumes === null ? null : known;
  frame.usage = addUsage(frame.usage, usageSince(before, result.totals));
  frame.thread = { id: result.threadId, totals: result.totals };
}

/** Parks every task of the account until the limit resets. */
export async function parkAccount(
  { codexMessage: words }: Failure,
  { deps, settings }: { deps: RunnerDeps; settings: Pick<RunSettings, 'resetMarginMs'> },
): Promise<void> {
  const now = deps.clock.now();
  // A bare time belongs to the day it was said on. In an adopted log that may not be today.
  const saidAt = Math.min(now, (await deps.task.logChangedAt()) ?? now);
  const named = namedResetTime(words, saidAt);
  const hasPassed = named !== null && named <= now;
  const looksInVain = hasPassed ? looksInVainBefore(await deps.machine.readLimit(), now) : 0;
  const times = { saidAt, now, marginMs: settings.resetMarginMs, looksInVain };
  await noteLimit(deps, { until: waitForReset(words, times), said: words, looksInVain });
}

/** Counts only sessions that waited for the limit's end: those running when it was met did not test it. */
function looksInVainBefore(known: AccountLimit | null, now: number): number {
  if (known === null) return 0;
  return known.until <= now ? known.looksInVain + 1 : known.looksInVain;
}
