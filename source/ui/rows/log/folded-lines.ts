// The output of a command or a tool, folded to three lines until the entry is opened:
//
//   └ Test Files  3 passed                              +39 lines
//     Tests  42 passed
//     Duration  1.2 s

import {
  spansIn,
  withoutTabs,
  type ColourChange,
  type StyledSpan,
} from '../../../core/text/coloured-text.ts';
import type { Colour } from '../../../core/text/escape-sequences.ts';
import { lacksItsMiddle } from '../../../core/text/safe-text.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { TextRange } from '../../look/text-wrap.ts';
import type { EntryLine } from './entry-line.ts';
import { mapped, type List } from '../lazy-list.ts';
import { wrapped } from '../long-text.ts';
import { dim, plain, run, type Style, type StyleRun } from '../row.ts';
import { unbrokenRuns } from '../unbroken-runs.ts';

const foldedTo = 3;

type Fold = {
  readonly width: number;
  readonly isOpened: boolean;
  /** Which end of the text to show. */
  readonly keep: 'first' | 'last';
  /** The line after which the last ones are left out, too. Default: none. */
  readonly upTo?: string | undefined;
  /** Before the first line. Default: the glyph for output. */
  readonly sign?: string;
  /** The colours that the program gave its text. Default: none. */
  readonly colours?: readonly ColourChange[];
};

export function foldedLines(text: string, fold: Fold): List<EntryLine> {
  const { width, isOpened, keep, sign = `${glyphs.output} `, colours = [] } = fold;
  const output = withoutTabs({ text: text.trimEnd(), colours });
  if (output.text.trim() === '') return [];
  const signed = ({ start, end }: TextRange, index: number): StyleRun[] => [
    run(index === 0 ? sign : ' '.repeat(sign.length), dim),
    ...unbrokenRuns(spansIn(output, start, end).map((span) => run(span.text, styleOf(span)))),
  ];
  if (isOpened) {
    return mapped(wrapped(output.text, width - sign.length), (line, index) => ({
      left: signed(line, index),
    }));
  }
  const lines = linesOf(output.text);
  const at = lines.findLastIndex(
    ({ start, end }) => output.text.slice(start, end).trim() === fold.upTo,
  );
  const end = at === -1 ? lines.length : at + 1;
  const kept =
    keep === 'last' ? lines.slice(Math.max(0, end - foldedTo), end) : lines.slice(0, foldedTo);
  const hidden = lines.length - kept.length;
  return kept.map((line, index) => ({
    left: signed(line, index),
    ...(index === 0 && hidden > 0
      ? { right: [run(hiddenWords(hidden, lacksItsMiddle(text)), dim)] }
      : {}),
  }));
}

/** The lines of `text` except empty ones, for which a folded entry has no room. */
function linesOf(text: string): TextRange[] {
  const lines: TextRange[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (line.trim() !== '') lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/**
 * A program's colours by their meaning: red is failure nearly everywhere, and for users who cannot tell red from green
 * there is a theme in which failed and done differ.
 */
const styles: Record<Colour, Style> = {
  red: { color: 'failed' },
  green: { color: 'done' },
  yellow: { color: 'waiting' },
  blue: { color: 'accent' },
  magenta: { color: 'accent' },
  cyan: { color: 'accent' },
  white: plain,
  gray: dim,
};

/** Text without a colour is dim, like all output. */
function styleOf({ color, bold: isBold, dim: isDim }: StyledSpan): Style {
  const style = color === undefined ? (isBold ? plain : dim) : styles[color];
  return { ...style, ...(isBold && { bold: true }), ...(isDim && { dim: true }) };
}

/** `isCut`: the middle of the text is missing, so its lines were not counted. */
function hiddenWords(count: number, isCut: boolean): string {
  if (isCut) return `more than ${count} lines`;
  return count === 1 ? '+1 line' : `+${count} lines`;
}
