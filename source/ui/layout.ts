// The size of the terminal → where everything stands. Pure, and total: any size has an answer.
//
//   wide, from 110 columns     stacked, from 60         single
//   header                     header                   header
//   ─ tasks ──┬─ log ─────     ─ tasks ──────────       tasks or log
//             │                ─ log ────────────
//   ──────────┴───────────     ──────────────────
//   status                     status
//   footer                     footer                   footer

import type { TaskForm } from './rows/task-rows.ts';

export type PaneName = 'tasks' | 'log';

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
      /** Null: not to be seen now. */
      readonly tasks: Rectangle | null;
      readonly log: Rectangle | null;
      readonly hasStatus: boolean;
    };

export const smallestSize: ScreenSize = { columns: 40, rows: 10 };

export type LayoutFacts = { readonly focus: PaneName; readonly taskCount: number };

export function layoutFor(size: ScreenSize, facts: LayoutFacts): Layout {
  const { columns, rows } = size;
  if (columns < smallestSize.columns || rows < smallestSize.rows) return { kind: 'too small' };
  if (columns >= 110 && rows >= 14) return wide(size);
  if (columns >= 60 && rows >= 14) return stacked(size, facts);
  return single(size, facts);
}

function wide({ columns, rows }: ScreenSize): Layout {
  const tasksWidth = Math.max(46, Math.min(64, Math.round(columns * 0.43)));
  const height = rows - 5;
  return {
    kind: 'wide',
    form: 'wide',
    tasks: { x: 0, y: 2, width: tasksWidth, height },
    log: { x: tasksWidth + 1, y: 2, width: columns - tasksWidth - 1, height },
    hasStatus: true,
  };
}

function stacked({ columns, rows }: ScreenSize, { taskCount }: LayoutFacts): Layout {
  const hasStatus = rows >= 20;
  const both = rows - (hasStatus ? 6 : 5);
  // The tasks get what they need, but never so much that the log could not be read.
  const tasksHeight = Math.min(Math.max(3, taskCount), Math.floor(both * 0.4));
  return {
    kind: 'stacked',
    form: 'narrow',
    tasks: { x: 0, y: 2, width: columns, height: tasksHeight },
    log: { x: 0, y: 3 + tasksHeight, width: columns, height: both - tasksHeight },
    hasStatus,
  };
}

function single({ columns, rows }: ScreenSize, { focus }: LayoutFacts): Layout {
  return {
    kind: 'single',
    form: 'compact',
    tasks: focus === 'tasks' ? { x: 0, y: 1, width: columns, height: rows - 2 } : null,
    // The log has its title above it, which says whose log it is.
    log: focus === 'log' ? { x: 0, y: 2, width: columns, height: rows - 3 } : null,
    hasStatus: false,
  };
}
