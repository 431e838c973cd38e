// The widths of the columns of the task list. They depend on the width and on all tasks, including those out of view,
// so that they do not change while the user scrolls.

import type { TaskView } from '../../../core/task/board.ts';
import { textWidth } from '../../look/text-width.ts';
import type { TaskPane } from './task-pane.ts';

export type Columns = {
  readonly lead: number;
  readonly name: number;
  readonly bar: number;
  readonly count: number;
  readonly gap: number;
  /** Without its gap; 0: no room for it. */
  readonly percent: number;
  /** The same for the state's word. */
  readonly word: number;
  /** One column for both: per cent, or the state's word if no second row has it. */
  readonly either: number;
};

const percentWidth = 4;
/** `interrupted` */
const wordWidth = 11;
/** `paused`, `100%` */
const eitherWidth = 6;

export function columnsOf({ tasks, form, width }: TaskPane): Columns {
  const { count, longest } = measuresOf(tasks);
  const none = { percent: 0, word: 0, either: 0 };
  switch (form) {
    case 'wide': {
      if (width >= 72) {
        const bar = between(width - 58, 14, 20);
        const name = width - 1 - 5 - 2 - bar - 2 - count - 2 - percentWidth - 2 - wordWidth;
        return {
          ...none,
          lead: 5,
          name,
          bar,
          count,
          gap: 2,
          percent: percentWidth,
          word: wordWidth,
        };
      }
      const room = Math.max(1, width - 1 - 5 - 2 - 2 - count - 2 - eitherWidth);
      // A cell or two of the bar is worth giving up if the longest name then fits whole.
      const bar = longest > room - 10 && longest <= room - 8 ? room - longest : 10;
      const name = Math.max(1, room - bar);
      return { ...none, lead: 5, name, bar, count, gap: 2, either: eitherWidth };
    }
    case 'narrow': {
      // The reason of a state needs the space more than a long name does.
      const name = between(longest, 12, width < 76 ? 16 : width < 120 ? 22 : 40);
      const bar = width < 90 ? 10 : width < 140 ? 14 : 20;
      return { ...none, lead: 5, name, bar, count, gap: 2, percent: width < 90 ? 0 : percentWidth };
    }
    case 'compact':
      return { ...none, lead: 3, name: Math.max(1, width - 14 - count), bar: 8, count, gap: 1 };
    default:
      return form satisfies never;
  }
}

type Measures = { readonly count: number; readonly longest: number };

const measured = new WeakMap<readonly TaskView[], Measures>();

/** Measured once per board: there can be thousands of tasks. */
function measuresOf(tasks: readonly TaskView[]): Measures {
  const before = measured.get(tasks);
  if (before !== undefined) return before;
  let count = 5;
  let longest = 0;
  for (const task of tasks) {
    count = Math.max(count, countOf(task).length);
    longest = Math.max(longest, textWidth(task.label) + goalWidth(task));
  }
  measured.set(tasks, { count, longest });
  return { count, longest };
}

/** With the space before it; 0 if none is shown. */
function goalWidth({ goal }: TaskView): number {
  return goal === null ? 0 : 1 + textWidth(goal);
}

export function countOf({ done, total }: TaskView): string {
  return `${done}/${total}`;
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
