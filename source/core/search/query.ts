// What is searched for, and whether a text holds it. Written in lower case it is found in any case; with a
// capital letter in it, only as it is written.

import type { RawTexts } from './byte-finder.ts';
import { requiredTexts } from './required-texts.ts';

export type SearchQuery = {
  readonly text: string;
  readonly form: 'plain' | 'expression';
};

export type Matcher = {
  /** Where it stands in a text: start and end of each match, none of them empty. */
  spansIn(text: string): readonly TextSpan[];
  isIn(text: string): boolean;
  /** What a line of JSON must hold, byte by byte, for a match to be in it; null where every line may match. */
  readonly inRaw: RawTexts | null;
};

export type TextSpan = { readonly start: number; readonly end: number };

const maxSpans = 1000;

/** The sentence says what is wrong with it. */
export function matcherFor(query: SearchQuery): Matcher | { problem: string } {
  const { text, form } = query;
  const flags = /\p{Lu}/u.test(form === 'plain' ? text : withoutEscapes(text)) ? 'gmu' : 'gimu';
  try {
    // `^` and `$` are the ends of a line, as in less and grep.
    const expression = new RegExp(form === 'plain' ? escaped(text) : text, flags);
    // One that matches nothing at all would match everywhere.
    if (expression.test('')) return { problem: 'That matches everything' };
    return matcherOf(
      expression,
      rawTextsOf(query, flags.includes('i') ? 'any case' : 'as written'),
    );
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function matcherOf(expression: RegExp, inRaw: RawTexts | null): Matcher {
  return {
    inRaw,
    isIn: (text) => {
      expression.lastIndex = 0;
      return expression.test(text);
    },
    spansIn: (text) => {
      const spans: TextSpan[] = [];
      expression.lastIndex = 0;
      for (const match of text.matchAll(expression)) {
        const { index, 0: found } = match;
        if (found !== '') spans.push({ start: index, end: index + found.length });
        if (spans.length >= maxSpans) break;
      }
      return spans;
    },
  };
}

/** The longest piece of it that stands in the log as it is written here; of a choice, one for each. */
function rawTextsOf({ text, form }: SearchQuery, letters: RawTexts['letters']): RawTexts | null {
  const source = form === 'plain' ? escaped(text) : text;
  const texts = requiredTexts(source, isSafeInRaw);
  return texts === null || texts.some(({ length }) => length < 2) ? null : { texts, letters };
}

/**
 * JSON writes all others in another way, and beyond ASCII a byte is no character. What a shell quotes is shown without
 * its quotes: `echo $HOME` stands there as `\"echo \\$HOME\"`.
 */
function isSafeInRaw(character: string): boolean {
  return /^[\x20\x23\x25\x26\x28-\x5b\x5d-\x5f\x61-\x7e]$/u.test(character);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** `\S` and `\W` are no capital letters of the person's. */
function withoutEscapes(source: string): string {
  return source.replace(/\\(?:[pP]\{[^}]*\}|.)/gsu, '');
}

/** `Invalid regular expression: /(/u: Unterminated group` → what is behind the last colon. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `No expression: ${message.split(': ').at(-1)?.toLowerCase() ?? message}`;
}
