// task_list.md as lines with the steps that stand on them, so that a repair can change some lines and leave every
// other byte as it is: line ends, byte order mark and the last line without an end included.

import { cleanLine } from '../text/clean.ts';
import { readList } from './read-list.ts';
import type { BlockPlace } from './markdown/markdown-page.ts';

export type PlacedStep = {
  /** Its position in the document, from 1, as in the checklist. */
  readonly number: number;
  /** The text after the box with every gap as one space: not cleaned and not cut. */
  readonly text: string;
  readonly done: boolean;
  /** The cleaned text of the nearest heading above; null without one. */
  readonly phase: string | null;
  readonly depth: number;
  readonly place: Readonly<BlockPlace>;
};

type PlacedHeading = { readonly phase: string | null; readonly place: Readonly<BlockPlace> };

export type ListText = {
  /** Without their ends and the byte order mark. */
  readonly lines: readonly string[];
  /** One for each line; '' for the last one. */
  readonly ends: readonly string[];
  readonly mark: string;
  readonly steps: readonly PlacedStep[];
  readonly headings: readonly PlacedHeading[];
};

export function readListText(markdown: string): ListText {
  const mark = markdown.startsWith('\uFEFF') ? '\uFEFF' : '';
  const pieces = markdown.slice(mark.length).split(/(\r\n|\n|\r)/);
  const steps: PlacedStep[] = [];
  const headings: PlacedHeading[] = [];
  let phase: string | null = null;
  const { blocks, places } = readList(markdown);
  for (const [index, block] of blocks.entries()) {
    const place = places[index] ?? { first: 1, lastOfText: 1, lastOfItem: 1 };
    if (block.kind === 'heading') {
      phase = cleanLine(block.text) || null;
      headings.push({ phase, place });
      continue;
    }
    const { done, depth } = block;
    steps.push({
      number: steps.length + 1,
      text: inOneLine(block.text),
      done,
      phase,
      depth,
      place,
    });
  }
  return {
    mark,
    lines: pieces.filter((_, index) => index % 2 === 0),
    ends: [...pieces.filter((_, index) => index % 2 === 1), ''],
    steps,
    headings,
  };
}

/** Lines from `at` (from 1; behind the last line: at the end) are replaced: `removed` of them, by `lines`. */
export type LineEdit = { at: number; removed: number; lines: readonly string[] };

/** The text after the edits, which may not overlap. Edits of the same place stand in their order. */
export function withEdits(list: ListText, edits: readonly LineEdit[]): string {
  const end = usualEnd(list);
  const sorted = edits.toSorted((a, b) => a.at - b.at || a.removed - b.removed);
  let text = list.mark;
  let next = 1;
  const copyTo = (line: number): void => {
    for (; next < line; next++) text += (list.lines[next - 1] ?? '') + (list.ends[next - 1] ?? '');
  };
  for (const { at, removed, lines } of sorted) {
    copyTo(Math.min(at, list.lines.length + 1));
    if (removed > 0) {
      // The line that is replaced keeps its end, which may be none.
      const lastEnd = list.ends[next - 1 + removed - 1] ?? '';
      text += lines.join(end) + lastEnd;
      next += removed;
    } else if (next > list.lines.length && !endsLine(text)) {
      text += end + lines.join(end);
    } else text += lines.map((line) => line + end).join('');
  }
  copyTo(list.lines.length + 1);
  return text;
}

/** The lines from `first` to `last`, from 1. */
export function linesOf(list: ListText, first: number, last: number): readonly string[] {
  return list.lines.slice(first - 1, last);
}

export function isBlankLine(list: ListText, line: number): boolean {
  return /^[ \t]*$/.test(list.lines[line - 1] ?? '');
}

export function inOneLine(text: string): string {
  // Most texts are in one line already, and to replace each space by itself takes long.
  return (/[^\S ]| {2}/u.test(text) ? text.replace(/\s+/gu, ' ') : text).trim();
}

function endsLine(text: string): boolean {
  return text === '' || text === '\uFEFF' || text.endsWith('\n') || text.endsWith('\r');
}

/** The line end of most lines. */
function usualEnd({ ends }: ListText): string {
  const crlf = ends.filter((end) => end === '\r\n').length;
  return crlf > (ends.length - 1) / 2 ? '\r\n' : '\n';
}
