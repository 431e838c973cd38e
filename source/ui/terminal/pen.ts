// Writes cells, and remembers the position and look of the cursor so that neither is sent twice. Terminals disagree
// about the width of emoji and joined characters: such a cluster is written over blanks, and the cursor is placed
// again after it, wherever the terminal believes it to be. Wrapping is off meanwhile.

import { blankCode, type Cells } from './cells.ts';
import { linkSequence } from './file-links.ts';
import { plainLook, sequenceBetween, type Look } from './sgr.ts';

export type Pen = {
  /** Writes the cells from `from` up to `to`. */
  write(cells: Cells, place: CellRange): void;
  bytes(): string;
};

type CellRange = { readonly y: number; readonly from: number; readonly to: number };

const eraseToEnd = '\u001B[K';
/** Fewer blanks than this take no more bytes than the sequence that erases them. */
const erasable = 4;

export function createPen(): Pen {
  let bytes = '';
  let look: Look = plainLook;
  /** Null where only the terminal knows: after the last cell of a row, and after a cluster of doubtful width. */
  let x: number | null = null;
  let y = -1;
  let hasDoubts = false;

  function moveTo(column: number, row: number): void {
    if (row === y && column === x) return;
    if (row === y && x !== null && column > x) {
      bytes += column - x === 1 ? '\u001B[C' : `\u001B[${column - x}C`;
    } else {
      bytes += column === 0 ? `\u001B[${row + 1}H` : `\u001B[${row + 1};${column + 1}H`;
    }
    x = column;
    y = row;
  }

  function turnTo(next: Look): void {
    bytes += sequenceBetween(look, next);
    look = next;
  }

  function writeText(text: string, next: Look): void {
    // Blanks are the same in all looks without a background.
    if (isSeenOnBlanks(look) || next.hasGround || !isBlank(text)) turnTo(next);
    bytes += text;
  }

  function writeDoubtful(text: string, width: number, next: Look): void {
    const [column, row] = [x ?? 0, y];
    turnTo(next);
    bytes += ' '.repeat(width);
    x = null;
    moveTo(column, row);
    bytes += text;
    x = null;
    hasDoubts = true;
  }

  function writeRun(cells: Cells, next: Look, { y: row, from, to }: CellRange): void {
    const { texts, doubtful } = cells;
    if (typeof texts === 'string') {
      writeText(texts.slice(from, to), next);
      x = to;
      return;
    }
    for (let at = from; at < to; at++) {
      const text = texts[at] ?? '';
      if (text === '') continue;
      moveTo(at, row);
      let end = at + 1;
      while (texts[end] === '') end++;
      if (doubtful?.[at]) writeDoubtful(text, end - at, next);
      else {
        writeText(text, next);
        x = end;
      }
    }
  }

  return {
    write: (cells, { y: row, from, to }) => {
      const blankFrom = blankStart(cells, from);
      const erases = to - blankFrom >= erasable;
      const last = erases ? blankFrom : to;
      moveTo(from, row);
      let start = from;
      for (const [run, runEnd] of cells.ends.entries()) {
        if (start >= last) break;
        if (runEnd <= start) continue;
        const until = Math.min(runEnd, last);
        writeRun(cells, cells.looks[run] ?? plainLook, { y: row, from: start, to: until });
        start = until;
      }
      if (erases) {
        moveTo(last, row);
        if (isSeenOnBlanks(look)) turnTo(plainLook);
        bytes += eraseToEnd;
      }
      if (last === cells.width) x = null;
    },
    bytes: () => {
      // What Ink or another program writes must not become part of the link.
      const all = look.link === null ? bytes : bytes + linkSequence(null);
      return hasDoubts ? `\u001B[?7l${all}\u001B[?7h` : all;
    },
  };
}

function isSeenOnBlanks({ hasGround, link }: Look): boolean {
  return hasGround || link !== null;
}

function isBlank(text: string): boolean {
  return text.trimEnd() === '';
}

/** The first cell after which the row has only blanks. */
function blankStart({ codes, width }: Cells, from: number): number {
  let start = width;
  while (start > from && codes[start - 1] === blankCode) start--;
  return start;
}
