// What a single line of Markdown opens: the beginnings of CommonMark's blocks.
// All functions here get the line from its first non-space character on, with tabs already expanded.
// No regular expression here may backtrack: an agent writes the file.

/** The number of spaces at `offset`. */
export function spacesAt(line: string, offset: number): number {
  let end = offset;
  while (line[end] === ' ') end++;
  return end - offset;
}

/** Tabs become spaces up to the next column that is a multiple of four, as in CommonMark. */
export function withTabsExpanded(line: string): string {
  if (!line.includes('\t')) return line;
  const [first = '', ...others] = line.split('\t');
  return others.reduce((text, piece) => text + ' '.repeat(4 - (text.length % 4)) + piece, first);
}

type ListMarker = { width: number; number: string | null };

/** `- `, `* `, `+ `, `12. `, `12) `; `number` is null for a bullet. */
export function listMarkerIn(rest: string): ListMarker | null {
  const found = /^(?:[*+-]|(\d{1,9})[.)])(?= |$)/.exec(rest);
  return found === null ? null : { width: found[0].length, number: found[1] ?? null };
}

/** `---`, `* * *`, `____`. */
export function isThematicBreak(rest: string): boolean {
  return /^(?:\* *\* *\*[* ]*|- *- *-[- ]*|_ *_ *_[_ ]*)$/.test(rest);
}

/** A line that turns the paragraph above into a heading: `===` or `---`. */
export function isSetextUnderline(rest: string): boolean {
  return /^(?:=+|-+) *$/.test(rest);
}

/** `## Phase 1 ##` → `Phase 1`; null for any other line. */
export function headingTextIn(rest: string): string | null {
  if (!rest.startsWith('#')) return null;
  const opening = /^#{1,6}(?= |$)/.exec(rest);
  if (opening === null) return null;
  const text = rest.slice(opening[0].length).trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') end--;
  return (end === 0 || text[end - 1] === ' ' ? text.slice(0, end) : text).trim();
}

export type Fence = { character: string; length: number };

/** ` ```ts `, `~~~~`. A line with more backticks after the opening ones is a code span in a paragraph. */
export function fenceIn(rest: string): Fence | null {
  if (!/^[`~]/.test(rest)) return null;
  const found = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(rest);
  return found === null ? null : { character: rest.charAt(0), length: found[0].length };
}

/** `rest` must come from a line indented by less than four. */
export function closesFence(fence: Fence, rest: string): boolean {
  const found = /^(?:`+|~+)(?= *$)/.exec(rest);
  return found !== null && rest.startsWith(fence.character) && found[0].length >= fence.length;
}

/** How HTML ends: with a line that matches, or (`null`) before a blank line. */
export type HtmlEnd = RegExp | null;

type HtmlOpening = { end: HtmlEnd; endsHere: boolean };

const rawTags = 'pre|script|style|textarea';
const blockTags =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|' +
  'dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|' +
  'iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|' +
  'summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';
const attribute = ` +[a-z_:][a-z0-9:._-]*(?: *= *(?:[^ "'=<>\`]+|'[^']*'|"[^"]*"))?`;
const blockTag = new RegExp(`^</?(?:${blockTags})(?= |$|/?>)`, 'i');
const wholeTag = new RegExp(
  `^<(?:(?!(?:${rawTags})[ >])[a-z][a-z0-9-]*(?:${attribute})* */?|/[a-z][a-z0-9-]* *)> *$`,
  'i',
);

const htmlWithEnd: readonly { opening: RegExp; end: RegExp }[] = [
  {
    opening: new RegExp(`^<(?:${rawTags})(?= |>|$)`, 'i'),
    end: new RegExp(`</(?:${rawTags})>`, 'i'),
  },
  { opening: /^<!-(?=-)/, end: /-->/ },
  { opening: /^<(?=\?)/, end: /\?>/ },
  { opening: /^<!(?=[a-z])/i, end: />/ },
  { opening: /^<!\[CDATA\[/, end: /\]\]>/ },
];

/**
 * `<!-- …`, `<details>`, `<script>`: the seven kinds of HTML that CommonMark leaves alone. Unknown tags do not
 * start HTML in the middle of a paragraph.
 */
export function htmlIn(rest: string, where: 'in-paragraph' | 'between-blocks'): HtmlOpening | null {
  if (!rest.startsWith('<')) return null;
  for (const { opening, end } of htmlWithEnd) {
    const found = opening.exec(rest);
    if (found !== null) return { end, endsHere: end.test(rest.slice(found[0].length)) };
  }
  const isHtml = blockTag.test(rest) || (where === 'between-blocks' && wholeTag.test(rest));
  return isHtml ? { end: null, endsHere: false } : null;
}
