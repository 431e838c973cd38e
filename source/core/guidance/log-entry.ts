// The entry of what the user told a session: the user's own words, so it is no warning.

import type { Told } from '../codex/log-event.ts';
import { pushAlone, type Fold } from '../log/entry-fold.ts';
import type { EntryWords } from '../log/entry-words.ts';
import type { EntryBody } from '../log/entry.ts';
import type { Where } from '../log/entry-store.ts';
import { safeText } from '../text/safe-text.ts';

type ToldBody = Extract<EntryBody, { kind: 'told' }>;

/** The runner writes as many as were told, but any process may write the line. */
const mostTexts = 100;

export function pushTold(fold: Fold, { session, at, texts }: Told, where: Where): void {
  const kept = texts.slice(0, mostTexts).map((text) => safeText(text, fold.limits.maxOutput));
  pushAlone(fold, { kind: 'told', session, texts: kept }, { ...where, at: at ?? where.at });
}

/** A headless run says only the head. */
export function wordsOfTold({ session, texts }: ToldBody): EntryWords {
  return { head: [toldHeading(session), ...texts].join('\n') };
}

export function toldHeading(session: number): string {
  return `You told session ${session}:`;
}
