// The entries of items: a command's start and end are one entry that changes.
//
// An item that never ended is marked as interrupted when its turn or session ends: Codex runs nothing after
// that, and a spinner would turn for ever. If its end comes after all, the end counts.

import type { LogEvent } from '../codex/log-event.ts';
import type { EntryBody } from './entry.ts';
import { entryBody } from './lines/item-kinds.ts';
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
  // A second start under an open id is another item, so the first one was interrupted.
  const isAnother = known !== undefined && event.stage === 'started';
  if (isAnother) interrupt(fold, known, where);
  const key = known === undefined || isAnother ? newKey(fold, where) : known;

  const body = entryBody(event.body, fold.limits);
  const before = store.get(key)?.body;
  store.put(key, where, before === undefined ? body : mergedBody(before, body));
  noteWhetherOpen(fold, event, key);
}

/** Marks items as interrupted that still look open when nothing runs any more. */
export function interruptItems(fold: Fold, where: Where): void {
  for (const key of fold.session.open.values()) interrupt(fold, key, where);
}

function interrupt(fold: Fold, key: string, where: Where): void {
  const before = fold.store.get(key)?.body;
  if (before === undefined) return;
  const body = interruptedBody(before);
  if (body !== before) fold.store.put(key, where, body);
}

/** Remembers open items only, so that the map stays small. */
function noteWhetherOpen(fold: Fold, event: ItemEvent, key: string): void {
  const { open } = fold.session;
  if (event.id === '') return;
  open.delete(event.id);
  if (event.stage !== 'completed') open.set(event.id, key);
  const [oldest] = open.keys();
  if (open.size > fold.limits.limit && oldest !== undefined) open.delete(oldest);
}

/** Merges a later line into a body: the later line wins, but its empty fields keep the earlier values. */
function mergedBody(before: EntryBody, after: EntryBody): EntryBody {
  if (before.kind === 'command' && after.kind === 'command') {
    return {
      ...after,
      command: after.command === '' ? before.command : after.command,
      ...(after.output === '' && { output: before.output, colours: before.colours }),
    };
  }
  if (before.kind === 'file-changes' && after.kind === 'file-changes') {
    return after.changes.length === 0 ? { ...after, changes: before.changes } : after;
  }
  if (before.kind === 'search' && after.kind === 'search') {
    return after.query === '' ? before : after;
  }
  return after;
}

/**
 * The body of an item that will never end. A failed item without an exit code or an answer is one whose end is not
 * in the log: it was interrupted.
 */
function interruptedBody(body: EntryBody): EntryBody {
  return 'status' in body && body.status === 'in progress' ? { ...body, status: 'failed' } : body;
}
