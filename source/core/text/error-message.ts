// What an error says, as one line that may be shown: what the system says names paths, and a program that can't be
// run may have said anything.

import { keptLine } from './safe-text.ts';

const maxSentenceLength = 1000;

export function said(error: unknown): string {
  return keptLine(error instanceof Error ? error.message : String(error), maxSentenceLength);
}
