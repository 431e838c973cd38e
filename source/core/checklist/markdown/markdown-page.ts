// What a reader of Markdown has found so far: the blocks, and what is still open around the line that it reads.

import type { MissedBox } from '../missed-box.ts';
import type { Container } from './markdown-container.ts';
import type { Fence, HtmlEnd } from './markdown-line.ts';

export type MarkdownBlock =
  { kind: 'heading'; text: string } | { kind: 'box'; text: string; done: boolean; depth: number };

/** Where a block stands, in lines from 1. */
export type BlockPlace = {
  first: number;
  /** The last line of its own text. */
  lastOfText: number;
  /** The last line of a box's list item that is not blank, nested items included. Of a heading: `lastOfText`. */
  lastOfItem: number;
};

type Paragraph = {
  kind: 'paragraph';
  text: string;
  canBeBox: boolean;
  line: number;
  lastLine: number;
};

/** `isClosed`: by a line of its own, and not just by the end of the item or file. */
export type Literal = ({ kind: 'fence'; fence: Fence } | { kind: 'html'; end: HtmlEnd }) & {
  isClosed: boolean;
};

/** A line that looks like an open box, and the code or HTML that holds it. */
type Candidate = MissedBox & { inside: Literal | null };

export type Page = {
  open: Container[];
  leaf: Paragraph | Literal | null;
  blocks: MarkdownBlock[];
  /** Of the blocks, one each. */
  places: BlockPlace[];
  /** The boxes whose items are still open, each with the item's place among the open containers. */
  openBoxes: { container: number; place: BlockPlace }[];
  /** The number of the line that is read. */
  line: number;
  /** The last line before it that is not blank. */
  lastLine: number;
  candidates: Candidate[];
  /** The lines on which a box begins. */
  boxLines: Set<number>;
};

export function blankPage(): Page {
  return {
    open: [],
    leaf: null,
    blocks: [],
    places: [],
    openBoxes: [],
    line: 0,
    lastLine: 0,
    candidates: [],
    boxLines: new Set(),
  };
}

export function noteCandidate(page: Page, text: string): void {
  const { leaf, line } = page;
  const inside = leaf === null || leaf.kind === 'paragraph' ? null : leaf;
  page.candidates.push({ line, text, inside });
}

export function noteContent(page: Page): void {
  const container = page.open.at(-1);
  if (container?.kind === 'item') container.isEmpty = false;
}

/** Closes all but the first `kept` containers, and the paragraph or literal in any case. */
export function closeDownTo(page: Page, kept: number): void {
  if (page.leaf?.kind === 'paragraph' && page.leaf.canBeBox) addBox(page, page.leaf);
  page.leaf = null;
  // Compared first: setting a length is slow even when it changes nothing.
  if (page.open.length === kept) return;
  page.open.length = kept;
  for (let box = page.openBoxes.at(-1); box !== undefined; box = page.openBoxes.at(-1)) {
    if (box.container < kept) break;
    box.place.lastOfItem = page.lastLine;
    page.openBoxes.pop();
  }
}

function addBox(page: Page, { text: paragraph, line, lastLine }: Paragraph): void {
  const box = /^\[([ \nxX])\](?=[ \n])/.exec(paragraph);
  const text = paragraph.slice(3);
  // A box without text is not a box.
  if (box === null || /^[ \n]*$/.test(text) || isQuoted(page)) return;
  const depth = page.open.length - 1;
  page.boxLines.add(line);
  page.blocks.push({ kind: 'box', text, done: /x/i.test(box[0]), depth });
  const place = { first: line, lastOfText: lastLine, lastOfItem: lastLine };
  page.places.push(place);
  page.openBoxes.push({ container: depth, place });
}

export function addHeading(page: Page, text: string, first: number): void {
  if (isQuoted(page)) return;
  page.blocks.push({ kind: 'heading', text });
  page.places.push({ first, lastOfText: page.line, lastOfItem: page.line });
}

function isQuoted(page: Page): boolean {
  return page.open.some((container) => container.kind === 'quote');
}
