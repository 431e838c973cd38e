// A writer that does to a log everything seen in practice: whole and cut lines, characters cut in the middle, huge
// lines, truncation, rotation, removal. It remembers the file's content, so that a test knows what a reader should
// have reported. Everything it writes is unique; otherwise a reader could rightly miss a truncation.

import * as fs from 'node:fs';
import * as fc from 'fast-check';
import type { TailLine } from '../../../source/system/log/line-splitter.ts';

export const maxLineBytes = 200;

type Piece = { text: string; kind: 'whole' | 'cut' | 'huge' };
export type Action =
  | { kind: 'append' | 'write anew' | 'rotate' | 'rename over'; pieces: Piece[] }
  | { kind: 'shrink'; share: number }
  | { kind: 'truncate' | 'rotate away' | 'remove' | 'restart reader' };

const pieces = fc.array(
  fc.record<Piece>({
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('é', '😀', '', '\r', '\u2028'),
    ),
    kind: fc.constantFrom('whole', 'whole', 'whole', 'cut', 'cut', 'huge'),
  }),
  { maxLength: 4 },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('append' as const), pieces }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('write anew' as const, 'rotate' as const, 'rename over' as const),
      pieces,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('shrink' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'truncate' as const,
        'rotate away' as const,
        'remove' as const,
        'restart reader' as const,
      ),
    }),
  },
);

export const actions = fc.array(action, { minLength: 1, maxLength: 25 });

/** One file (inode) as the writer knows it. */
export type WrittenFile = { content: Buffer };

export class RandomLogWriter {
  readonly path: string;
  /** The file that has the name now. */
  file: WrittenFile | null = null;
  /** The text of every line that was ever whole in the file. */
  readonly wholeLines = new Set<string | null>();
  /** The text of every half line at the end of a file when it lost its name. */
  readonly lastHalfLines = new Set<string | null>();
  #count = 0;

  constructor(path: string) {
    this.path = path;
  }

  do(action: Action): void {
    this.#act(action);
    for (const { text } of linesOf(this.file)) this.wholeLines.add(text);
  }

  #act(action: Action): void {
    switch (action.kind) {
      case 'append':
        return this.#append(this.#bytesOf(action.pieces));
      case 'write anew':
        return this.#writeAnew(this.#bytesOf(action.pieces));
      case 'truncate':
        return this.#writeAnew(Buffer.alloc(0));
      case 'shrink':
        return this.#shrink(action.share);
      case 'rotate':
        this.#rotateAway();
        return this.#append(this.#bytesOf(action.pieces));
      case 'rotate away':
        return this.#rotateAway();
      case 'remove':
        this.#loseName();
        return fs.rmSync(this.path, { force: true });
      case 'rename over':
        return this.#renameOver(this.#bytesOf(action.pieces));
      case 'restart reader':
        return;
      default:
        return action satisfies never;
    }
  }

  #append(bytes: Buffer): void {
    fs.appendFileSync(this.path, bytes);
    this.file ??= { content: Buffer.alloc(0) };
    this.file.content = Buffer.concat([this.file.content, bytes]);
  }

  #writeAnew(bytes: Buffer): void {
    fs.writeFileSync(this.path, bytes);
    this.file ??= { content: bytes };
    this.file.content = bytes;
  }

  #shrink(share: number): void {
    if (this.file === null) return;
    const length = Math.floor(this.file.content.length * share);
    fs.truncateSync(this.path, length);
    this.file.content = this.file.content.subarray(0, length);
  }

  #rotateAway(): void {
    if (this.file !== null) fs.renameSync(this.path, `${this.path}.${this.#count++}`);
    this.#loseName();
  }

  #renameOver(bytes: Buffer): void {
    fs.writeFileSync(`${this.path}.new`, bytes);
    fs.renameSync(`${this.path}.new`, this.path);
    this.#loseName();
    this.file = { content: bytes };
  }

  #loseName(): void {
    const half = halfLineOf(this.file);
    if (half !== null) this.lastHalfLines.add(half.text);
    this.file = null;
  }

  #bytesOf(pieces: Piece[]): Buffer {
    return Buffer.concat(pieces.map((piece) => this.#bytesOfPiece(piece)));
  }

  #bytesOfPiece({ text, kind }: Piece): Buffer {
    let line = `${this.#count++}:${text.replaceAll('\n', '')}`;
    while (kind === 'huge' && line.length <= maxLineBytes) line += `;${this.#count++}`;
    const bytes = Buffer.from(line);
    // One byte less, so that a character of several bytes at the end is cut.
    return kind === 'cut' ? bytes.subarray(0, -1) : Buffer.concat([bytes, Buffer.from('\n')]);
  }
}

/** The whole lines of a file, found independently of the code under test. */
export function linesOf(file: WrittenFile | null): TailLine[] {
  return piecesOf(file).slice(0, -1);
}

/** The unfinished last line as a line of its own. */
export function halfLineOf(file: WrittenFile | null): TailLine | null {
  const last = piecesOf(file).at(-1);
  return last === undefined || last.bytes === 0 ? null : last;
}

function piecesOf(file: WrittenFile | null): TailLine[] {
  if (file === null) return [];
  let offset = 0;
  return file.content
    .toString('latin1')
    .split('\n')
    .map((piece) => {
      const text =
        piece.length > maxLineBytes ? null : Buffer.from(piece, 'latin1').toString('utf8');
      const line = { offset, bytes: piece.length, text };
      offset += piece.length + 1;
      return line;
    });
}
