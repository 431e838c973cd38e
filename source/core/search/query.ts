// A search query, and the matcher that finds it in texts. A query in lower case matches any case; one with a
// capital letter matches case exactly.

import type { RawTexts } from './byte-finder.ts';

export type SearchQuery = {
  readonly text: string;
  readonly form: 'plain' | 'expression';
};

export type Matcher = {
  /** Start and end of each match in a text, none of them empty. */
  spansIn(text: string): readonly TextSpan[];
  isIn(text: string): boolean;
  /** Bytes that a line of JSON must contain to hold a match; null when any line may match. */
  readonly inRaw: RawTexts | null;
};

export type TextSpan = { readonly start: number; readonly end: number };

const maxSpans = 1000;

/** The matcher, or a sentence that says what is wrong with the query. */
export function matcherFor(query: SearchQuery): Matcher | { problem: string } {
  const { text, form } = query;
  const flags = /\p{Lu}/u.test(form === 'plain' ? text : withoutEscapes(text)) ? 'gmu' : 'gimu';
  try {
    // `^` and `$` match at line ends, as in less and grep.
    const expression = new RegExp(form === 'plain' ? escaped(text) : text, flags);
    // An expression that matches the empty string would match everywhere.
    if (expression.test('')) return { problem: 'This matches everything' };
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

/** A longer search for choices would be no faster than trying every line. */
const mostChoices = 8;

/**
 * Every match contains one of these texts, the longest of each choice; null if that is not plain to see. For the row
 * `log-search-choices`: trying every line takes four times as long.
 */
function rawTextsOf({ text, form }: SearchQuery, letters: RawTexts['letters']): RawTexts | null {
  const choices = form === 'plain' ? [[text]] : lettersIn(text);
  if (choices === null || choices.length > mostChoices) return null;
  const texts = choices.map((parts) =>
    longest(parts.flatMap((part) => part.match(safeInRaw) ?? [])),
  );
  return texts.some(({ length }) => length < 2) ? null : { texts, letters };
}

/** The letters of `fail.*timeout|refused`, choice by choice. Does not read groups, classes, counts and escapes. */
function lettersIn(source: string): string[][] | null {
  if (/[\\()[\]{}]/u.test(source)) return null;
  return source.split('|').map((choice) => choice.split(/.[*?]\??|[.^$+]\??/su));
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

/**
 * JSON may escape all other characters, and beyond ASCII a byte is not a character. Shell quotes are not shown, but
 * they are in the log: `echo $HOME` is `\"echo \\$HOME\"` there.
 */
const safeInRaw = /[\x20\x23\x25\x26\x28-\x5b\x5d-\x5f\x61-\x7e]+/gu;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** The source without escapes: `\S` and `\W` are not capital letters that the user typed. */
function withoutEscapes(source: string): string {
  return source.replace(/\\(?:[pP]\{[^}]*\}|.)/gsu, '');
}

/** `Invalid regular expression: /(/u: Unterminated group` → the text after the last colon. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `Invalid regex: ${message.split(': ').at(-1)?.toLowerCase() ?? message}`;
}
