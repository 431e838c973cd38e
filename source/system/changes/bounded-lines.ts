// Splits bytes into lines of bounded length: a line may be as long as the disk, and only its start is kept.

import { StringDecoder } from 'node:string_decoder';

type BoundedLines = {
  /** The lines that end in this piece. */
  push(bytes: Buffer): string[];
  /** The last line, if it has no end. */
  rest(): string[];
};

const lineFeed = 0x0a;

export function boundedLines(mostBytes: number): BoundedLines {
  let begun: Buffer[] = [];
  let kept = 0;
  let isEmpty = true;

  function keep(bytes: Buffer): void {
    isEmpty &&= bytes.length === 0;
    const room = mostBytes - kept;
    if (room <= 0 || bytes.length === 0) return;
    const taken = bytes.length > room ? bytes.subarray(0, room) : bytes;
    begun.push(taken);
    kept += taken.length;
  }

  function line(): string {
    const whole = begun.length === 1 ? begun[0] : Buffer.concat(begun);
    // What the cut tore is left away.
    const text =
      kept < mostBytes ? whole?.toString() : new StringDecoder('utf8').write(whole ?? '');
    [begun, kept, isEmpty] = [[], 0, true];
    return text ?? '';
  }

  return {
    push: (bytes) => {
      const lines: string[] = [];
      let start = 0;
      for (;;) {
        const end = bytes.indexOf(lineFeed, start);
        if (end === -1) break;
        keep(bytes.subarray(start, end));
        lines.push(line());
        start = end + 1;
      }
      // A copy: a piece of a few bytes would hold the whole one in memory.
      if (start < bytes.length) keep(Buffer.from(bytes.subarray(start)));
      return lines;
    },
    rest: () => (isEmpty ? [] : [line()]),
  };
}
