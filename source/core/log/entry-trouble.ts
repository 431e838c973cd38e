// The entries of problems: retries, errors, and lines that are not events of Codex.

import { readable } from '../failure/codex-report.ts';
import type { LogEvent } from '../codex/log-event.ts';
import { newKey, pushAlone, type Fold } from './entry-fold.ts';
import type { Where } from './entry-store.ts';
import { safeLine, safeText } from '../text/safe-text.ts';
import { maskSecrets } from '../text/secrets.ts';

/** Consecutive lines of stderr (or of noise) share an entry up to about this many characters. */
const maxSharedLength = 8 * 1024;
const maxLineLength = 4000;

/** Consecutive retries update one entry in place. */
export function pushRetry(
  fold: Fold,
  event: Extract<LogEvent, { type: 'retry' }>,
  where: Where,
): void {
  const { attempt, of } = event;
  const key = (fold.session.retryKey ??= newKey(fold, where));
  const reason = safeLine(readable(event.reason), maxLineLength);
  fold.store.put(key, where, { kind: 'retry', attempt, of, reason });
}

/** A retry that worked is removed; one that failed stays above the error. */
export function endRetry(fold: Fold, result: 'worked' | 'failed'): void {
  const { retryKey } = fold.session;
  if (retryKey !== null && result === 'worked') fold.store.remove(retryKey);
  fold.session.retryKey = null;
}

export function pushError(fold: Fold, raw: string, where: Where): void {
  const message = messageOf(fold, raw) || 'Codex failed without saying why';
  fold.session.errorKey = newKey(fold, where);
  pushAlone(fold, { kind: 'error', message }, where);
}

/** A turn's failure. If the error before it said the same, it belongs to that error's entry. */
export function pushTurnFailure(fold: Fold, raw: string, where: Where): void {
  const { errorKey } = fold.session;
  const body = errorKey === null ? undefined : fold.store.get(errorKey)?.body;
  const isKnown = body?.kind === 'error' && (raw === '' || body.message === messageOf(fold, raw));
  if (errorKey !== null && isKnown) fold.store.put(errorKey, where, body);
  else pushError(fold, raw, where);
  endRetry(fold, 'failed');
}

function messageOf({ limits }: Fold, raw: string): string {
  return safeText(readable(raw), limits.maxOutput);
}

/** Lines of stderr, and lines that are not JSON: consecutive ones share an entry. */
export function pushText(
  fold: Fold,
  { type: kind, text }: Extract<LogEvent, { type: 'stderr' | 'noise' }>,
  where: Where,
): void {
  const line = safeText(text, fold.limits.maxOutput).trimEnd();
  if (line === '') return;
  const last = fold.store.last();
  if (last?.body.kind === kind && last.body.text.length + line.length < maxSharedLength) {
    const text = withKeysMasked(`${last.body.text}\n${line}`);
    fold.store.put(last.key, where, { kind, text });
  } else {
    pushAlone(fold, { kind, text: line }, where);
  }
}

/** A private key comes line by line, and only its first line reveals what the others are. */
function withKeysMasked(text: string): string {
  return text.includes('PRIVATE KEY') ? maskSecrets(text) : text;
}
