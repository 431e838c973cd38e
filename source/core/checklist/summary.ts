// Progress and next step of a checklist: all that a list of a thousand tasks needs. Most checklists are plain (boxes,
// headings, words) and are counted line by line, six times as fast as by the CommonMark reader.
// Any line with a second possible meaning sends the whole list to the full reading, so both always agree.

import { nextStep, readChecklist } from './checklist.ts';
import { looksLikeOpenBox, type MissedBox } from './missed-box.ts';
import { cleanLine } from '../text/clean.ts';

type ChecklistSummary = {
  done: number;
  total: number;
  /** As `nextStep` returns it. */
  next: { number: number; text: string } | null;
  /** Lines that look like an open box and are no step. */
  missed: readonly MissedBox[];
};

/** `counts only`: `next` is always null, for callers that do not show it. */
type SummaryDetail = 'with the next step' | 'counts only';

export function checklistSummary(
  markdown: string,
  detail: SummaryDetail = 'with the next step',
): ChecklistSummary {
  const plain = plainSummary(markdown, detail);
  if (plain !== null) return plain;
  const checklist = readChecklist(markdown);
  const { done, total, missed } = checklist;
  const next = detail === 'counts only' ? null : nextStep(checklist);
  return { done, total, next: next && { number: next.number, text: next.text }, missed };
}

/** Null for a checklist that is not plain. */
function plainSummary(markdown: string, detail: SummaryDetail): ChecklistSummary | null {
  if (/[\t\r\uFEFF]/u.test(markdown)) return null;
  let done = 0;
  let total = 0;
  let next: ChecklistSummary['next'] = null;
  let start = 0;
  while (start <= markdown.length) {
    const newline = markdown.indexOf('\n', start);
    const end = newline === -1 ? markdown.length : newline;
    const meaning = usualBox(markdown, start) ?? meaningOf(markdown, start, end);
    if (meaning === 'unclear') return null;
    const isCounted = meaning === 'open' || meaning === 'done' || meaning === 'blank';
    if (!isCounted && looksLikeOpenBox(markdown.slice(start, end))) return null;
    if (meaning === 'open' || meaning === 'done') total++;
    if (meaning === 'done') done++;
    if (meaning === 'open' && next === null && detail === 'with the next step') {
      const text = textOfBox(markdown, start, end);
      if (text === null) return null;
      next = { number: total, text };
    }
    start = end + 1;
  }
  return { done, total, next, missed: [] };
}

type Meaning = 'open' | 'done' | 'item' | 'blank' | 'heading' | 'words' | 'unclear';

/** The usual way to write a box, recognised by its first characters alone; null for any other line. */
function usualBox(text: string, start: number): 'open' | 'done' | null {
  const isOpen = text.startsWith('- [ ] ', start);
  if (!isOpen && !text.startsWith('- [x] ', start)) return null;
  // Its text begins right there: not another space, nor the end of the line or of the file.
  const hasText = text.charCodeAt(start + 6) > space;
  if (!hasText) return null;
  return isOpen ? 'open' : 'done';
}

/** What a line means in a document without quotes, code, HTML and numbered lists. */
function meaningOf(text: string, start: number, end: number): Meaning {
  let at = start;
  while (at < end && text.charCodeAt(at) === space) at++;
  if (at === end) return 'blank';
  const indent = at - start;
  const first = text.charAt(at);
  switch (first) {
    case '#':
      return 'heading';
    case '-':
    case '*':
    case '+':
      if (at + 1 === end) return 'unclear';
      if (text.charCodeAt(at + 1) === space) return meaningOfItem(text, at + 2, { end, indent });
      // Bold text, or a rule; below a paragraph a rule would make that a heading.
      return indent === 0 || (first === '*' && text.charAt(at + 1) === '*') ? 'words' : 'unclear';
    case '=':
    case '_':
      return indent === 0 ? 'words' : 'unclear';
    case '`':
    case '~':
    case '<':
    case '>':
      return 'unclear';
    default:
      return first >= '0' && first <= '9' ? 'unclear' : 'words';
  }
}

/** What a list item means whose content begins at `at`. */
function meaningOfItem(
  text: string,
  at: number,
  { end, indent }: { end: number; indent: number },
): Meaning {
  if (at >= end) return 'unclear';
  if (text.charAt(at) !== '[') return isWordAt(text, at) ? 'item' : 'unclear';
  const mark = text.charAt(at + 1);
  const isBox = (mark === ' ' || mark === 'x' || mark === 'X') && text.charAt(at + 2) === ']';
  if (!isBox) return 'item';
  // Indented further, it may be code or continue the text above.
  if (indent > 3 || text.charCodeAt(at + 3) !== space) return 'unclear';
  for (let inner = at + 4; inner < end; inner++) {
    if (text.charCodeAt(inner) !== space) return mark === ' ' ? 'open' : 'done';
  }
  return 'unclear';
}

/** True where plain words begin: letters, perhaps in emphasis or quotes. */
function isWordAt(text: string, at: number): boolean {
  return /^(?:\*\*|["'(`_])?[a-z\u00c0-\uffff]/iu.test(text.slice(at, at + 3));
}

/** Null when the text may continue on the next line, or may say that the step is blocked. */
function textOfBox(markdown: string, start: number, end: number): string | null {
  const next = markdown.indexOf('\n', end + 1);
  const nextEnd = next === -1 ? markdown.length : next;
  if (end + 1 < markdown.length) {
    const meaning = meaningOf(markdown, end + 1, nextEnd);
    const isIndented = markdown.startsWith('    ', end + 1) && meaning !== 'blank';
    if (meaning === 'words' || meaning === 'unclear' || isIndented) return null;
  }
  const text = markdown.slice(markdown.indexOf(']', start) + 1, end);
  return /blocked/iu.test(text) ? null : cleanLine(text);
}

const space = 0x20;
