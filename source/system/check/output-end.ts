// The output of a check, of any size: the end of it is kept, and whether the command has begun.

import { reasonIn } from '../../core/failure/error-line.ts';

export type OutputEnd = {
  add(part: Buffer): void;
  /** Whether the nonce was printed: what came before it was Codex's, and is not kept. */
  hasBegun(): boolean;
  /** Resolves when it is printed. */
  begun: Promise<'begun'>;
  /** The end of what the command printed. */
  end(): Buffer;
  /** Why it did not begin, as far as that was said; empty if it was not. */
  whyNot(): string;
};

/** Codex says less before it begins. */
const maxBefore = 64 * 1024;

export function keepEnd(nonce: string, maxBytes: number): OutputEnd {
  const line = Buffer.from(`${nonce}\n`);
  let before = Buffer.alloc(0);
  let hasBegun = false;
  const begun = Promise.withResolvers<'begun'>();
  let parts: Buffer[] = [];
  let length = 0;

  function keep(part: Buffer): void {
    parts.push(part);
    length += part.length;
    // Joined seldom, so that each byte is copied once.
    if (length > 2 * maxBytes) keepOnly(Buffer.concat(parts, length).subarray(-maxBytes));
  }

  function keepOnly(end: Buffer): void {
    // A copy of its own: a slice would hold all that it was cut from.
    parts = [Buffer.from(end)];
    length = end.length;
  }

  return {
    add(part) {
      if (hasBegun) return keep(part);
      before = Buffer.concat([before, part]);
      const at = before.indexOf(line);
      if (at === -1) {
        // The nonce may be at the end in part.
        before = before.subarray(-maxBefore);
        return;
      }
      hasBegun = true;
      begun.resolve('begun');
      keep(before.subarray(at + line.length));
      before = Buffer.alloc(0);
    },
    hasBegun: () => hasBegun,
    begun: begun.promise,
    end: () => Buffer.concat(parts, length).subarray(-maxBytes),
    whyNot: () => reasonIn(before.toString('utf8'))?.text ?? '',
  };
}
