// An error's message as one safe, bounded line: system errors contain paths, and a program that cannot be run may
// have printed anything.

import { safeLine } from './safe-text.ts';

const maxSentenceLength = 1000;

export function errorMessage(error: unknown): string {
  return safeLine(error instanceof Error ? error.message : String(error), maxSentenceLength);
}
