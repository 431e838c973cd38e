// Highlights the matches of a search in rows. Their text stays the same; only styles change. A match loses the style
// of its text, which may be dim: inverse, that would be grey on grey.

import type { Matcher, TextSpan } from '../../core/search/query.ts';
import { rowText, run, type Row, type StyleRun } from './row.ts';
import { unbrokenRuns } from './unbroken-runs.ts';

type Mark = 'match' | 'current match';

type Matches = {
  readonly matcher: Matcher;
  /** Where the text begins in each row, in cells. What is left of it is not searched. Default: 0. */
  readonly from?: number;
  /** What the first match is. Default: a match like all others. */
  readonly first?: 'current match';
};

export function rowsWithMatches(
  rows: readonly Row[],
  { matcher, from = 0, first }: Matches,
): readonly Row[] {
  let next: Mark = first ?? 'match';
  return rows.map((row) => {
    const spans = matchesIn(row, matcher, from);
    if (spans.length === 0) return row;
    const marked = marksIn(row, spans, next);
    next = 'match';
    return marked;
  });
}

/** `from`: where the text begins, in cells. Left of it there are only ASCII characters. */
export function matchesIn(row: Row, matcher: Matcher, from: number): readonly TextSpan[] {
  const text = rowText(row).slice(from);
  return matcher.spansIn(text).map(({ start, end }) => ({ start: from + start, end: from + end }));
}

function marksIn(row: Row, spans: readonly TextSpan[], first: Mark): Row {
  const marked: StyleRun[] = [];
  let start = 0;
  for (const { text, style } of row) {
    let from = 0;
    for (const [index, span] of spans.entries()) {
      const begin = Math.max(from, span.start - start);
      const end = Math.min(text.length, span.end - start);
      if (begin >= end) continue;
      if (begin > from) marked.push(run(text.slice(from, begin), style));
      marked.push(run(text.slice(begin, end), { on: index === 0 ? first : 'match' }));
      from = end;
    }
    if (from < text.length) marked.push(run(text.slice(from), style));
    start += text.length;
  }
  return unbrokenRuns(marked);
}
