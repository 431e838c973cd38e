// What an entry says, in plain words. Only people get signs with them.
//
//   npm test        $ npm test
//   exit 3          ✗ exit 3

import { plainMarkdown } from '../text/light-markdown.ts';
import { safeText } from '../text/safe-text.ts';

/** A headless run says `head` and `end`; everything else says the `detail`, too. */
export type EntryWords = {
  /** What it is. */
  readonly head: string;
  /** Before the head, for people. */
  readonly sign?: string;
  /** What it printed, answered or lists. */
  readonly detail?: string;
  /** How it ended: `completed`, `exit 3`. */
  readonly end?: string;
};

/** The end of an item that did what it should. */
export const succeeded = 'completed';

/** The head for people: `$ npm test`. */
export function shownHead({ head, sign = '' }: EntryWords): string {
  return sign + head;
}

/** The end for people: `✓`, `✗ exit 3`. */
export function shownEnd({ end = '' }: EntryWords): string {
  if (end === '') return '';
  return end === succeeded ? '✓' : `✗ ${end}`;
}

/** `warning: the text`; the name alone when there is no text. */
export function named(name: string, text: string): string {
  return text === '' ? name : `${name}: ${text}`;
}

/** A text of Codex without Markdown's marks. A mark may have separated the two halves of a key, so it is made safe again. */
export function plainWords(markdown: string): string {
  return safeText(plainMarkdown(markdown), 2 * markdown.length + 100);
}
