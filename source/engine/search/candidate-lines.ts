// Finds the lines in a buffer that may show the searched text. Nothing is parsed here, and most lines are never
// looked at.

import { byteFinder, type RawTexts } from '../../core/search/byte-finder.ts';
import { mayShow, rawEscape } from '../../core/search/raw-line.ts';

/** `take` receives each candidate and where in the bytes it begins. */
export type CandidateLines = (
  this: void,
  bytes: Buffer,
  take: (text: string, start: number) => void,
) => void;

/** The next hit from an index on, -1 if there is none. Indexes must not decrease between calls. */
type Finding = (from: number) => number;

/** `raw`: what a candidate must contain; null if any line may be one. */
export function candidateLines(raw: RawTexts | null): CandidateLines {
  const find = raw === null ? null : byteFinder(raw);
  return (bytes, take) => {
    const next: Finding = find === null ? (from) => from : nearest([find(bytes), escapesIn(bytes)]);
    let from = 0;
    while (from < bytes.length) {
      const hit = next(from);
      if (hit === -1) break;
      const start = hit === 0 ? 0 : bytes.lastIndexOf(0x0a, hit - 1) + 1;
      const newline = bytes.indexOf(0x0a, hit);
      const end = newline === -1 ? bytes.length : newline;
      const text = bytes.toString('utf8', start, end);
      if (raw === null || mayShow(text, raw)) take(text, start);
      from = end + 1;
    }
  };
}

const escape = Buffer.from(rawEscape);

/** Uses Buffer's own search, the fastest for plain bytes. */
function escapesIn(bytes: Buffer): Finding {
  return (from) => bytes.indexOf(escape, from);
}

function nearest(findings: readonly Finding[]): Finding {
  /** The last hit of each. */
  const places = findings.map(() => -1);
  return (from) => {
    for (const [index, find] of findings.entries()) {
      if ((places[index] ?? -1) >= from) continue;
      const place = find(from);
      places[index] = place === -1 ? Infinity : place;
    }
    const place = Math.min(...places);
    return place === Infinity ? -1 : place;
  };
}
