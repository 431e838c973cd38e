// The entries of items: a command that starts and completes is one entry that changes.
//
// An item that was begun and never ended is interrupted when its turn or session ends: nothing of Codex's runs
// on after that, and a spinner would turn for ever. Should its end come after all, that counts.

import type { LogEvent } from '../codex/log-event.ts';
import { entryBody, interruptedBody, mergedBody } from './entry-body.ts';
import { newKey, type Fold } from './entry-fold.ts';
import type { Where } from './entry-store.ts';
import { endRetry } from './entry-trouble.ts';
import { showsThatItWorked } from '../codex/retry.ts';

type ItemEvent = Extract<LogEvent, { type: 'item' }>;

export function pushItem(fold: Fold, event: ItemEvent, where: Where): void {
  const { store, session } = fold;
  const known = event.id === '' ? undefined : session.open.get(event.id);
  if (showsThatItWorked(event, known === undefined ? 'new' : 'begun before')) {
    endRetry(fold, 'worked');
  }
  // Begun again under an id that never ended: another item, so the first one was interrupted.
  const isAnother = known !== undefined && event.stage === 'started';
  if (isAnother) interrupt(fold, known, where);
  const key = known === undefined || isAnother ? newKey(fold, where) : known;

  const body = entryBody(event.body, fold.limits);
  const before = store.get(key)?.body;
  store.put(key, where, before === undefined ? body : mergedBody(before, body));
  noteWhetherOpen(fold, event, key);
}

/** Items that still seem to run when nothing runs any more. */
export function interruptItems(fold: Fold, where: Where): void {
  for (const key of fold.session.open.values()) interrupt(fold, key, where);
}

function interrupt(fold: Fold, key: string, where: Where): void {
  const before = fold.store.get(key)?.body;
  if (before === undefined) return;
  const body = interruptedBody(before);
  if (body !== before) fold.store.put(key, where, body);
}

/** An item that ended is forgotten, so that what is remembered stays small. */
function noteWhetherOpen(fold: Fold, event: ItemEvent, key: string): void {
  const { open } = fold.session;
  if (event.id === '') return;
  open.delete(event.id);
  if (event.stage !== 'completed') open.set(event.id, key);
  const [oldest] = open.keys();
  if (open.size > fold.limits.limit && oldest !== undefined) open.delete(oldest);
}
