// A notice that needs more than one row covers the rows above it: it is shown whole, and no pane moves for it.

import type { Layout } from '../view/layout.ts';
import { run, rowOf, runsWidth, type Row } from './row.ts';
import { noticeRuns, type Notice } from './status-rows.ts';
import { wrapRuns } from './wrapped-runs.ts';

/** The rows below the header with the notice over them. Without one, or if it fits its row, they stay as they are. */
export function withNotice(
  rows: readonly Row[],
  { notice, layout, width }: { notice: Notice | null; layout: Layout; width: number },
): readonly Row[] {
  const runs = noticeRuns(notice);
  if (runs === null || layout.kind === 'too small' || runsWidth(runs) + 1 <= width) return rows;
  const most = Math.max(1, Math.floor(rows.length / 2));
  const wrapped = wrapRuns(runs, Math.max(1, width - 2));
  const lines = wrapped.slice(0, most).map((line, index) => {
    const isCut = index === most - 1 && wrapped.length > most;
    return rowOf(width, [run(' '), ...line, ...(isCut ? [run('…')] : [])]);
  });
  const footer = layout.hasStatus ? rows.slice(-1) : [];
  // The line below the panes stays above the notice.
  const statusRows = layout.statusRows ?? 1;
  const isSingle = layout.kind === 'single' || !layout.hasStatus;
  const line = isSingle
    ? []
    : rows.slice(-footer.length - statusRows - 1, -footer.length - statusRows);
  const covering = [...line, ...lines, ...footer];
  return [...rows.slice(0, rows.length - covering.length), ...covering];
}
