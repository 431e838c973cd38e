// A patch for a terminal, line by line: what was foreign in it is cleaned, and each kind of line has its colour.

import { clean } from '../text/clean.ts';

type LineKind = 'header' | 'hunk' | 'added' | 'removed' | 'same';

/** A file of one line may be as large as the disk: so much of it is shown. */
const longestLine = 10_000;

const colours: Readonly<Record<LineKind, string | null>> = {
  header: '1',
  hunk: '36',
  added: '32',
  removed: '31',
  same: null,
};

/** Call with one line after the other, without their ends. */
export function patchPrinter({ isColoured }: { isColoured: boolean }): (line: string) => string {
  let isHeader = true;
  return (line) => {
    if (line.startsWith('diff --git ')) isHeader = true;
    else if (line.startsWith('@@ ')) isHeader = false;
    const kind = kindOf(line, isHeader);
    // A lone carriage return would go back to the start of the line.
    const text = clean(line.replace(/\r$/, ''), { maxLength: longestLine }).replaceAll('\n', ' ');
    const colour = isColoured ? colours[kind] : null;
    return colour === null ? text : `\x1B[${colour}m${text}\x1B[0m`;
  };
}

function kindOf(line: string, isHeader: boolean): LineKind {
  if (line.startsWith('@@ ')) return 'hunk';
  if (isHeader) return 'header';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
