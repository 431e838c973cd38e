// A parser of a file that others can write, and the laws that hold for any content. A target throws if a law is broken
// or if the parser throws, which it never may.

import { whatIsObeyed } from '../../security/attacks.ts';

export type Target = {
  /** The file's name. */
  name: string;
  /** Longest input, in bytes. */
  maxBytes: number;
  run(bytes: Buffer): void | Promise<void>;
};

export class BrokenLaw extends Error {}

export function holds(condition: boolean, law: string): void {
  if (!condition) throw new BrokenLaw(`Broken law: ${law}`);
}

export function isHarmless(text: string): void {
  const what = whatIsObeyed(text.replaceAll('\n', ' ').replaceAll('\t', ' '));
  if (what !== null) throw new BrokenLaw(`A terminal would obey ${what}`);
}

export function isSame(a: unknown, b: unknown, law: string): void {
  holds(JSON.stringify(a) === JSON.stringify(b), law);
}

/** Decodes like the program reads small files. */
export function textOf(bytes: Buffer): string {
  return new TextDecoder().decode(bytes);
}

/** Splits at each newline; a last line without one counts. */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return from < bytes.length ? [...lines, bytes.subarray(from)] : lines;
}
