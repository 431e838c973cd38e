// What a command or a tool answered, folded to three lines until it is opened:
//
//   ⎿ Test Files  3 passed                              +39 lines
//     Tests  42 passed
//     Duration  1.2 s

import { lacksItsMiddle } from '../../core/kept-text.ts';
import { glyphs } from '../glyphs.ts';
import type { EntryLine } from './entry-line.ts';
import { mapped, type List } from './lazy-list.ts';
import { wrapped } from './long-text.ts';
import { dim, run, type StyleRun } from './row.ts';

const foldedTo = 3;

export type Fold = {
  readonly width: number;
  readonly isOpened: boolean;
  /** Which end of the text says most. */
  readonly keep: 'first' | 'last';
  /** Before the first line. Default: the sign for output. */
  readonly sign?: string;
};

export function foldedLines(text: string, fold: Fold): List<EntryLine> {
  const { width, isOpened, keep, sign = `${glyphs.output} ` } = fold;
  const whole = text.replaceAll('\t', '    ').trimEnd();
  if (whole.trim() === '') return [];
  const signed = (line: string, index: number): StyleRun[] => [
    run(index === 0 ? sign : ' '.repeat(sign.length), dim),
    ...(line === '' ? [] : [run(line, dim)]),
  ];
  if (isOpened) {
    return mapped(wrapped(whole, width - sign.length), (line, index) => ({
      left: signed(line, index),
    }));
  }
  // Folded, there is no room for empty lines.
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const kept = keep === 'last' ? lines.slice(-foldedTo) : lines.slice(0, foldedTo);
  const hidden = lines.length - kept.length;
  return kept.map((line, index) => ({
    left: signed(line, index),
    ...(index === 0 && hidden > 0
      ? { right: [run(hiddenWords(hidden, lacksItsMiddle(text)), dim)] }
      : {}),
  }));
}

/** Where its middle is not at hand nobody has counted that. */
function hiddenWords(count: number, isCut: boolean): string {
  if (isCut) return `more than ${count} lines`;
  return count === 1 ? '+1 line' : `+${count} lines`;
}
