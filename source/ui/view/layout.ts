// Computes the rectangle of each pane from the size of the terminal. Pure, and total: every size has a layout.
//
//   wide, from 110 columns     stacked, from 60         single, or zoomed
//   header                     header                   header
//   ─ tasks ────┬─ log ───     ─ tasks ──────────       tasks, details or log
//               │              ─ log or details ─
//   ─ details ──┤              ──────────────────
//   ────────────┴─────────     status
//   status                     footer                   footer
//   footer

import type { TaskForm } from '../rows/tasks/task-pane.ts';

export type PaneName = 'tasks' | 'details' | 'log' | 'changes';

export type ScreenSize = { readonly columns: number; readonly rows: number };

export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Layout =
  | { readonly kind: 'too small' }
  | {
      readonly kind: 'wide' | 'stacked' | 'single';
      readonly form: TaskForm;
      /** Null: hidden now. */
      readonly tasks: Rectangle | null;
      readonly details: Rectangle | null;
      readonly log: Rectangle | null;
      /** The page "What it changed", with its title; it has the screen for itself. Default: null. */
      readonly changes?: Rectangle | null;
      readonly hasStatus: boolean;
      /** Default: one, if there is a status. */
      readonly statusRows?: number;
    };

const smallestSize: ScreenSize = { columns: 40, rows: 10 };

type LayoutFacts = {
  readonly focus: PaneName;
  readonly taskCount: number;
  /** Zoomed: the focused pane takes the whole screen. */
  readonly zoom?: 'zoomed' | 'none';
};

const mostStatusRows = 3;

/** The layout with more rows for the status, taken from the panes at the bottom. The others stay where they are. */
export function withStatusRows(layout: Layout, wanted: number): Layout {
  if (layout.kind === 'too small' || !layout.hasStatus || wanted <= 1) return layout;
  const panes = [layout.tasks, layout.details, layout.log, layout.changes ?? null].filter(
    (pane) => pane !== null,
  );
  const end = Math.max(...panes.map(({ y, height }) => y + height));
  const last = panes.filter(({ y, height }) => y + height === end);
  const spare = Math.min(...last.map(({ height }) => height)) - 1;
  const taken = Math.max(0, Math.min(wanted, mostStatusRows) - 1);
  const less = Math.min(taken, spare);
  const shorter = (pane: Rectangle | null): Rectangle | null =>
    pane !== null && pane.y + pane.height === end ? { ...pane, height: pane.height - less } : pane;
  return {
    ...layout,
    tasks: shorter(layout.tasks),
    details: shorter(layout.details),
    log: shorter(layout.log),
    ...(layout.changes == null ? {} : { changes: shorter(layout.changes) }),
    statusRows: 1 + less,
  };
}

/** With fewer rows, there is no space for details below the tasks. */
const rowsForDetails = 24;

export function layoutFor(size: ScreenSize, facts: LayoutFacts): Layout {
  const { columns, rows } = size;
  if (columns < smallestSize.columns || rows < smallestSize.rows) return { kind: 'too small' };
  if (facts.zoom === 'zoomed' || facts.focus === 'changes') return single(size, facts);
  if (columns >= 110 && rows >= 14) return wide(size, facts);
  if (columns >= 60 && rows >= 14) return stacked(size, facts);
  return single(size, facts);
}

function wide({ columns, rows }: ScreenSize, { focus, taskCount }: LayoutFacts): Layout {
  const width = between(Math.round(columns * 0.45), 46, 84);
  const height = rows - 5;
  const left = { x: 0, y: 2, width, height };
  const right = { x: width + 1, y: 2, width: columns - width - 1, height };
  const shared = { kind: 'wide', form: 'wide', hasStatus: true } as const;
  if (rows < rowsForDetails) {
    const [log, details] = focus === 'details' ? [null, right] : [right, null];
    return { ...shared, tasks: left, log, details };
  }
  // From the number of tasks alone, so that a task that starts to wait and needs a second row does not move the line.
  const tasksHeight = between(2 * taskCount, 6, Math.floor((height - 1) * 0.6));
  const detailsHeight = height - tasksHeight - 1;
  return {
    ...shared,
    tasks: { ...left, height: tasksHeight },
    details: { ...left, y: 3 + tasksHeight, height: detailsHeight },
    log: right,
  };
}

function stacked({ columns, rows }: ScreenSize, { focus, taskCount }: LayoutFacts): Layout {
  const hasStatus = rows >= 20;
  const both = rows - (hasStatus ? 6 : 5);
  // The tasks get the height they need, but the log keeps enough to be readable.
  const tasksHeight = Math.min(Math.max(3, taskCount), Math.floor(both * 0.4));
  const below = { x: 0, y: 3 + tasksHeight, width: columns, height: both - tasksHeight };
  return {
    kind: 'stacked',
    form: 'narrow',
    tasks: { x: 0, y: 2, width: columns, height: tasksHeight },
    details: focus === 'details' ? below : null,
    log: focus === 'details' ? null : below,
    hasStatus,
  };
}

function single({ columns, rows }: ScreenSize, { focus }: LayoutFacts): Layout {
  // The rows of a compact list have no room for the reason of a state; the status row shows it.
  const hasStatus = focus === 'tasks' || rows >= 20;
  const last = hasStatus ? 2 : 1;
  // Below a title, which names the task.
  const titled = { x: 0, y: 2, width: columns, height: rows - 2 - last };
  return {
    kind: 'single',
    form: columns >= 60 ? 'narrow' : 'compact',
    tasks: focus === 'tasks' ? { x: 0, y: 1, width: columns, height: rows - 1 - last } : null,
    details: focus === 'details' ? titled : null,
    log: focus === 'log' ? titled : null,
    ...(focus === 'changes'
      ? { changes: { x: 0, y: 1, width: columns, height: rows - 1 - last } }
      : {}),
    hasStatus,
  };
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
