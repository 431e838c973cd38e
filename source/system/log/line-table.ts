// Where the lines of a log begin and the kind of each, in as little memory as possible: seven bytes per line, in pieces
// that never move, so that a table of millions of lines grows without being copied.

import { countPassing } from '../../core/binary-search.ts';
import type { LineKind } from '../../core/log/lines/line-kinds.ts';

const pieceLines = 1 << 15;

type Piece = {
  /** The lower 32 bits of the offset and the sixteen above them: more than a file can have. */
  low: Uint32Array;
  high: Uint16Array;
  kind: Uint8Array;
};

export class LineTable {
  #pieces: Piece[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Offsets must increase. */
  push(offset: number, kind: LineKind): void {
    const at = this.#count % pieceLines;
    if (at === 0) this.#pieces.push(newPiece());
    const piece = this.#pieces[this.#pieces.length - 1];
    if (piece === undefined) return;
    piece.low[at] = offset;
    piece.high[at] = offset / 0x1_0000_0000;
    piece.kind[at] = kind;
    this.#count++;
  }

  /** NaN if there is no such line. */
  offsetAt(line: number): number {
    const piece = this.#pieces[Math.floor(line / pieceLines)];
    if (piece === undefined || line >= this.#count) return NaN;
    const at = line % pieceLines;
    return (piece.low[at] ?? 0) + (piece.high[at] ?? 0) * 0x1_0000_0000;
  }

  kindAt(line: number): LineKind {
    const kind = this.#pieces[Math.floor(line / pieceLines)]?.kind[line % pieceLines];
    return (kind ?? 0) as LineKind;
  }

  /** The last line that begins at or before `offset`; -1 if none does. */
  lineAt(offset: number): number {
    return countPassing(this.#count, (line) => this.offsetAt(line) <= offset) - 1;
  }

  clear(): void {
    this.#pieces = [];
    this.#count = 0;
  }
}

function newPiece(): Piece {
  return {
    low: new Uint32Array(pieceLines),
    high: new Uint16Array(pieceLines),
    kind: new Uint8Array(pieceLines),
  };
}
