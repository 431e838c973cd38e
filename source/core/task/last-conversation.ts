// Which conversation of a task is the last one of its own.

import type { SessionRecord } from '../run/record.ts';

/**
 * `written`: what `session.id` says. Deleting that file makes the next session fresh, so it must exist even if the record
 * has the id. A Reviewer's conversation is never resumed.
 */
export function lastConversation(
  last: Pick<SessionRecord, 'role' | 'threadId'> | null,
  written: string | null,
): string | null {
  if (written === null || last === null || last.role === 'reviewer') return written;
  return last.threadId ?? written;
}
