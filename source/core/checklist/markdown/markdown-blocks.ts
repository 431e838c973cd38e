// Markdown → its headings and task boxes, in document order.
// A line scanner with CommonMark's open blocks: quotes and list items around one paragraph, fence or piece of HTML.
// It reads blocks only; inline Markdown stays as written.
// It must never throw, and its time must stay linear: an agent writes the file.
// One difference from CommonMark: link definitions (`[a]: /b`) are paragraphs here. It only affects a box or a
// heading directly below a definition in the same item, which does not occur in practice.

import { looksLikeOpenBox, type MissedBox } from '../missed-box.ts';
import { containerIn, offsetInside } from './markdown-container.ts';
import {
  closesFence,
  fenceIn,
  headingTextIn,
  htmlIn,
  isSetextUnderline,
  isThematicBreak,
  spacesAt,
  withTabsExpanded,
} from './markdown-line.ts';
import {
  addHeading,
  blankPage,
  closeDownTo,
  noteCandidate,
  noteContent,
  type BlockPlace,
  type Literal,
  type MarkdownBlock,
  type Page,
} from './markdown-page.ts';

/** Deeper nesting is read as text. Every line is checked against all open containers; the limit keeps it linear. */
const maxOpenContainers = 100;

/** Where a paragraph is cut, in characters: the rest of it is never shown. */
const longEnough = 100_000;

/** How far a line was read: it lies in `kept` of the open containers, and its content begins at `offset`. */
type Position = { line: string; kept: number; offset: number };

/** The headings and boxes outside quotes, code and HTML. Depth counts the list items around a box's own. */
export function markdownBlocks(markdown: string): readonly MarkdownBlock[] {
  return readMarkdown(markdown).blocks;
}

/**
 * `missed`: lines that look like an open box and are none, except in code and comments that are closed.
 * `places`: where each of the blocks stands.
 */
export function readMarkdown(markdown: string): {
  readonly blocks: readonly Readonly<MarkdownBlock>[];
  readonly places: readonly Readonly<BlockPlace>[];
  readonly missed: readonly Readonly<MissedBox>[];
} {
  const page = blankPage();
  let wasBlank = false;
  for (const line of markdown.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    page.line++;
    const isBlank = /^[ \t]*$/.test(line);
    // More blank lines end nothing that the first one did not.
    if (!isBlank || !wasBlank) readLine(page, withTabsExpanded(line));
    wasBlank = isBlank;
    if (!isBlank) page.lastLine = page.line;
    if (!isBlank && looksLikeOpenBox(line)) noteCandidate(page, line);
  }
  closeDownTo(page, 0);
  const missed = page.candidates.filter(
    ({ line, inside }) => !page.boxLines.has(line) && inside?.isClosed !== true,
  );
  const { blocks, places } = page;
  return { blocks, places, missed: missed.map(({ line, text }) => ({ line, text })) };
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
    if (endsLiteral(leaf, line, offset)) {
      leaf.isClosed = leaf.kind === 'fence' || leaf.end !== null;
      page.leaf = null;
    } else if (opensFenceAgain(leaf, line, offset)) {
      // The fence before it was left open: what it swallowed is not code.
      page.leaf = { ...leaf };
    }
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

/** "```sh" within a fence of three: it cannot close that fence, and is meant to open one. */
function opensFenceAgain(literal: Literal, line: string, offset: number): boolean {
  if (literal.kind !== 'fence') return false;
  const rest = line.slice(offset + spacesAt(line, offset));
  const fence = fenceIn(rest);
  return (
    fence !== null &&
    fence.character === literal.fence.character &&
    fence.length === literal.fence.length
  );
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
      return addHeading(page, paragraph.text, paragraph.line);
    }
    const heading = headingTextIn(rest);
    const fence = fenceIn(rest);
    const html = htmlIn(rest, paragraph === null ? 'between-blocks' : 'in-paragraph');
    if (heading !== null || fence !== null || html !== null || isThematicBreak(rest)) {
      closeDownTo(page, kept);
      noteContent(page);
      if (heading !== null) addHeading(page, heading, page.line);
      if (fence !== null) page.leaf = { kind: 'fence', fence, isClosed: false };
      if (html !== null && !html.endsHere)
        page.leaf = { kind: 'html', end: html.end, isClosed: false };
      return;
    }
  }
  // Only a paragraph may continue without the markers of its containers ("lazily").
  if (paragraph !== null) {
    paragraph.lastLine = page.line;
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
  if (spaces >= 4) return;
  page.leaf = {
    kind: 'paragraph',
    text: rest,
    canBeBox,
    line: page.line,
    lastLine: page.line,
  };
}
