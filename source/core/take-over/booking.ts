// Whose tokens are whose after a take-over. Codex counts the whole conversation: what it had used before belongs to the task,
// even if its last session was cut short and never said so; what came after that is the user's, and the total is the new base.

import type { Usage } from '../codex/log-event.ts';
import { addUsage, noUsage, usageSince } from '../codex/usage.ts';
import type { RunRecord } from '../run/record.ts';
import type { TakeOver } from './take-over.ts';

type Account = Pick<RunRecord, 'thread' | 'usage'>;

/** `own`: what the task's last session had used and not said. Booked twice, it is booked once. */
export function booked(
  { threadId, before, ended }: Pick<TakeOver, 'threadId' | 'before' | 'ended'>,
  { thread, usage }: Account,
): Account & { own: Usage } {
  // Of a conversation that the record does not know, the next session's totals are the base anyway.
  if (thread?.id !== threadId) return { thread, usage, own: noUsage };
  const isNews = before !== null && isLater(before, thread.totals);
  const own = isNews ? usageSince(thread.totals, before) : noUsage;
  const known = isNews ? before : thread.totals;
  const after = ended?.totals ?? null;
  const totals = after !== null && isLater(after, known) ? after : known;
  return { thread: { id: threadId, totals }, usage: addUsage(usage, own), own };
}

/** What the user used in it; null if it is not known. */
export function usersUsage({ before, ended }: Pick<TakeOver, 'before' | 'ended'>): Usage | null {
  const after = ended?.totals ?? null;
  return before === null || after === null || !isLater(after, before)
    ? null
    : usageSince(before, after);
}

function isLater(totals: Usage, than: Usage): boolean {
  return totals.inputTokens >= than.inputTokens && totals.outputTokens >= than.outputTokens;
}
