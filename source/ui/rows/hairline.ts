// The hairlines between panes, with titles set into them:
//
//   ─ Tasks ──────────────────┬─ build-rest-api-todo · session 4 ─────
//   ──────────────────────────┴────────────────────────── following ──

import { cutRuns, dim, rowOf, run, runsWidth, type Row, type StyleRun } from './row.ts';

type Hairline = {
  readonly width: number;
  /** Set in from the left. */
  readonly title?: readonly StyleRun[];
  /** Set in from the right. */
  readonly mark?: readonly StyleRun[];
};

export function hairline({ width, title = [], mark = [] }: Hairline): Row {
  const markRuns = mark.length === 0 ? [] : [run(' '), ...mark, run(' '), run('──', dim)];
  // The mark is short and changes with what the user does, so the title is cut to make room for it.
  const isMarkSeen = runsWidth(markRuns) <= width - 4;
  const room = width - (isMarkSeen ? runsWidth(markRuns) : 0);
  const titleRuns =
    title.length === 0 || room < 8 ? [] : [run('─ ', dim), ...cutRuns(title, room - 4), run(' ')];
  const line = run('─'.repeat(Math.max(0, room - runsWidth(titleRuns))), dim);
  return rowOf(width, [...titleRuns, line, ...(isMarkSeen ? markRuns : [])]);
}
