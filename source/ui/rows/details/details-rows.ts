// One page of the details of the selected task, and the line above it.
//
//   ─ Steps ─ 12 of 25 · about 42 min left ──────────
//      ✓ 11  Add the repository layer            11:52
//    ▸ ○ 13  Add pagination
//
// The marked line is in the middle if there are lines around it, so that only the mark has to be stored. Until the user
// moves, nothing is marked and the next step is in view.

import type { TaskView } from '../../../core/task/board.ts';
import type { TaskDetails } from '../../../core/task/details.ts';
import type { SessionSummary } from '../../../core/log/session-summary.ts';
import type { DetailsPage } from '../../view/details-page.ts';
import { glyphs, spinnerFrame } from '../../look/glyphs.ts';
import { aboutLines } from './about-lines.ts';
import type { DetailLine } from './detail-line.ts';
import { markdownLines } from '../markdown-runs.ts';
import { dim, filled, justified, rowOf, run, type Row, type StyleRun } from '../row.ts';
import { missingLines, sessionListLines } from './session-list.ts';
import { stepLines } from './step-lines.ts';

export type DetailsPane = {
  readonly page: DetailsPage;
  readonly task: TaskView | null;
  readonly details: TaskDetails | null;
  /** Null while they are being read. */
  readonly sessions: readonly SessionSummary[] | null;
  /** Numbers of ended sessions that are not in the log any more. */
  readonly missing: readonly number[];
  /** Index among the lines that can be marked; in a text, the first line in view. Null: the user has not moved. */
  readonly at: number | null;
  readonly isFocused: boolean;
  /** True if the task list is hidden, so that the title must name the task. */
  readonly isAlone: boolean;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly animationFrame: number;
  /** The key that accepts the version that the guard replaced. */
  readonly acceptKey?: string;
};

export function detailsRows(pane: DetailsPane): Row[] {
  const { width, height } = pane;
  const lines = detailLines(pane);
  const top = topLine(pane);
  const marked = pane.isFocused ? markedLine(pane) : null;
  return filled(
    lines.slice(top, top + height).map((line, index) => {
      const isMarked = marked === top + index;
      const lead = isMarked ? run(` ${glyphs.selected} `, accent) : run('   ');
      const atRight = (isMarked ? line.rightMarked : undefined) ?? line.right ?? [];
      const [left, right] = [line.left, atRight].map((runs) => turned(runs, pane.animationFrame));
      return rowOf(width, [lead, ...justified(textWidth(width), left ?? [], right ?? [])]);
    }),
    pane,
  );
}

const accent = { color: 'accent', bold: true } as const;

/** Without the lead and the blank cell at the right edge. */
function textWidth(width: number): number {
  return Math.max(1, width - 4);
}

type CachedLines = {
  readonly page: DetailsPage;
  readonly width: number;
  readonly task: TaskView;
  readonly sessions: DetailsPane['sessions'];
  readonly missing: DetailsPane['missing'];
  readonly second: number;
  readonly lines: readonly DetailLine[];
};

const kept = new WeakMap<TaskDetails, CachedLines>();

/** All lines of the page. Cached, because there can be thousands: made at most once a second. */
export function detailLines(pane: DetailsPane): readonly DetailLine[] {
  const { details, sessions, missing, task, page, width } = pane;
  if (details === null || task === null) return [];
  const second = Math.floor(pane.now / 1000);
  const before = kept.get(details);
  if (
    before?.page === page &&
    before.width === width &&
    before.task === task &&
    before.sessions === sessions &&
    before.missing === missing &&
    before.second === second
  ) {
    return before.lines;
  }
  const lines = linesOf(details, { ...pane, task, width: textWidth(width) });
  kept.set(details, { page, width, task, sessions, missing, second, lines });
  return lines;
}

function linesOf(
  details: TaskDetails,
  context: DetailsPane & { readonly task: TaskView },
): DetailLine[] {
  switch (context.page) {
    case 'steps':
      return stepLines(details, context);
    case 'sessions':
      return [
        ...missingLines(context.missing),
        ...sessionListLines(context.sessions, details.ticks, context),
      ];
    case 'notes':
      return noteLines(details, context.width);
    case 'about':
      return aboutLines(details, context);
    default:
      return context.page satisfies never;
  }
}

function noteLines({ notes }: TaskDetails, width: number): DetailLine[] {
  if (notes === null || notes.trim() === '') {
    return [{ left: [run('No notes yet. Each session writes its notes to progress.md.', dim)] }];
  }
  return markdownLines(notes, width).map((left) => ({ left }));
}

/** Indices of the lines that can be marked; none in a text. */
export function targetLines(pane: DetailsPane): readonly number[] {
  return detailLines(pane).flatMap(({ target }, index) => (target === undefined ? [] : [index]));
}

/** The index of the marked line, or of the line at the resting position; null in a text. */
export function markedLine(pane: DetailsPane): number | null {
  const targets = targetLines(pane);
  if (targets.length === 0) return null;
  const index = pane.at ?? restingMark(pane, targets);
  return targets[Math.max(0, Math.min(index, targets.length - 1))] ?? null;
}

/** The resting position of the mark, before the user moves it: an index into `targets`. */
export function restingMark(pane: DetailsPane, targets: readonly number[]): number {
  if (pane.page !== 'steps') return targets.length - 1;
  const next = pane.task?.nextStep?.number;
  const lines = detailLines(pane);
  const at = targets.findIndex((line) => {
    const target = lines[line]?.target;
    return target?.kind === 'step' && target.number === next;
  });
  return at === -1 ? targets.length - 1 : at;
}

export function topLine(pane: DetailsPane): number {
  const last = Math.max(0, detailLines(pane).length - pane.height);
  const marked = markedLine(pane);
  if (marked === null) return Math.max(0, Math.min(last, pane.at ?? 0));
  // Lines below the last mark could not be seen otherwise.
  const isLast = marked === targetLines(pane).at(-1);
  const wanted = isLast ? marked : marked - Math.floor(pane.height / 2);
  return Math.max(0, Math.min(last, wanted));
}

/** Cached lines may be from an earlier animation frame. */
function turned(runs: readonly StyleRun[], animationFrame: number): StyleRun[] {
  return runs.map((one) =>
    one.style.turns ? { ...one, text: spinnerFrame(animationFrame) } : one,
  );
}
