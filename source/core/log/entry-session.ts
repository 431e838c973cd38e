// The entry of a session: a line of the runner opens it, Codex's lines fill it in, the runner closes it. In logs
// from other programs `thread.started` opens it, and nothing closes it.

import type { LogEvent, SessionEnded, Usage } from '../codex/log-event.ts';
import { interruptItems } from './entry-item.ts';
import { newKey, unknownSession, type Fold, type Session, type SessionBody } from './entry-fold.ts';
import type { Where } from './entry-store.ts';
import { safeLine } from '../text/safe-text.ts';
import { addUsage } from '../codex/usage.ts';

export function beginSession(
  fold: Fold,
  event: Extract<LogEvent, { type: 'session-started' }>,
  where: Where,
): void {
  const { session, role, resumes, uuid } = event;
  if (fold.session.body.uuid === uuid) return;
  openSession(fold, unknownSession(uuid), where);
  changeSession(fold, { session, role, resumes }, { ...where, at: event.at ?? where.at });
}

/** Fills in the thread of the session that the runner began, or begins a session when no runner did. */
export function beginThread(fold: Fold, threadId: string, where: Where): void {
  const { body } = fold.session;
  const isRunners = body.uuid !== null && body.ended === null;
  const fits = isRunners && (body.threadId === null || body.threadId === threadId);
  if (!fits) openSession(fold, unknownSession(), where);
  // A resumed thread that is new to this log has a past that this log does not show.
  if (fold.session.body.resumes !== threadId) fold.ledger.meet(threadId);
  changeSession(fold, { threadId }, where);
}

/** If the session's start is missing from the log, its end becomes an entry of its own. */
export function endSession(fold: Fold, event: SessionEnded, where: Where): void {
  const { session, uuid, exitCode } = event;
  const at = event.at ?? where.at;
  if (fold.session.body.uuid !== uuid) openSession(fold, unknownSession(uuid), where);
  // A runner that adopted the session may have recorded its end a second time: the first counts.
  if (fold.session.body.ended !== null) return;
  interruptItems(fold, { ...where, at });
  fold.session.open.clear();
  const ended = { at, outcome: safeLine(event.outcome, 1000), exitCode };
  changeSession(fold, { session, ended }, { ...where, at });
}

export function addCost(fold: Fold, totals: Usage, where: Where): void {
  const { session, ledger } = fold;
  const { threadId, cost } = session.body;
  // In a log that is read from its middle, the totals' thread or starting point may be unknown: better no number
  // than a wrong one.
  if (threadId === null) return;
  if (!ledger.knows(threadId)) session.isCostUnknown = true;
  const spent = ledger.spent(threadId, totals);
  if (session.isCostUnknown) return;
  changeSession(fold, { cost: cost === null ? spent : addUsage(cost, spent) }, where);
}

function openSession(fold: Fold, session: Session, where: Where): void {
  interruptItems(fold, where);
  fold.session = session;
}

function changeSession(fold: Fold, change: Partial<SessionBody>, where: Where): void {
  const { session } = fold;
  session.key ??= newKey(fold, where);
  session.body = { ...session.body, ...change };
  fold.store.put(session.key, where, session.body);
}
