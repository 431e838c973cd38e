// Markdown → its headings and task boxes, in document order.
// A line scanner with CommonMark's open blocks: quotes and list items around one paragraph, fence or piece of HTML.
// It reads blocks only; inline Markdown stays as written.
// It must never throw, and its time must stay linear: an agent writes the file.
// One difference from CommonMark: link definitions (`[a]: /b`) are paragraphs here. It only affects a box or a
// heading directly below a definition in the same item, which does not occur in practice.

import { containerIn, offsetInside, type Container } from './markdown-container.ts';
import {
  closesFence,
  fenceIn,
  headingTextIn,
  htmlIn,
  isSetextUnderline,
  isThematicBreak,
  spacesAt,
  withTabsExpanded,
  type Fence,
  type HtmlEnd,
} from './markdown-line.ts';

type MarkdownBlock =
  { kind: 'heading'; text: string } | { kind: 'box'; text: string; done: boolean; depth: number };

/** Deeper nesting is read as text. Every line is checked against all open containers; the limit keeps it linear. */
const maxOpenContainers = 100;

/** Where a paragraph is cut, in characters: the rest of it is never shown. */
const longEnough = 100_000;

type Paragraph = { kind: 'paragraph'; text: string; canBeBox: boolean };
type Literal = { kind: 'fence'; fence: Fence } | { kind: 'html'; end: HtmlEnd };

type Page = { open: Container[]; leaf: Paragraph | Literal | null; blocks: MarkdownBlock[] };

/** How far a line was read: it lies in `kept` of the open containers, and its content begins at `offset`. */
type Position = { line: string; kept: number; offset: number };

/** The headings and boxes outside quotes, code and HTML. Depth counts the list items around a box's own. */
export function markdownBlocks(markdown: string): readonly MarkdownBlock[] {
  const page: Page = { open: [], leaf: null, blocks: [] };
  let wasBlank = false;
  for (const line of markdown.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const isBlank = /^[ \t]*$/.test(line);
    // More blank lines end nothing that the first one did not.
    if (!isBlank || !wasBlank) readLine(page, withTabsExpanded(line));
    wasBlank = isBlank;
  }
  closeDownTo(page, 0);
  return page.blocks;
}

function readLine(page: Page, line: string): void {
  let offset = 0;
  let kept = 0;
  for (const container of page.open) {
    const inside = offsetInside(container, line, offset);
    if (inside === null) break;
    offset = inside;
    kept++;
  }
  const { leaf } = page;
  if (leaf !== null && leaf.kind !== 'paragraph' && kept === page.open.length) {
    if (endsLiteral(leaf, line, offset)) page.leaf = null;
    return;
  }
  readBlock(page, openContainers(page, { line, kept, offset }));
}

function endsLiteral(literal: Literal, line: string, offset: number): boolean {
  const spaces = spacesAt(line, offset);
  const rest = line.slice(offset + spaces);
  if (literal.kind === 'fence') return spaces < 4 && closesFence(literal.fence, rest);
  return literal.end === null ? rest === '' : literal.end.test(rest);
}

/** Opens the quotes and list items that begin in the line; the rest of the line is still to be read. */
function openContainers(page: Page, { line, kept, offset }: Position): Position {
  while (kept < maxOpenContainers) {
    const spaces = spacesAt(line, offset);
    if (spaces >= 4) break;
    const rest = line.slice(offset + spaces);
    const interrupts = page.leaf !== null && kept === page.open.length;
    const opening = containerIn(rest);
    if (opening === null || (interrupts && !opening.interruptsParagraph)) break;
    closeDownTo(page, kept);
    noteContent(page);
    kept = page.open.push(opening.container);
    if (opening.container.kind === 'item') opening.container.indent += spaces;
    offset = Math.min(offset + spaces + opening.width, line.length);
  }
  return { line, kept, offset };
}

/** Reads the rest of a line after its containers: it belongs to one block. */
function readBlock(page: Page, { line, kept, offset }: Position): void {
  const spaces = spacesAt(line, offset);
  const rest = line.slice(offset + spaces);
  const paragraph = page.leaf?.kind === 'paragraph' ? page.leaf : null;
  if (rest === '') return closeDownTo(page, kept);
  if (spaces < 4) {
    if (paragraph !== null && kept === page.open.length && isSetextUnderline(rest)) {
      page.leaf = null;
      return addHeading(page, paragraph.text);
    }
    const heading = headingTextIn(rest);
    const fence = fenceIn(rest);
    const html = htmlIn(rest, paragraph === null ? 'between-blocks' : 'in-paragraph');
    if (heading !== null || fence !== null || html !== null || isThematicBreak(rest)) {
      closeDownTo(page, kept);
      noteContent(page);
      if (heading !== null) addHeading(page, heading);
      if (fence !== null) page.leaf = { kind: 'fence', fence };
      if (html !== null && !html.endsHere) page.leaf = { kind: 'html', end: html.end };
      return;
    }
  }
  // Only a paragraph may continue without the markers of its containers ("lazily").
  if (paragraph !== null) {
    if (paragraph.text.length < longEnough) paragraph.text += '\n' + line.slice(offset);
    return;
  }
  closeDownTo(page, kept);
  const item = page.open.at(-1);
  const canBeBox =
    item?.kind === 'item' &&
    item.isEmpty &&
    (item.box === 'any' || (item.box === 'unindented' && spaces === 0));
  noteContent(page);
  // Indented by four it is code, which leaves nothing to remember.
  if (spaces < 4) page.leaf = { kind: 'paragraph', text: rest, canBeBox };
}

function noteContent(page: Page): void {
  const container = page.open.at(-1);
  if (container?.kind === 'item') container.isEmpty = false;
}

/** Closes all but the first `kept` containers, and the paragraph or literal in any case. */
function closeDownTo(page: Page, kept: number): void {
  if (page.leaf?.kind === 'paragraph' && page.leaf.canBeBox) addBox(page, page.leaf.text);
  page.leaf = null;
  // Compared first: setting a length is slow even when it changes nothing.
  if (page.open.length !== kept) page.open.length = kept;
}

function addBox(page: Page, paragraph: string): void {
  const box = /^\[([ \nxX])\](?=[ \n])/.exec(paragraph);
  const text = paragraph.slice(3);
  // A box without text is not a box.
  if (box === null || /^[ \n]*$/.test(text) || isQuoted(page)) return;
  const depth = page.open.length - 1;
  page.blocks.push({ kind: 'box', text, done: /x/i.test(box[0]), depth });
}

function addHeading(page: Page, text: string): void {
  if (!isQuoted(page)) page.blocks.push({ kind: 'heading', text });
}

function isQuoted(page: Page): boolean {
  return page.open.some((container) => container.kind === 'quote');
}
