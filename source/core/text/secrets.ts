// Masks keys and passwords that a program printed, before they reach the screen or a message.
// It recognises shapes, not secrets: it must leave ordinary text, UUIDs and hashes alone, and it does not
// guarantee that no secret is ever shown. Most shapes are those of gitleaks (key-shapes.ts).

import { keywordSearch } from './keyword-search.ts';
import { secretPatterns } from './secret-patterns.ts';

let search: ((text: string) => number[]) | null = null;

/** A masked key shows its first four characters (`sk-p…[masked]`), the value of a secret name none. */
export function maskSecrets(text: string): string {
  search ??= keywordSearch(secretPatterns.map(({ keywords }) => keywords));
  let masked = text;
  for (const rule of search(text)) {
    const { shape, masked: by } = secretPatterns[rule]!;
    masked = masked.replace(shape(), by);
  }
  return masked;
}
