// The only way to stderr. Parts of a message may come from anywhere: a path, a program's error, what the user pasted
// into the command line.

import { safeLine } from '../core/text/safe-text.ts';
import { writeNow } from '../system/files/write-now.ts';

const maxSentenceLength = 2000;

/** Prints what is wrong and returns the exit code that goes with it. */
export function complain(sentence: string, exitCode: number): number {
  warn(sentence);
  return exitCode;
}

export function warn(sentence: string): void {
  writeNow('stderr', `${safeLine(sentence, maxSentenceLength)}\n`);
}
