// Lines that look like an open checkbox to a person, whether the Markdown reader counts them or not: `- [ ]x`, `-[ ] b`,
// `- [~] b`, `[ ] b`. A line that it does not count keeps the task from being done.

export type MissedBox = {
  /** Of task_list.md, from 1. */
  line: number;
  /** The whole line, as written. */
  text: string;
};

/** `- `, `2.`, `a)`, `##`, several of them, the last one without its space. */
const marker = '(?:[-*+•‣–—]|[0-9]+[.)]|[a-z][.)]|#{1,6})';
const before = `^\\s*(?:${marker}\\s+)*(?:${marker}\\s*)?`;
/** Nothing in the brackets; perhaps in emphasis or escaped. */
const blank = '(?:\\*\\*|__|[*_])?\\\\?\\[\\s*\\\\?\\]';
/** Begun, deferred, dropped, unclear. What follows would make it a link or a footnote. */
const otherMark = '\\\\?\\[\\s*[-–—−>~/?!.…oO_<=]\\s*\\\\?\\](?![([:])';
const openBox = new RegExp(`${before}(?:${blank}|${otherMark}|[☐◻□])`, 'u');

export function looksLikeOpenBox(line: string): boolean {
  return openBox.test(line.slice(0, maxLead));
}

/** A box further to the right does not begin its line. Keeps the expression quick. */
const maxLead = 400;

const mostNamed = 3;

/** `not counted: line 2 "-[ ] b"; write as "- [ ] …"`; null if there is none. */
export function missedWords({ missed }: { missed: readonly MissedBox[] }): string | null {
  if (missed.length === 0) return null;
  const named = missed.slice(0, mostNamed).map(({ line, text }) => `line ${line} "${text}"`);
  const more = missed.length - named.length;
  const lines = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `not counted: ${lines}; write as "- [ ] …"`;
}
