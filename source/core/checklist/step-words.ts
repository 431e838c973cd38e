// When two texts of a step are the same, when one is the other with something behind it, and how alike they are.
// Emphasis, case and a full stop at the end do not change what a step says; neither does an annotation such as
// `(blocked: no credentials)` behind it.

import { inOneLine } from './list-text.ts';

/** Longer texts are compared by their head. */
const mostCompared = 2000;

/** A text as compared: without emphasis, case and the punctuation at its end. */
export function plainText(text: string): string {
  const plain = inOneLine(
    text
      .slice(0, mostCompared)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[*_~`\\]/g, ''),
  ).replace(/[ .!:;,]+$/u, '');
  return plain === '' ? inOneLine(text) : plain;
}

/** A plain text without `(blocked: …)` and the like behind it. */
export function withoutAnnotation(plain: string): string {
  if (!plain.endsWith(')')) return plain;
  const start = openingOf(plain);
  const isNote = start > 0 && annotation.test(plain.slice(start, start + 40));
  return isNote ? plainText(plain.slice(0, start)) : plain;
}

/** `[x] Deploy (skipped: too hard)`: what only the user's own key is meant to write. */
export function saysSkipped(text: string): boolean {
  const plain = plainText(text);
  return plain.endsWith(')') && /^\(skip(?:ped)?\b/u.test(plain.slice(openingOf(plain)));
}

const annotation =
  /^\((?:un)?(?:blocked|skip(?:ped)?|done|in progress|partly|partial|deferred|wip|waiting|see)\b/u;

/** Where the parenthesis opens that ends the text; -1 if it opens nowhere. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) return at;
  }
  return -1;
}

/** The beginnings of a plain text that end where a word ends, the longest first; not the text itself. */
export function* beginningsOf(plain: string): Generator<string> {
  for (let at = plain.length - 1; at > 0; at--) {
    if (isWordCharacter(plain[at]) && isWordCharacter(plain[at - 1])) continue;
    const beginning = plain.slice(0, at).trimEnd();
    if (beginning !== '' && beginning.length === at) yield beginning;
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
}

/** From 0 to 1: the share of neighbouring pairs of characters that two plain texts have in common. */
export function likeness(one: string, other: string): number {
  const [pairs, others] = [pairsOf(one), pairsOf(other)];
  const size = sum(pairs) + sum(others);
  if (size === 0) return one === other ? 1 : 0;
  let common = 0;
  for (const [pair, count] of pairs) common += Math.min(count, others.get(pair) ?? 0);
  return (2 * common) / size;
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < Math.min(text.length, 300); at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
