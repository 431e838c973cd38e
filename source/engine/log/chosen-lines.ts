// Which lines of a log to read for a position: those around it that may pass the filter, chosen by their kinds
// alone.

import type { Entry } from '../../core/log/entry.ts';
import { lineKinds } from '../../core/log/lines/line-kinds.ts';
import { linesWanted, type LogFilter } from '../../core/log/filter.ts';
import type { LogIndex } from '../../system/log/log-index.ts';

export type Around = { offset: number | 'end'; filter: LogFilter };

/**
 * How many lines to read in each direction within so many bytes. Long lines fill a screen sooner, but a few are always
 * read: otherwise the user could never scroll past them.
 */
const portions = [
  { bytes: 384 * 1024, lines: 150 },
  { bytes: 1024 * 1024, lines: 12 },
  { bytes: Infinity, lines: 4 },
];
/** A session's heading comes from two lines that are close together. */
const linesOfHeading = 4;

type Chosen = {
  /** Ascending. */
  lines: readonly number[];
  atStart: boolean;
  atEnd: boolean;
  /** The first line after them. */
  next: number;
};

export function chosenLines(index: LogIndex, { offset, filter }: Around): Chosen {
  const { lines } = index;
  const wanted = linesWanted(filter.kind);
  const lowest = filter.session === null ? 0 : Math.max(0, lines.lineAt(filter.session.from));
  const highest = filter.session === null ? lines.count : lines.lineAt(filter.session.to - 1) + 1;
  const sizeOf = (line: number): number =>
    (line + 1 < lines.count ? lines.offsetAt(line + 1) : index.endOffset()) - lines.offsetAt(line);
  const middle = offset === 'end' ? highest : Math.max(lowest, lines.lineAt(offset));
  const walk = (start: number, step: 1 | -1) => {
    const found: number[] = [];
    let bytes = 0;
    let count = 0;
    let line = start;
    for (; line >= lowest && line < highest; line += step) {
      if (wanted[lines.kindAt(line)] !== true) continue;
      const size = sizeOf(line);
      if (count >= mostLinesIn(bytes + size)) break;
      found.push(line);
      count++;
      bytes += size;
      // The line where a failed command began is shortly before its end.
      if (filter.kind === 'failed commands') found.push(...beginningsBefore(lines, line));
    }
    return { found, line };
  };
  const up = walk(middle - 1, -1);
  const down = walk(middle, 1);
  return {
    lines: [...new Set([...up.found, ...down.found])].sort((a, b) => a - b),
    atStart: up.line < lowest,
    atEnd: down.line >= highest,
    next: down.line,
  };
}

function mostLinesIn(bytes: number): number {
  return portions.find((portion) => bytes <= portion.bytes)?.lines ?? 0;
}

function beginningsBefore(lines: LogIndex['lines'], line: number): number[] {
  const found: number[] = [];
  for (let at = line - 1; at >= Math.max(0, line - 8); at--) {
    if (lines.kindAt(at) === lineKinds.command) found.push(at);
  }
  return found;
}

/** The lines that opened the session `lead`, as far as they come before the line `before`. */
export function headingLines({ lines }: LogIndex, lead: Entry | null, before: number): number[] {
  if (lead === null) return [];
  const start = lines.lineAt(lead.offset);
  const numbers = Array.from({ length: linesOfHeading }, (_, line) => start + line);
  return numbers.filter((line) => line < before && lines.kindAt(line) === lineKinds.session);
}
