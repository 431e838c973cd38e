// The entry of a take-over. What the conversation had used before it is the last session's, the rest no session's.

import type { TakenOver } from '../codex/log-event.ts';
import { pushAlone, type Fold } from '../log/entry-fold.ts';
import { addCost } from '../log/entry-session.ts';
import type { Where } from '../log/entry-store.ts';
import { usersUsage } from './booking.ts';
import { takenOverSentence } from './words.ts';

export function pushTakenOver(fold: Fold, event: TakenOver, where: Where): void {
  const { threadId, before, totals, files } = event;
  const at = event.at ?? where.at;
  const isOfLast = fold.session.body.threadId === threadId;
  if (isOfLast && before !== null && fold.ledger.knows(threadId)) addCost(fold, before, where);
  const after = totals ?? before;
  if (after !== null) fold.ledger.moveOn(threadId, after);
  const usage = usersUsage({ before, ended: { at: at ?? 0, totals, files } });
  const message = takenOverSentence({ from: event.from ?? at ?? 0, to: at ?? 0, files, usage });
  pushAlone(fold, { kind: 'taken-over', message }, { ...where, at });
}
