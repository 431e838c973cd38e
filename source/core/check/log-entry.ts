// The entry of a check: one line says how it ended, and how long it took.

import type { CheckEnded } from '../codex/log-event.ts';
import { pushAlone, type Fold } from '../log/entry-fold.ts';
import type { Where } from '../log/entry-store.ts';
import type { EntryBody } from '../log/entry.ts';
import { succeeded, type EntryWords } from '../log/entry-words.ts';
import { safeLine, safeText } from '../text/safe-text.ts';

const maxCommandLength = 1000;

export function pushCheck(fold: Fold, event: CheckEnded, where: Where): void {
  const { command, outcome, exitCode, durationMs, tail, touched } = event;
  const since = touched.length === 0 ? '' : `Changed since the baseline: ${touched.join(', ')}\n`;
  const body: CheckBody = {
    kind: 'check',
    command: safeLine(command, maxCommandLength),
    output: safeText(since + tail, fold.limits.maxOutput),
    outcome,
    exitCode,
    durationMs,
  };
  pushAlone(fold, body, { ...where, at: event.at ?? where.at });
}

type CheckBody = Extract<EntryBody, { kind: 'check' }>;

export function wordsOfCheck(body: CheckBody): EntryWords {
  return { head: `check: ${body.command}`, detail: body.output, end: checkEnd(body) };
}

/** `exit 1`, `took too long` */
export function checkEnd({ outcome, exitCode }: CheckBody): string {
  switch (outcome) {
    case 'passed':
      return succeeded;
    case 'failed':
      return exitCode === null ? 'failed' : `exit ${exitCode}`;
    case 'timed out':
      return 'took too long';
    case 'not started':
      return 'could not start';
    case 'interrupted':
      return 'interrupted';
    default:
      return outcome satisfies never;
  }
}
