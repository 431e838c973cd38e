// What `--tell` says: as it was given, or from standard input.

import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { longestGuidance } from '../../../core/guidance/guidance.ts';
import type { TellVerb } from '../../verbs/tell-verb.ts';

/** From standard input, no more than shows that it is too much. */
export function toldText({ text }: Pick<TellVerb, 'text'>): Promise<string> {
  return text === '-'
    ? readText(Readable.from(upTo(4 * longestGuidance + 4)))
    : Promise.resolve(text);
}

async function* upTo(bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of process.stdin) {
    const part = (piece as Buffer).subarray(0, left);
    left -= part.length;
    yield part;
    if (left === 0) return;
  }
}
