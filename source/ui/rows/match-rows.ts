// Highlights the matches of a search in a row. Its text stays the same; only styles change.

import type { Matcher } from '../../core/search/query.ts';
import { rowText, run, type Row, type StyleRun } from './row.ts';
import { unbrokenRuns } from './unbroken-runs.ts';

export function rowWithMatches(row: Row, matcher: Matcher): Row {
  const spans = matcher.spansIn(rowText(row));
  if (spans.length === 0) return row;
  const marked: StyleRun[] = [];
  let start = 0;
  for (const { text, style } of row) {
    let from = 0;
    for (const span of spans) {
      const begin = Math.max(from, span.start - start);
      const end = Math.min(text.length, span.end - start);
      if (begin >= end) continue;
      if (begin > from) marked.push(run(text.slice(from, begin), style));
      marked.push(run(text.slice(begin, end), { ...style, inverse: true }));
      from = end;
    }
    if (from < text.length) marked.push(run(text.slice(from), style));
    start += text.length;
  }
  return unbrokenRuns(marked);
}
