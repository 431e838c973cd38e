// What a command or a tool answered, folded to three lines until it is opened:
//
//   ⎿ Test Files  3 passed                              +39 lines
//     Tests  42 passed
//     Duration  1.2 s

import { glyphs } from '../glyphs.ts';
import type { EntryLine } from './entry-line.ts';
import { dim, run } from './row.ts';
import { wrapRuns } from './wrapped-runs.ts';

const foldedTo = 3;

/** An opened output of a hundred thousand lines would be held as that many rows; its end says most. */
const openedTo = 1000;

export type Fold = {
  readonly width: number;
  readonly isOpened: boolean;
  /** Which end of the text says most. */
  readonly keep: 'first' | 'last';
  /** Before the first line. Default: the sign for output. */
  readonly sign?: string;
};

export function foldedLines(
  text: string,
  { width, isOpened, keep, sign = `${glyphs.output} ` }: Fold,
): EntryLine[] {
  const all = text.replaceAll('\t', '    ').trimEnd().split('\n');
  // Folded, there is no room for empty lines.
  const lines = isOpened ? all : all.filter((line) => line.trim() !== '');
  const limit = isOpened ? openedTo : foldedTo;
  const kept = keep === 'last' ? lines.slice(-limit) : lines.slice(0, limit);
  const hidden = lines.length - kept.length;
  const shown = isOpened
    ? kept.flatMap((line) => wrapRuns([run(line, dim)], width - sign.length))
    : kept.map((line) => [run(line, dim)]);
  if (shown.every((line) => line.every(({ text: part }) => part.trim() === ''))) return [];
  return shown.map((line, index) => ({
    left: [run(index === 0 ? sign : ' '.repeat(sign.length), dim), ...line],
    ...(index === 0 && hidden > 0 ? { right: [run(hiddenWords(hidden), dim)] } : {}),
  }));
}

function hiddenWords(count: number): string {
  return count === 1 ? '+1 line' : `+${count} lines`;
}
