// The tasks of the project, one or two rows each, from `top` on:
//
//    ▸ ⠙ build-rest-api-todo   ████████▌        12/25      wide: what a state has to say stands below
//      ◷ refactor-auth         ███▌              9/30
//        usage limit, on again at 14:00
//
//    ▸ ⠙ build-rest-api-todo   ████████▌   12/25   session 4 · 3m 12s     narrow: it stands beside
//   ▸⠙ build-rest…-todo ███▌    12/25                                      compact: for one pane

import type { TaskView } from '../../core/board.ts';
import { glyphs } from '../glyphs.ts';
import { isUnderWay, stateGlyph, stateReason, stateStyle } from '../state-words.ts';
import { cutMiddle, padEnd, padStart, textWidth } from '../text-width.ts';
import { progressBar } from './bar.ts';
import { elapsed } from './format.ts';
import {
  bold,
  cutRuns,
  dim,
  filled,
  plain,
  rowOf,
  run,
  runsWidth,
  type Row,
  type StyleRun,
} from './row.ts';
import { isInFullAccess, taskHeight } from './task-window.ts';

export type TaskForm = 'wide' | 'narrow' | 'compact';

export type TaskPane = {
  readonly tasks: readonly TaskView[];
  /** By name. */
  readonly selected: string | null;
  /** Index of the first task in view. */
  readonly top: number;
  readonly form: TaskForm;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly tick: number;
};

type Columns = { lead: number; name: number; bar: number; count: number; gap: number };

export function taskRows(pane: TaskPane): Row[] {
  const columns = columnsOf(pane);
  const rows: Row[] = [];
  for (let index = pane.top; index < pane.tasks.length && rows.length < pane.height; index++) {
    const task = pane.tasks[index];
    if (task !== undefined) rows.push(...rowsOf(task, pane, columns));
  }
  return filled(rows, pane);
}

function columnsOf({ tasks, form, width }: TaskPane): Columns {
  const { count, longest } = measuresOf(tasks);
  switch (form) {
    case 'wide': {
      const bar = between(Math.floor(width * 0.27), 10, 20);
      return { lead: 5, name: Math.max(1, width - 11 - bar - count), bar, count, gap: 2 };
    }
    case 'narrow': {
      // What a state has to say needs the room more than a long name does.
      const name = between(longest, 12, width < 76 ? 16 : 22);
      return { lead: 5, name, bar: width < 90 ? 10 : 14, count, gap: 2 };
    }
    case 'compact':
      return { lead: 3, name: Math.max(1, width - 14 - count), bar: 8, count, gap: 1 };
    default:
      return form satisfies never;
  }
}

type Measures = { readonly count: number; readonly longest: number };

const measured = new WeakMap<readonly TaskView[], Measures>();

/** Of all tasks, also those out of sight: columns stand still while one scrolls. Of thousands only once. */
function measuresOf(tasks: readonly TaskView[]): Measures {
  const before = measured.get(tasks);
  if (before !== undefined) return before;
  let count = 5;
  let longest = 0;
  for (const task of tasks) {
    count = Math.max(count, countOf(task).length);
    longest = Math.max(longest, textWidth(task.label));
  }
  measured.set(tasks, { count, longest });
  return { count, longest };
}

function rowsOf(task: TaskView, pane: TaskPane, columns: Columns): Row[] {
  const isSelected = task.name === pane.selected;
  const gap = run(' '.repeat(columns.gap));
  const text = isSelected ? bold : plain;
  const first = [
    ...leadRuns(task, pane, isSelected),
    run(padEnd(cutMiddle(task.label, columns.name), columns.name), text),
    gap,
    ...progressRuns(task, columns, isSelected),
  ];
  if (pane.form === 'narrow') {
    const room = pane.width - runsWidth(first) - 4;
    first.push(run('   '), ...noteRuns(task, pane.now, room));
  }
  const rows = [rowOf(pane.width, cutRuns(first, pane.width - 1))];
  if (taskHeight(task, pane.form) === 2) {
    const room = pane.width - columns.lead - 1;
    const second = [run(' '.repeat(columns.lead)), ...noteRuns(task, pane.now, room)];
    rows.push(rowOf(pane.width, cutRuns(second, pane.width - 1)));
  }
  return rows;
}

function leadRuns(task: TaskView, pane: TaskPane, isSelected: boolean): StyleRun[] {
  const mark = isSelected ? run(glyphs.selected, { color: 'accent', bold: true }) : run(' ');
  const glyph = stateGlyph(task.state.word, pane.tick);
  return pane.form === 'compact'
    ? [mark, glyph, run(' ')]
    : [run(' '), mark, run(' '), glyph, run(' ')];
}

function progressRuns(
  task: TaskView,
  { bar, count, gap }: Columns,
  isSelected: boolean,
): StyleRun[] {
  if (!task.hasList || task.total === 0) {
    const words = task.hasList ? 'no steps in its list' : 'no task list yet';
    const room = bar + gap + count;
    return [run(padEnd(room < words.length ? 'no list' : words, room), dim)];
  }
  const isQuiet = !isUnderWay(task.state.word);
  return [
    run(progressBar(task.done, task.total, bar), {
      ...(task.state.word === 'running' ? stateStyle('running') : dim),
      on: 'track',
    }),
    run(' '.repeat(gap)),
    run(padStart(countOf(task), count), isSelected ? bold : isQuiet ? dim : plain),
  ];
}

/** What there is to say about a task beside its bar. */
function noteRuns(task: TaskView, now: number, width: number): StyleRun[] {
  const badge = isInFullAccess(task) ? [run('full access', { color: 'alarm' }), run('  ')] : [];
  const room = width - runsWidth(badge);
  const reason = stateReason(task, now, room) ?? restingWord(task) ?? sessionNote(task, now, room);
  return reason === null ? badge : [...badge, run(reason, dim)];
}

function sessionNote({ session }: TaskView, now: number, width: number): string | null {
  if (session === null) return null;
  const short = `session ${session.number}`;
  const time = elapsed((session.endedAt ?? now) - session.startedAt);
  const whole = `${short} ${glyphs.between} ${time}`;
  return whole.length <= width ? whole : short;
}

function restingWord({ state }: TaskView): string | null {
  return isUnderWay(state.word) || state.word === 'no list' ? null : state.word;
}

function countOf({ done, total }: TaskView): string {
  return `${done}/${total}`;
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
